r"""What profiles are called: a template over account and role, fit for every SDK.

A template is text with fields in braces, such as `{account_name|lower|dash}-{role}`;
each `|` passes the value on through a filter. What an SDK would not read becomes a
dash: the one for JavaScript reads only `[\w-@+.%:/]` in the name of a profile
(`shared-ini-file-loader`, `parseIni`), so all others do as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from tray.core.accesses import Access
from tray.core.errors import UsageError
from tray.core.wording import naming as wording

DEFAULT_TEMPLATE = "{account_name|lower|dash}-{role|lower|dash}"
"""What profiles are called when nobody says how."""

LONGEST_NAME = 120
"""Characters that a template may make; AWS's accounts have 50, its roles 32."""

RESERVED = frozenset({"default"})
"""Names that mean something else to every SDK."""

_PARTS = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_UNREADABLE = re.compile(r"[^A-Za-z0-9_@+.%:/-]+")
_EDGES = "-_.:/+%@"


def _separated(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"[^A-Za-z0-9]+", sign, _plain(text)).strip(sign)


_FIELDS: Mapping[str, Callable[[Access, str], str]] = {
    "account_name": lambda access, _: _told(access.account.name, access),
    "account_id": lambda access, _: access.account.account_id,
    "email": lambda access, _: _told(access.account.email, access),
    "role": lambda access, _: access.role,
    "session": lambda _, session: session,
}

_FILTERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": lambda text: re.sub(
        r"[A-Za-z]+", lambda found: found[0][:1].upper() + found[0][1:], _plain(text)
    ),
    "dash": _separated("-"),
    "underscore": _separated("_"),
    "dot": _separated("."),
    "none": _separated(""),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read."""

    text: str
    """How it is written."""

    parts: tuple[str | tuple[str, ...], ...]
    """Plain texts, and fields with the filters that follow."""

    def fill(self, access: Access, session: str) -> str:
        """Give the name of one access; never empty, and readable for every SDK."""
        made = "".join(
            part if isinstance(part, str) else _value(part, access, session)
            for part in self.parts
        )
        return readable(readable(made)[:LONGEST_NAME]) or access.account.account_id


def parse_template(text: str) -> Template:
    """Read a template. Raises `UsageError` that shows what is wrong in it."""
    parts = list[str | tuple[str, ...]]()
    for match in _PARTS.finditer(text):
        field, plain, brace = match.groups()
        if brace:
            raise UsageError(*wording.brace(text, brace))
        parts.append(plain if plain is not None else _field(text, field or ""))
    if not any(isinstance(part, tuple) for part in parts) and not text.strip():
        raise UsageError(*wording.empty())
    return Template(text, tuple(parts))


def readable(text: str) -> str:
    """Give a text in the signs that every SDK reads in a name; may be empty."""
    found = _UNREADABLE.sub("-", _plain(text))
    return re.sub(r"-{2,}", "-", found).strip(_EDGES)


def names_for(
    accesses: tuple[Access, ...],
    session: str,
    template: Template,
    taken: frozenset[str] = frozenset(),
) -> Mapping[tuple[str, str], str]:
    """Give each access a name of its own, by its key; none that is `taken` already.

    Those that would share a name all get their account's number, and their role where
    that does not tell them apart either. So nobody's name depends on who came first.
    """
    wishes = [_wishes(access, session, template) for access in accesses]
    level = [0] * len(wishes)
    for _ in range(len(wishes[0]) - 1 if wishes else 0):
        names = [wish[at] for wish, at in zip(wishes, level, strict=True)]
        for at in _crowded(names, taken):
            level[at] = min(level[at] + 1, len(wishes[at]) - 1)
    return _numbered(accesses, wishes, level, taken)


def fits(name: str, access: Access, session: str, template: Template) -> bool:
    """Tell whether a name is one that this template gives an access."""
    wishes = _wishes(access, session, template)
    last = re.sub(r"-\d+$", "", name)
    return name in wishes or last == wishes[-1]


def _wishes(access: Access, session: str, template: Template) -> tuple[str, str, str]:
    first = template.fill(access, session)
    number = access.account.account_id
    second = readable(f"{first}-{number}")
    return first, second, readable(f"{first}-{number}-{access.role}")


def _crowded(names: list[str], taken: frozenset[str]) -> list[int]:
    often, closed = Counter(names), taken | RESERVED
    return [at for at, name in enumerate(names) if often[name] > 1 or name in closed]


def _numbered(
    accesses: tuple[Access, ...],
    wishes: list[tuple[str, str, str]],
    level: list[int],
    taken: frozenset[str],
) -> Mapping[tuple[str, str], str]:
    """Give a number to what is still the same, in the order of account and role."""
    used = set(taken | RESERVED)
    found = {}
    rows = zip(accesses, wishes, level, strict=True)
    for access, wish, at in sorted(rows, key=lambda row: row[0].key):
        name, number = wish[at], count(2)
        while name in used:
            name = f"{wish[at]}-{next(number)}"
        used.add(name)
        found[access.key] = name
    return found


def _field(text: str, inside: str) -> tuple[str, ...]:
    field, *filters = (word.strip() for word in inside.split("|"))
    if field not in _FIELDS:
        raise UsageError(*wording.unknown_field(text, field, list(_FIELDS)))
    for each in filters:
        if each not in _FILTERS:
            raise UsageError(*wording.unknown_filter(text, each, list(_FILTERS)))
    return (field, *filters)


def _value(part: tuple[str, ...], access: Access, session: str) -> str:
    field, *filters = part
    value = _FIELDS[field](access, session)
    for each in filters:
        value = _FILTERS[each](value)
    return value


def _told(text: str, access: Access) -> str:
    """Give a text, or the account's number where no letter of it can stay."""
    return text if re.search("[A-Za-z0-9]", _plain(text)) else access.account.account_id


def _plain(text: str) -> str:
    """Give letters without their marks, as `é` without its accent."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
