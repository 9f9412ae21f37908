"""AWS's config without the credentials of its default profile, for one command.

Without a profile in the environment, every SDK takes `default`, and whatever it says
wins over a container endpoint. So `exec` shows its command a copy of the config in
which `default` has its settings and no credentials. Only where it has some.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tray.aws.config_text import config_paths

KEYS = frozenset(
    {
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "credential_process",
        "credential_source",
        "login_session",
        "role_arn",
        "source_profile",
        "web_identity_token_file",
    }
)
SSO = "sso_"
"""How the names of the others begin."""

_HEADER = re.compile(r"\[(.+)\]")
_SETTING = re.compile(r"([^\s=:#;][^=:]*?)\s*[=:]")


def masked(text: str) -> str | None:
    """Give a text without the credentials of its default profile; None: it has none."""
    kept, dropped = [], 0
    default = dropping = False
    for line in text.splitlines(keepends=True):
        if header := _HEADER.match(line):
            default, dropping = _is_default(header[1]), False
        elif default and (setting := _SETTING.match(line)):
            name = setting[1].strip().lower()
            dropping = name in KEYS or name.startswith(SSO)
        elif not line[:1].isspace():
            dropping = False
        if dropping:
            dropped += 1
        else:
            kept.append(line)
    return "".join(kept) if dropped else None


def _is_default(header: str) -> bool:
    try:
        words = shlex.split(header)
    except ValueError:
        return False
    return words in (["default"], ["profile", "default"])


@contextmanager
def without_default(environ: Mapping[str, str], home: Path) -> Iterator[dict[str, str]]:
    """Give the variables that lead to the copies, until the block ends.

    The credentials file is never copied, for what is in it: where its default profile
    would win, the command sees none of it.
    """
    paths = config_paths(environ, home)
    names = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
    found: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        folder: Path | None = None
        for name, path in zip(names, paths, strict=True):
            changed = masked(_text(path))
            if changed is None:
                continue
            if folder is None:
                folder = Path(tempfile.mkdtemp(prefix="sso-tray-"))
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
            copy = folder / path.name
            keeps = name == names[0]
            copy.write_text(changed if keeps else "", "utf-8", "surrogateescape")
            found[name] = str(copy)
        yield found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
