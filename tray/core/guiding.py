"""What the guided set-up proposes, from the little that people know.

They know the address of their access portal, or what their company is called there. The
rest can be found out, or be proposed so well that Enter is the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from tray.core.accesses import Access
from tray.core.accounts import is_account_id
from tray.core.errors import UsageError
from tray.core.links import normalised_start_url
from tray.core.model import AwsConfig, SsoSession
from tray.core.naming import readable
from tray.core.wording import configure as wording

USUAL_REGION = "us-east-1"
"""Where most instances of IAM Identity Center are."""

OUTPUTS = ("json", "yaml", "yaml-stream", "text", "table")
"""The output formats of the AWS CLI."""

_NAME = re.compile(r"[A-Za-z0-9-]{3,63}")
_REGION = re.compile(r"[a-z]{2,8}(-[a-z]+)+-[0-9]{1,2}")
_DOMAIN = ".awsapps.com"
_REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")


def start_url_of(text: str) -> str:
    """Give the start URL that people mean: `acme` is `https://acme.awsapps.com/start`.

    What the copy button of the portal adds, such as `/#/`, is left out.
    """
    text = text.strip().strip("\"'<>")
    if _NAME.fullmatch(text):
        return f"https://{text.lower()}{_DOMAIN}/start"
    if "://" not in text and "." in text.partition("/")[0]:
        text = f"https://{text}"
    url = normalised_start_url(text)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url
    bare = not parts.path and host.endswith(_DOMAIN)
    return f"{url}/start" if bare else url


def region_problem(text: str) -> str:
    """Say what is wrong with a region; empty when it can be one."""
    return "" if _REGION.fullmatch(text) else wording.region_wanted(text)


def output_problem(text: str) -> str:
    """Say what is wrong with an output format; empty when there is one of the name."""
    return "" if text in {"", *OUTPUTS} else wording.output_wanted(OUTPUTS)


def likely_region(config: AwsConfig, environ: Mapping[str, str]) -> str:
    """Give the region that is most likely: that of other sessions, or of this shell."""
    known = Counter(one.region for one in config.sessions if one.region)
    if known:
        return known.most_common(1)[0][0]
    told = (environ.get(name, "") for name in _REGION_VARIABLES)
    return next((one for one in told if _REGION.fullmatch(one)), USUAL_REGION)


def session_for(start_url: str, config: AwsConfig) -> SsoSession | None:
    """Give the session that the config has for this portal, if any; no legacy one."""
    url = normalised_start_url(start_url)
    same = (one for one in config.sessions if not one.legacy and one.region)
    return next((s for s in same if normalised_start_url(s.start_url) == url), None)


def likely_name(start_url: str, taken: Iterable[str]) -> str:
    """Give a name for the session of a start URL, which nobody has yet.

    In China and GovCloud the portal's name stands in the path.
    """
    try:
        parts = urlsplit(start_url)
    except ValueError:
        parts = urlsplit("")
    first = (parts.hostname or "").partition(".")[0]
    told = (
        first
        if first and not re.fullmatch(r"d-[0-9a-z]{8,}|\d+|ssoins.*", first)
        else ""
    )
    in_path = parts.path.startswith("/directory/")
    if in_path or parts.hostname in {"localhost", "127.0.0.1"}:
        told = parts.path.rstrip("/").rpartition("/")[2]
    name, used = readable(told) or "sso", set(taken)
    numbered = (f"{name}-{number}" for number in range(2, len(used) + 3))
    return next(one for one in (name, *numbered) if one not in used)


def name_problem(name: str, start_url: str, config: AwsConfig) -> str:
    """Say what is wrong with the name of a session; empty when it can be taken."""
    if not name or readable(name) != name:
        return wording.name_wanted(name)
    url = normalised_start_url(start_url)
    for one in config.sessions:
        if one.name == name and normalised_start_url(one.start_url) != url:
            return wording.name_taken(name, one.start_url)
    return ""


def chosen(
    accesses: tuple[Access, ...], accounts: Iterable[str], roles: Iterable[str]
) -> tuple[Access, ...]:
    """Give the accesses to these accounts, by number or name, in these roles.

    No account means all of them, and so with roles. Raises `UsageError` for one that
    can't be reached.
    """
    found = accesses
    for account in dict.fromkeys(accounts):
        if not any(_is_account(one, account) for one in accesses):
            raise UsageError(*wording.no_such_account(account, _names(accesses)))
    wanted = set(accounts)
    if wanted:
        found = tuple(one for one in found if any(_is_account(one, w) for w in wanted))
    for role in dict.fromkeys(roles):
        if not any(one.role == role for one in found):
            raise UsageError(*wording.no_such_role(role, {one.role for one in found}))
    kept = set(roles)
    return tuple(one for one in found if not kept or one.role in kept)


def _is_account(access: Access, wanted: str) -> bool:
    if is_account_id(wanted):
        return access.account.account_id == wanted
    return access.account.name.casefold() == wanted.strip().casefold()


def _names(accesses: Iterable[Access]) -> list[str]:
    rows = {one.account.name or one.account.account_id: None for one in accesses}
    return list(rows)
