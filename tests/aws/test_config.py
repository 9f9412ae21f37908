"""AWS's config as it is meant to be, and how it is read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.aws.config_cases import DEV, LEGACY, ROLE, SESSION
from tray.aws.config import ConfigFile
from tray.core.model import AwsConfig, Profile, SsoSession, Subject
from tray.core.ports import ConfigReader
from tray.core.roles import AssumedRole

URL = "https://corp.awsapps.com/start"


def read(home: Path, config: str, credentials: str = "") -> AwsConfig:
    """Write the files and read them once."""
    folder = home / ".aws"
    folder.mkdir(exist_ok=True)
    (folder / "config").write_text(config, encoding="utf-8")
    (folder / "credentials").write_text(credentials, encoding="utf-8")
    reader: ConfigReader = ConfigFile({}, home)
    return reader.read()


def test_a_session_and_its_profile(tmp_path: Path) -> None:
    """The usual form is read whole, with lines."""
    config = SESSION + "sso_registration_scopes = sso:account:access, x:y ,\n\n" + DEV
    found = read(tmp_path, f"{config}region = us-west-2\noutput = json\n")

    scopes = ("sso:account:access", "x:y")
    assert found.problems == ()
    assert found.path == str(tmp_path / ".aws" / "config")
    assert found.sessions == (SsoSession("corp", URL, "eu-central-1", scopes),)
    assert found.profiles == (
        Profile("dev", "corp", "123456789012", "Reader", "us-west-2", None, 6),
    )


def test_legacy_profiles_make_one_session_for_each_start_url(tmp_path: Path) -> None:
    """Start URLs are told apart as written; declared sessions come first."""
    second = LEGACY.replace("old]", "two]")
    third = LEGACY.replace("old]", "three]").replace("/start", "/start/#")
    found = read(tmp_path, f"{LEGACY}{second}{third}{SESSION}")

    old = "https://old.awsapps.com/start"
    assert found.problems == ()
    assert [(s.name, s.legacy) for s in found.sessions] == [
        ("corp", False),
        (old, True),
        (f"{old}/#", True),
    ]
    assert [p.session for p in found.profiles] == [old, old, f"{old}/#"]


def test_a_bearer_profile_is_fine(tmp_path: Path) -> None:
    """A profile with a session only has neither account nor role, and no problem."""
    found = read(tmp_path, f"{SESSION}[profile chat]\nsso_session = corp\n")

    assert found.problems == ()
    assert found.profiles == (Profile("chat", "corp", "", "", line=4),)


def test_chains_end_at_their_sso_profile(tmp_path: Path) -> None:
    """A profile that assumes a role has the account and role of the chain's end."""
    config = (
        "[profile c]\nrole_arn = r\nsource_profile = b\nregion = us-east-1\n"
        f"[profile b]\nrole_arn = r\nsource_profile = dev\n{SESSION}{DEV}"
    )
    found = read(tmp_path, config)

    assert found.problems == ()
    assert [(p.name, p.source_profile, p.region) for p in found.profiles] == [
        ("c", "b", "us-east-1"),
        ("b", "dev", ""),
        ("dev", None, ""),
    ]
    assert {(p.session, p.account_id, p.role_name) for p in found.profiles} == {
        ("corp", "123456789012", "Reader")
    }


def test_roles_are_read_from_the_source_on(tmp_path: Path) -> None:
    """Each link adds its role, with all that it asks for, to those of its source."""
    config = (
        "[profile c]\nrole_arn = far\nsource_profile = b\nmfa_serial = device\n"
        "duration_seconds = soon\n[profile b]\nrole_arn = near\n"
        "source_profile = dev\nexternal_id = x-1\nrole_session_name = me\n"
        f"duration_seconds = 1800\n{SESSION}{DEV}"
    )
    far, near, dev = read(tmp_path, config).profiles

    assert dev.roles == ()
    assert near.roles == (AssumedRole("near", "x-1", "me", 1800),)
    assert far.roles == (*near.roles, AssumedRole("far", mfa_serial="device"))


def test_a_chain_of_thousands_is_followed(tmp_path: Path) -> None:
    """Length is no problem."""
    links = "".join(
        f"[profile p{n}]\nrole_arn = r\nsource_profile = p{n + 1}\n"
        for n in range(3000)
    )
    found = read(tmp_path, links + SESSION + DEV.replace("dev", "p3000"))

    assert found.problems == ()
    assert len(found.profiles) == 3001
    assert {len(profile.roles) for profile in found.profiles} == {*range(10)}


def test_what_has_nothing_to_do_with_sso_is_left_alone(tmp_path: Path) -> None:
    """Static keys, processes, `aws login`, roles on machines, plug-ins, services."""
    config = (
        "[default]\nregion = us-east-1\n"
        "[profile keys]\naws_access_key_id = A\naws_secret_access_key = B\n"
        "[profile process]\ncredential_process = x\n"
        "[profile login]\nlogin_session = arn:aws:iam::123456789012:user/x\n"
        "[profile machine]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata\n"
        "[profile web]\nrole_arn = r\nweb_identity_token_file = /t\n"
        "[profile chained]\nrole_arn = r\nsource_profile = keys\n"
        "[services s]\nsso =\n  endpoint_url = http://127.0.0.1:1\n"
        "[plugins]\nx = y\n"
    )
    found = read(tmp_path, config)

    assert found == AwsConfig(path=found.path)


def test_a_session_may_lend_the_account(tmp_path: Path) -> None:
    """A key that stands in the session counts for its profiles, as in the AWS CLI."""
    config = f"{SESSION}sso_account_id = 123456789012\n[profile p]\n"
    found = read(tmp_path, f"{config}sso_session = corp\nsso_role_name = Reader\n")

    assert found.problems == ()
    assert found.profiles[0].account_id == "123456789012"


def test_any_key_may_contradict_the_session(tmp_path: Path) -> None:
    """The AWS CLI refuses a profile for each key that differs from its session's."""
    found = read(tmp_path, f"{SESSION}region = a\n{DEV}region = b\n")

    assert found.profiles == ()
    assert "another region" in found.problems[0].problem.title


def test_odd_spellings_of_the_usual_form(tmp_path: Path) -> None:
    """Quotes, comments, colons, tabs and CRLF mean the same as botocore says."""
    config = (
        '# mine\n[sso-session "my corp"]\n'
        f"sso_start_url: {URL}\nsso_region\t=\teu-central-1\n\n"
        "[profile 'my dev']\n; account\nsso_session=my corp\n"
        f"{ROLE}s3 =\n  addressing_style = path\n"
    ).replace("\n", "\r\n")
    found = read(tmp_path, config)

    assert found.profiles[0] == Profile(
        "my dev", "my corp", "123456789012", "Reader", line=6
    )
    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 2)]
    assert found.sessions == (SsoSession("my corp", URL, "eu-central-1"),)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:1"])
def test_plain_http_on_this_machine_is_allowed(tmp_path: Path, host: str) -> None:
    """A stand-in for Identity Center needs no certificate."""
    found = read(
        tmp_path, SESSION.replace("https://corp.awsapps.com", f"http://{host}")
    )

    assert found.problems == ()


@pytest.mark.parametrize(
    "region",
    [
        "us-east-1",
        "us-gov-west-1",
        "cn-north-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eusc-de-east-1",
        "mx-central-1",
        "ap-southeast-7",
    ],
)
def test_regions_of_every_partition(tmp_path: Path, region: str) -> None:
    """No region of AWS is called none."""
    assert read(tmp_path, SESSION.replace("eu-central-1", region)).problems == ()


def test_the_credentials_file_is_merged_in(tmp_path: Path) -> None:
    """It adds to profiles and may hold sources and SSO profiles of its own."""
    found = read(
        tmp_path,
        f"{SESSION}{DEV}[profile q]\nrole_arn = r\nsource_profile = own\n",
        f"[dev]\naws_access_key_id = A\n[own]\nsso_session = corp\n{ROLE}",
    )

    assert [(p.name, p.line) for p in found.profiles] == [
        ("dev", 4),
        ("q", 8),
        ("own", 0),
    ]
    assert [(p.name, p.line) for p in found.problems] == [("dev", 2)]
    assert "~/.aws/credentials, line 2" in found.problems[0].problem.title


def test_the_same_object_while_nothing_changes(tmp_path: Path) -> None:
    """Both files count: each change, and only a change, gives a new reading."""
    read(tmp_path, SESSION, "[a]\n")
    reader = ConfigFile({}, tmp_path)
    first = reader.read()
    assert reader.read() is first

    reader.paths.config.write_text(SESSION + DEV, encoding="utf-8")
    second = reader.read()
    assert len(second.profiles) == 1
    assert reader.read() is second

    reader.paths.credentials.write_text("[dev]\nsso_role_name = B\n", encoding="utf-8")
    assert reader.read().profiles[0].role_name == "B"
    reader.paths.config.unlink()
    assert reader.read().sessions == ()


def test_a_file_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """A rename brings another inode, even when date and size were copied."""
    read(tmp_path, SESSION)
    reader = ConfigFile({}, tmp_path)
    reader.read()
    path = reader.paths.config
    status = path.stat()
    other = path.with_name("other")
    other.write_text(SESSION.replace("corp]", "prod]"), encoding="utf-8")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.rename(path)

    assert reader.read().sessions[0].name == "prod"


@pytest.mark.parametrize("extra", ["\n\n", "x =\n", "s3 =\n  a = b\n", "  # c\n"])
def test_the_usual_form_and_others_read_alike(tmp_path: Path, extra: str) -> None:
    """Most profiles are taken in one step; those that are not come out the same."""
    commented = DEV.replace("dev]", "two]\n# c; d")
    plain = read(tmp_path, SESSION + DEV + commented + LEGACY)
    other = read(
        tmp_path, f"{SESSION}{DEV}{extra}{commented}{extra}{LEGACY}{extra}[default]\n"
    )

    assert plain.problems == other.problems == ()
    assert plain.sessions == other.sessions
    assert [replace(p, line=0) for p in plain.profiles] == [
        replace(p, line=0) for p in other.profiles
    ]


def test_a_fixed_session_is_fixed(tmp_path: Path) -> None:
    """Nothing of an earlier problem stays behind."""
    found = read(tmp_path, "[sso-session corp]\n")
    assert found.problems

    assert read(tmp_path, SESSION).problems == ()
