"""Where everything lies, for one set of variables: a *world*.

Two programs of ours share locks, socket and memory only when they mean the same user,
home, AWS files and endpoints. All of it comes from the mapping given, never from this
process's own variables, so that the demo can have a world beside the real one.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tray.core.errors import TrayError
from tray.core.wording import system as wording

APP = "sso-tray"

ENDPOINT_VARIABLES = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_SSO",
    "AWS_ENDPOINT_URL_SSO_OIDC",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
"""Variables that lead the same AWS files to other servers, in the hash's order."""

LATER_VARIABLES = ("AWS_ENDPOINT_URL_STS",)
"""More of them, which count by name and value only where they are set."""

LONGEST_SOCKET = 100
"""A socket's path has at most so many bytes (macOS takes 103, Linux 107)."""

_VARIABLE = re.compile(
    r"%([^%]+)%|\$(\w+)|\$\{([^}]*)\}"
    if sys.platform == "win32"
    else r"(?!)()|\$(\w+)|\$\{([^}]*)\}"
)


def world_hash(parts: Iterable[str]) -> str:
    """Give 8 hex digits that name a world: FNV-1a (64 bit, folded) over the parts.

    Each part ends with a zero byte. A checksum and no digest: it keeps nobody out, and
    a client without any library can compute it.
    """
    number = 0xCBF29CE484222325
    for part in parts:
        for byte in part.encode("utf-8", "surrogateescape") + b"\0":
            number = (number ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{number >> 32 ^ number & 0xFFFFFFFF:08x}"


@dataclass(frozen=True, slots=True)
class World:
    """One user's files and endpoints, and the places of our own beside them."""

    environ: Mapping[str, str]
    """The variables that this world is made of."""

    home: Path
    """The home folder."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> World:
        """Give the world that these variables mean; HOME (Windows: USERPROFILE)."""
        name = "USERPROFILE" if sys.platform == "win32" else "HOME"
        home = environ.get(name)
        return cls(environ, Path(home) if home else Path("~").expanduser())

    @property
    def config_path(self) -> Path:
        """AWS's config file: AWS_CONFIG_FILE, else `~/.aws/config`."""
        return self._aws_file("AWS_CONFIG_FILE", "config")

    @property
    def credentials_path(self) -> Path:
        """AWS_SHARED_CREDENTIALS_FILE, else `~/.aws/credentials`."""
        return self._aws_file("AWS_SHARED_CREDENTIALS_FILE", "credentials")

    @property
    def cache_folder(self) -> Path:
        """The token cache, which no variable moves."""
        return self.home / ".aws" / "sso" / "cache"

    @property
    def role_cache_folder(self) -> Path:
        """Where the AWS CLI keeps role credentials, which no variable moves."""
        return self.home / ".aws" / "cli" / "cache"

    @property
    def state_folder(self) -> Path:
        """Where our memory lies: XDG_STATE_HOME and its like on other systems."""
        if sys.platform == "win32":
            folder = self._base("LOCALAPPDATA", "AppData/Local")
        elif sys.platform == "darwin":
            folder = self.home / "Library" / "Application Support"
        else:
            folder = self._base("XDG_STATE_HOME", ".local/state")
        return folder / APP

    @property
    def state_path(self) -> Path:
        """The file with what is remembered of this world."""
        return self.state_folder / f"state-{self.hash8}.json"

    @property
    def audit_path(self) -> Path:
        """The record of which program asked for which profile."""
        return self.state_folder / f"audit-{self.hash8}.jsonl"

    @property
    def choices_path(self) -> Path:
        """The file with what people chose for their profiles."""
        return self.state_folder / f"setup-{self.hash8}.json"

    @property
    def kept_folder(self) -> Path:
        """What is known of tokens in the keyring; the same for all worlds."""
        return self.state_folder / "kept"

    @property
    def locks_folder(self) -> Path:
        """Where the locks for renewals lie; the same for all worlds of one state."""
        return self.state_folder / "locks"

    @property
    def settings_path(self) -> Path:
        """Our settings: XDG_CONFIG_HOME and its like on other systems."""
        if sys.platform == "win32":
            folder = self._base("APPDATA", "AppData/Roaming")
        elif sys.platform == "darwin":
            folder = self.home / "Library" / "Application Support"
        else:
            folder = self._base("XDG_CONFIG_HOME", ".config")
        return folder / APP / "settings.toml"

    @property
    def policy_path(self) -> Path:
        """The machine-wide policy, which administrators write."""
        if sys.platform == "win32":
            base = self.environ.get("PROGRAMDATA") or "C:/ProgramData"
        elif sys.platform == "darwin":
            base = "/Library/Application Support"
        else:
            base = "/etc"
        return Path(base) / APP / "policy.toml"

    @property
    def log_folder(self) -> Path:
        """Where the log files lie."""
        if sys.platform == "darwin":
            folder = self.home / "Library" / "Logs" / APP
        else:
            folder = self.state_folder / "log"
        return folder

    @property
    def log_path(self) -> Path:
        """The log of this world's daemon."""
        return self.log_folder / f"{APP}-{self.hash8}.log"

    @property
    def runtime_folder(self) -> Path:
        """Where socket and instance lock lie: `$XDG_RUNTIME_DIR/sso-tray`.

        The state folder where that variable names no folder of this user's alone.
        """
        base = self.environ.get("XDG_RUNTIME_DIR", "")
        if sys.platform != "win32" and _private(Path(base)):
            return Path(base) / APP
        return self.state_folder

    @property
    def socket_path(self) -> Path:
        """The daemon's socket."""
        return self.runtime_folder / self.hash8

    @property
    def instance_path(self) -> Path:
        """The lock that the world's one daemon holds."""
        return self.runtime_folder / f"{self.hash8}.lock"

    @property
    def hash8(self) -> str:
        """The world's name: 8 hex digits.

        Of the user's number (Windows: name), then home, config and credentials with
        links resolved, then the values of `ENDPOINT_VARIABLES`, empty where unset, and
        `NAME=value` of those `LATER_VARIABLES` that are set.
        """
        files = (self.home, self.config_path, self.credentials_path)
        later = ((name, self.environ.get(name, "")) for name in LATER_VARIABLES)
        return world_hash(
            (
                self._user(),
                *(os.path.realpath(path) for path in files),
                *(self.environ.get(name, "") for name in ENDPOINT_VARIABLES),
                *(f"{name}={value}" for name, value in later if value),
            )
        )

    def _user(self) -> str:
        if sys.platform == "win32":
            user = self.environ.get("USERNAME", "").lower()
        else:
            user = str(os.getuid())
        return user

    def _aws_file(self, variable: str, name: str) -> Path:
        text = self.environ.get(variable)
        if not text:
            return self.home / ".aws" / name
        text = _VARIABLE.sub(self._value, text)
        if text == "~" or text.startswith(("~/", "~" + os.sep)):
            return self.home / text[2:]
        return Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 - links stay

    def _value(self, match: re.Match[str]) -> str:
        name = next((group for group in match.groups() if group), "")
        return self.environ.get(name, match[0])

    def _base(self, variable: str, default: str) -> Path:
        text = self.environ.get(variable, "")
        path = Path(text)
        return path if text and path.is_absolute() else self.home / default


def private_folder(path: Path) -> Path:
    """Give a folder that only this user can enter, made if it is missing.

    Raises `TrayError` where that can't be.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            status = path.stat()
            if status.st_uid != os.geteuid():
                raise TrayError(*wording.folder_foreign(str(path)))
            if stat.S_IMODE(status.st_mode) & 0o077:
                path.chmod(0o700)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrayError(*wording.folder_unusable(str(path), reason)) from None
    return path


def _private(path: Path) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    mine = path.is_absolute() and stat.S_ISDIR(status.st_mode)
    if sys.platform != "win32":
        mine = mine and status.st_uid == os.geteuid()
    return mine and not status.st_mode & 0o022
