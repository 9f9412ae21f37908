"""Which accounts and roles profiles are wanted for: a small language of conditions.

`role=Admin* and not account~^legacy-`: `=` compares with the signs `*` and `?`, `~`
looks for a regular expression, `!=` and `!~` turn them around; letters count the same
whether they are large or small. A word alone looks into account and role.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tray.core.accesses import Access
from tray.core.errors import UsageError
from tray.core.wording import filtering as wording

Condition = Callable[[Access], bool]

_FIELDS: Mapping[str, Callable[[Access], tuple[str, ...]]] = {
    "account": lambda one: (one.account.name, one.account.account_id),
    "account_id": lambda one: (one.account.account_id,),
    "account_name": lambda one: (one.account.name,),
    "role": lambda one: (one.role,),
    "email": lambda one: (one.account.email,),
}
_ANYWHERE = ("account", "role")

_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))"
    r"|(?P<field>[A-Za-z_]+)\s*(?P<op>!=|!~|==?|~)\s*(?P<value>\"[^\"]*\"|'[^']*'|\S*)"
    r"|(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<word>[^\s()]+))"
)
_WORDS = frozenset({"and", "or", "not"})
MOST_LEVELS = 40
"""Brackets within brackets; people need two or three."""


@dataclass(frozen=True, slots=True)
class _Token:
    """One piece of an expression."""

    kind: str
    """`(`, `)`, `and`, `or`, `not`, `test` or `end`."""

    at: int
    """Where it stands, counted from 1."""

    test: Condition | None = None
    """What a `test` asks."""

    text: str = ""
    """How it is written."""


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression that has been read."""

    text: str
    """How it is written; empty: everything is wanted."""

    wants: Condition
    """Tells whether an access is wanted."""


def parse_filter(text: str) -> Filter:
    """Read an expression; an empty one wants everything.

    Raises `UsageError` that shows the place.
    """
    if not text.strip():
        return Filter("", lambda _: True)
    return Filter(text, _Reader(text).read())


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._next = 0

    def read(self) -> Condition:
        found = self._either(0)
        token = self._token
        if token.kind != "end":
            raise UsageError(*wording.unexpected(self._text, token.at, token.text))
        return found

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _taken(self, kind: str) -> bool:
        if self._token.kind != kind:
            return False
        self._next += 1
        return True

    def _either(self, level: int) -> Condition:
        found = [self._both(level)]
        while self._taken("or"):
            found.append(self._both(level))
        return found[0] if len(found) == 1 else lambda one: any(f(one) for f in found)

    def _both(self, level: int) -> Condition:
        found = [self._single(level)]
        while self._taken("and") or self._token.kind in {"not", "(", "test"}:
            found.append(self._single(level))
        return found[0] if len(found) == 1 else lambda one: all(f(one) for f in found)

    def _single(self, level: int) -> Condition:
        token = self._token
        self._next += token.kind != "end"
        if level > MOST_LEVELS:
            raise UsageError(*wording.too_deep(self._text))
        if token.kind == "not":
            inner = self._single(level + 1)
            return lambda one: not inner(one)
        if token.kind == "(":
            inner = self._either(level + 1)
            if not self._taken(")"):
                raise UsageError(*wording.unclosed(self._text, token.at))
            return inner
        if token.test is None:
            raise UsageError(*wording.unexpected(self._text, token.at, token.text))
        return token.test


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while (found := _TOKEN.match(text, at)) is not None:
        token, at = _token(text, found)
        yield token
    yield _Token("end", len(text) + 1)


def _token(text: str, found: re.Match[str]) -> tuple[_Token, int]:
    """Read one match; gives where the next one begins."""
    at = found.start() + len(found[0]) - len(found[0].lstrip()) + 1
    if found["open"] or found["close"]:
        sign = found["open"] or found["close"]
        return _Token(sign, at, text=sign), found.end()
    if found["field"]:
        value, end = _value(found)
        test = _test(text, (found["field"], found["op"], value), at)
        return _Token("test", at, test, found[0].strip()), end
    word = found["word"] or found["quoted"]
    if word.lower() in _WORDS:
        return _Token(word.lower(), at, text=word), found.end()
    plain = word[1:-1] if found["quoted"] else word
    return _Token("test", at, _anywhere(plain), word), found.end()


def _value(found: re.Match[str]) -> tuple[str, int]:
    """Give a value; brackets at its end that it did not open belong to the whole."""
    value, end = found["value"], found.end()
    if value[:1] in {'"', "'"} and len(value) > 1:
        return value[1:-1], end
    while value.endswith(")") and value.count(")") > value.count("("):
        value, end = value[:-1], end - 1
    return value, end


def _test(text: str, words: tuple[str, str, str], at: int) -> Condition:
    name, operator, value = words
    field = _FIELDS.get(name.lower())
    if field is None:
        raise UsageError(*wording.unknown_field(text, at, name, list(_FIELDS)))
    if not value:
        raise UsageError(*wording.no_value(text, at, name))
    match = _expression(text, at, value) if operator.endswith("~") else _signs(value)
    if operator.startswith("!"):
        return lambda one: not any(match(each) for each in field(one))
    return lambda one: any(match(each) for each in field(one))


def _anywhere(word: str) -> Condition:
    match = _signs(f"*{word}*")
    fields = [_FIELDS[name] for name in _ANYWHERE]
    return lambda one: any(match(each) for field in fields for each in field(one))


def _signs(value: str) -> Callable[[str], bool]:
    found = re.compile(fnmatch.translate(value), re.IGNORECASE)
    return lambda text: found.match(text) is not None


def _expression(text: str, at: int, value: str) -> Callable[[str], bool]:
    try:
        found = re.compile(value, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageError(*wording.bad_expression(text, at, value, str(error))) from None
    return lambda each: found.search(each) is not None
