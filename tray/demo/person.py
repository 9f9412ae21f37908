"""A scripted person with a browser: signs in and clicks, over HTTP, without script.

The headless demo has one; so have the tests.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from tray.core.errors import TrayError
from tray.core.wording import center as wording

MOST_PAGES = 12
"""More than any log-in has."""

PATIENCE = 15.0
"""Seconds to wait for one page."""

LONGEST_PAGE = 4 * 1024 * 1024
"""Bytes of a page that are looked at."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a visit ended."""

    url: str = field(repr=False)
    """The last page's address; it may hold a code."""

    status: int
    """Its HTTP status."""

    heading: str
    """Its first heading."""


class Person:
    """Somebody who signs in as `user` and allows (or denies) what is asked.

    The browser keeps its cookies from visit to visit, until `forget`.
    """

    def __init__(self, user: str, *, deny: bool = False) -> None:
        self.user = user
        self.deny = deny
        self._cookies = CookieJar()

    def forget(self) -> None:
        """Begin with a fresh browser, which is signed in nowhere."""
        self._cookies.clear()

    def visit(self, url: str, user_code: str = "") -> Visit:
        """Open an address and click until there is nothing more to click.

        `user_code` is typed where a page asks for it. Raises `TrayError` when a page
        does not come, or does not offer this person.
        """
        visit, page = self._fetch(url)
        for _ in range(MOST_PAGES):
            step = self._next(page, user_code)
            if step is None:
                return visit
            form, values = step
            target = urllib.parse.urljoin(visit.url, form.action)
            sent = urllib.parse.urlencode({**form.hidden, **values})
            if form.method == "post":
                visit, page = self._fetch(target, sent.encode())
            else:
                visit, page = self._fetch(f"{target}?{sent}")
        raise TrayError(*wording.person_lost())

    def _next(
        self, page: _Page, user_code: str
    ) -> tuple[_Form, Mapping[str, str]] | None:
        """Give the form to send from a page, with what was clicked or typed."""
        choice = "deny" if self.deny else "allow"
        for form in page.forms:
            for wanted in (f"user-{self.user}", choice):
                if wanted in form.buttons:
                    return form, dict([form.buttons[wanted]])
            if "user-code" in form.inputs and user_code:
                return form, {form.inputs["user-code"]: user_code}
            if any(button.startswith("user-") for button in form.buttons):
                raise TrayError(*wording.person_unknown(self.user))
        return None

    def _fetch(self, url: str, sent: bytes | None = None) -> tuple[Visit, _Page]:
        browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self._cookies),
        )
        try:
            try:
                response = browser.open(url, sent, PATIENCE)
            except urllib.error.HTTPError as error:
                response = error  # a page like any other, with a status of its own
            with response:
                page = _Page()
                page.feed(response.read(LONGEST_PAGE).decode("utf-8", "replace"))
                return Visit(response.url, response.status, page.heading), page
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = type(error).__name__
            raise TrayError(*wording.person_saw_nothing(reason)) from None


@dataclass(slots=True)
class _Form:
    action: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class _Page(HTMLParser):
    """The forms and the heading of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.heading = ""
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, their fields and their buttons, by id."""
        has = {name: value or "" for name, value in attrs}
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "form":
            self.forms.append(_Form(has.get("action", ""), has.get("method", "get")))
        elif tag == "h1":
            self._in_heading = True
        elif tag == "input" and has.get("type") == "hidden" and self.forms:
            self.forms[-1].hidden[name] = value
        elif tag == "input" and self.forms:
            self.forms[-1].inputs[has.get("id", "")] = name
        elif tag == "button" and self.forms:
            self.forms[-1].buttons[has.get("id", "")] = (name, value)

    def handle_endtag(self, tag: str) -> None:
        """Note where the heading ends."""
        self._in_heading = self._in_heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        """Note the heading's text."""
        self.heading += data if self._in_heading else ""
