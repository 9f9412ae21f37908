"""AWS's config and credentials files, by ourselves and beside botocore."""

from __future__ import annotations

from pathlib import Path

import botocore.configloader
import botocore.exceptions

from tests.aws.config_referee import Verdict, verdict
from tests.fuzz.looking import look
from tests.fuzz.target import Target
from tray.aws.config import ConfigFile
from tray.core.model import AwsConfig, Subject

CUT = b"\x1e"
"""What stands before it is the config file, what comes after the credentials file."""

WORDS = (
    b"[profile a]\n",
    b"[profile b]\n",
    b"[sso-session s]\n",
    b"[default]\n",
    b"[DEFAULT]\n",
    b"[a]\n",
    b'[profile "a b"]\n',
    b"[services x]\n",
    b"sso_session = s\n",
    b"sso_account_id = 123456789012\n",
    b"sso_role_name = Reader\n",
    b"sso_start_url = https://x.awsapps.com/start\n",
    b"sso_start_url = https://x.awsapps.com/start#/\n",
    b"sso_region = eu-west-1\n",
    b"sso_registration_scopes = sso:account:access, other\n",
    b"source_profile = a\n",
    b"source_profile = b\n",
    b"role_arn = arn:aws:iam::123456789012:role/x\n",
    b"credential_source = Environment\n",
    b"credential_process = /bin/x\n",
    b"web_identity_token_file = /x\n",
    b"aws_access_key_id = A\n",
    b"aws_secret_access_key = B\n",
    b"region = eu-west-1\n",
    b"s3 =\n  x = y\n",
    b"s3 =\n  x\n",
    b"# a comment\n",
    b" ; another\n",
    b"  more\n",
    b"=",
    b":",
    b"[",
    b"]",
    b"%(x)s",
    CUT,
)

_SESSION = b"".join((WORDS[2], WORDS[11], WORDS[13]))
_ROLE = WORDS[9] + WORDS[10]
_SOUND = _SESSION + WORDS[0] + WORDS[8] + _ROLE + WORDS[23]
_LEGACY = WORDS[1] + WORDS[11] + WORDS[13] + _ROLE

SEEDS = (
    b"",
    _SOUND,
    _SOUND + _LEGACY,
    _SOUND.replace(b"\n", b"\r\n"),
    b"\xef\xbb\xbf" + _SOUND,
    _SOUND.decode().encode("utf-16"),
    _SOUND[:-40],
    _SOUND + _SOUND,
    _SOUND + WORDS[1] + WORDS[15] + WORDS[17],
    _SOUND + WORDS[1] + WORDS[15] + WORDS[17] + CUT + WORDS[5] + WORDS[21] + WORDS[22],
    WORDS[4] + WORDS[23] + _SOUND,
    _SOUND + b"s3 =\n    max_queue_size = 1000\n    x\n",
    _SOUND + b"x = " + b"y" * 3000 + b"\n",
    _SOUND + "[profile \N{PILE OF POO}]\nsso_session = s\n".encode(),
    b"\0" * 20 + _SOUND,
    _SOUND.replace(b"s\n", b"s ; why\n"),
    b'[sso-session "my corp"]\n' + WORDS[11] + WORDS[13],
    (
        b"[profile a]\nsource_profile = b\nrole_arn = x\n"
        b"[profile b]\nsource_profile = a\nrole_arn = y\n"
    ),
)

MODULES = tuple(
    f"tray.aws.{name}"
    for name in (
        "config",
        "config_headers",
        "config_profiles",
        "config_sections",
        "config_sessions",
        "config_text",
        "config_values",
        "inifile",
    )
)


class Reading:
    """Writes an input as the two files and reads them."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        (folder / ".aws").mkdir(exist_ok=True)
        self.config = folder / ".aws" / "config"
        self.credentials = folder / ".aws" / "credentials"

    def read(self, data: bytes) -> AwsConfig:
        """Give what we make of it."""
        config, _, credentials = data.partition(CUT)
        self.config.write_bytes(config)
        self.credentials.write_bytes(credentials)
        return ConfigFile({}, self.home).read()

    def alone(self, data: bytes) -> None:
        """Read an input; whatever it is, it is read, or named as a problem."""
        found = self.read(data)
        again = ConfigFile({}, self.home).read()
        assert found == again
        names = [session.name for session in found.sessions]
        assert len(set(names)) == len(names)
        assert {profile.session for profile in found.profiles} <= set(names)
        for problem in found.problems:
            assert problem.problem.title
        look(None, config=found)

    def beside_botocore(self, data: bytes) -> None:
        """Compare with botocore where it can read the files at all."""
        found = self.read(data)
        theirs = _profiles(self.config, self.credentials)
        if theirs is None:
            return
        wrong = {p.name for p in found.problems if p.subject is Subject.SESSION}
        named = {p.name for p in found.problems if p.subject is Subject.PROFILE}
        sessions = {p.name: p.session for p in found.profiles}
        ours = {p.name for p in found.profiles if p.account_id}
        assert ours <= theirs
        for name in sorted(theirs)[:3]:
            says = verdict(self.config, self.credentials, name)
            if name in ours and sessions[name] not in wrong:
                assert says is Verdict.SSO, (name, says)
            if says is Verdict.SSO and name not in ours:
                assert name in named, (name, says)


def _profiles(config: Path, credentials: Path) -> set[str] | None:
    """Give the names that botocore finds; None where it refuses a file."""
    try:
        whole = botocore.configloader.load_config(str(config))
        plain = botocore.configloader.raw_config_parse(str(credentials))
    except (botocore.exceptions.BotoCoreError, UnicodeError):
        return None
    return set(whole["profiles"]) | set(plain)


TARGETS = (
    Target("config", lambda folder: Reading(folder).alone, MODULES, SEEDS, WORDS),
    Target(
        "config-botocore",
        lambda folder: Reading(folder).beside_botocore,
        MODULES,
        SEEDS,
        WORDS,
    ),
)
