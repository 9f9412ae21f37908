"""Tells whether a single value of AWS's config can be right.

AWS's tools take values as they stand and fail later, at the service or in the browser;
here the slip is named at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from tray.aws.config_sections import Entry, Findings
from tray.core.model import Problem, Subject
from tray.core.roles import AssumedRole
from tray.core.wording import config as wording

STATIC = ("aws_access_key_id", "aws_secret_access_key")
TOKEN_FILE = "web_identity_token_file"  # noqa: S105 - a key's name

_REGION = re.compile(r"[a-z]{2,8}(-[a-z]+)+-[0-9]{1,2}", re.ASCII)
_ROLE = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_COMMENT = re.compile(r"\s[;#]")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ACCOUNT_DIGITS = 12

Check = Callable[[str, str, str], Problem | None]
"""Takes who, where and the value; gives what is wrong with it."""


def check_spelling(who: str, where: str, key: str, value: str) -> Problem | None:
    """Find the slips that any value can have: none, comment, quotes, more lines."""
    if not value:
        return wording.value_empty(who, where, key)
    if "\n" in value:
        return wording.value_broken(who, where, key)
    if _COMMENT.search(value):
        return wording.value_commented(who, where, key)
    if value[0] in "\"'":
        return wording.value_quoted(who, where, key)
    return None


def check_start_url(who: str, where: str, value: str) -> Problem | None:
    """Find what keeps a start URL from working.

    It is https with a host; plain http passes on this machine only, for stand-ins.
    """
    problem = check_spelling(who, where, "sso_start_url", value)
    if problem is not None:
        return problem
    try:
        url = urlsplit(value)
        host, user = url.hostname, url.username
        _ = url.port
    except ValueError:
        return wording.url_malformed(who, where)
    if user is not None or re.search(r"\s", value):
        return wording.url_malformed(who, where)
    if url.scheme == "https" or (url.scheme == "http" and host in _LOOPBACK):
        return None if host else wording.url_malformed(who, where)
    return wording.url_not_https(who, where, value)


def check_region(who: str, where: str, value: str) -> Problem | None:
    """Find what keeps `sso_region` from being a region."""
    problem = check_spelling(who, where, "sso_region", value)
    if problem is None and not _REGION.fullmatch(value):
        problem = wording.region_malformed(who, where, value)
    return problem


def check_account(who: str, where: str, value: str) -> Problem | None:
    """Find what keeps `sso_account_id` from being 12 digits."""
    if len(value) == _ACCOUNT_DIGITS and value.isascii() and value.isdigit():
        return None
    problem = check_spelling(who, where, "sso_account_id", value)
    return problem or wording.account_malformed(who, where, value)


def check_role(who: str, where: str, value: str) -> Problem | None:
    """Find what keeps `sso_role_name` from being a permission set's name."""
    if _ROLE.fullmatch(value):
        return None
    problem = check_spelling(who, where, "sso_role_name", value)
    return problem or wording.role_malformed(who, where, value)


CHECKS: dict[str, Check] = {
    "sso_start_url": check_start_url,
    "sso_region": check_region,
    "sso_account_id": check_account,
    "sso_role_name": check_role,
}
"""The check of each key that has one."""


class Judge:
    """Looks for missing and mistaken values of one profile or session."""

    def __init__(
        self, subject: Subject, name: str, entry: Entry, found: Findings
    ) -> None:
        self._subject = subject
        self._name = name
        self._entry = entry
        self._found = found

    @property
    def who(self) -> str:
        """How people know it."""
        if self._subject is Subject.PROFILE:
            return wording.profile(self._name)
        if self._name == self._entry.values.get("sso_start_url"):
            return wording.portal(self._name)
        return wording.session(self._name)

    def report(self, sentence: Callable[..., Problem], *words: str, key: str) -> None:
        """Report something about a key, or about the whole when `key` is empty."""
        spot = self._entry.spot(key)
        problem = sentence(self.who, spot.where, *words)
        self._found.add(self._subject, self._name, spot, problem)

    def mistyped(self, keys: Iterable[str]) -> list[str]:
        """Report those of the missing keys that are there in another spelling.

        Gives them.
        """
        values = self._entry.values
        others = [key for key in values if key not in CHECKS and key != "sso_session"]
        meant = []
        for key in keys:
            written = "" if key in values else nearest(key, others)
            if written:
                self.report(wording.key_mistyped, written, key, key=written)
                others.remove(written)
                meant.append(key)
        return meant

    def missing(self, keys: Iterable[str]) -> bool:
        """Report those keys that are not there; tell whether there were any."""
        gone = [key for key in keys if key not in self._entry.values]
        meant = self.mistyped(gone)
        names = " and ".join(key for key in gone if key not in meant)
        if names:
            self.report(wording.key_missing, names, key="")
        return bool(gone)

    def wrong(self, key: str, value: str) -> bool:
        """Report a value that can't be right; tell whether it was one."""
        if CHECKS[key]("", "", value) is None:
            return False
        spot = self._entry.spot(key)
        problem = CHECKS[key](self.who, spot.where, value)
        if problem is not None:
            self._found.add(self._subject, self._name, spot, problem)
        return True


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that this one was meant to be, or an empty text."""
    import difflib

    bare = word.strip("\"'")
    near = difflib.get_close_matches(bare, list(known), n=1, cutoff=0.8)
    return near[0] if near else ""


def assumes(entry: Entry) -> bool:
    """Tell whether a profile assumes a role with the credentials of a source."""
    return "role_arn" in entry.values and TOKEN_FILE not in entry.values


def has_keys(entry: Entry) -> bool:
    """Tell whether a profile has keys of its own, or one half of them."""
    return any(key in entry.values for key in STATIC)


def assumed_role(values: Mapping[str, str]) -> AssumedRole:
    """Give the role that a profile asks for; botocore passes over what is no number."""
    duration = values.get("duration_seconds", "")
    return AssumedRole(
        values["role_arn"],
        values.get("external_id", ""),
        values.get("role_session_name", ""),
        int(duration) if duration.isascii() and duration.isdecimal() else 0,
        values.get("mfa_serial", ""),
    )
