"""What a browser does here: sign in, allow or deny, look at the portal.

`/authorize` is in no service model; its members are those that AWS CLI v2 sends.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from tray.core.wording import center as wording
from tray.demo.center import pages
from tray.demo.center.ledger import Ledger
from tray.demo.center.messages import Answer, Incoming, Refusal, page_answer, redirect
from tray.demo.center.oidc import START_PATH, fits
from tray.demo.center.records import (
    CODE_GRANT,
    Client,
    Code,
    Decision,
    Device,
    SignIn,
)
from tray.demo.center.settings import Portal, User

DENIED = "access_denied"
_OWN_PLACE = re.compile(r"/(?![/\\])[!-~]*")
"""A place on this server; never another server's, never a second header."""


class Browsing:
    """The pages over the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def authorize(self, incoming: Incoming) -> Answer:
        """Serve the page that asks before a code goes back to the program."""
        client = self._client(incoming.query)
        wrong = _wrong(incoming.query)
        if wrong:
            return _back(incoming.query, {"error": wrong})
        who = self._signed_in(incoming, client.portal, asking=True)
        portal = self._portal(client.portal)
        if who is None:
            return _page(pages.sign_in(portal, _place(incoming)))
        sign_in, user = who
        hidden = {"key": sign_in.form_key}
        return _page(pages.consent(pages.Asked(portal, user, _place(incoming), hidden)))

    def decide(self, incoming: Incoming) -> Answer:
        """Serve Allow and Deny: the browser goes back to the program."""
        query = incoming.query
        client = self._client(query)
        wrong = _wrong(query)
        if wrong:
            return _back(query, {"error": wrong})
        sign_in = self._clicked(incoming, client.portal)
        if incoming.form.get("decision") != "allow":
            return _back(query, {"error": DENIED}, DENIED)
        ledger, text = self._ledger, secrets.token_urlsafe(32)
        ledger.codes[text] = Code(
            client_id=client.client_id,
            redirect_uri=query["redirect_uri"],
            challenge=query["code_challenge"],
            sign_in=sign_in,
            expires_at=ledger.now() + ledger.settings.code_life,
        )
        return _back(query, {"code": text})

    def device(self, incoming: Incoming) -> Answer:
        """Serve the page that asks for a device's code, or whether to allow it."""
        if not incoming.query.get("user_code"):
            return _page(pages.enter_code())
        device = self._device(incoming.query)
        portal = self._portal(device.portal)
        place = f"/device?user_code={device.user_code}"
        who = self._signed_in(incoming, device.portal, asking=True)
        if who is None:
            return _page(pages.sign_in(portal, place))
        sign_in, user = who
        hidden = {"key": sign_in.form_key}
        asked = pages.Asked(portal, user, place, hidden, device.user_code)
        return _page(pages.consent(asked))

    def decide_device(self, incoming: Incoming) -> Answer:
        """Serve Allow and Deny for a device: the program learns it when it polls."""
        device = self._device(incoming.query)
        sign_in = self._clicked(incoming, device.portal)
        if incoming.form.get("decision") != "allow":
            device.decision = Decision.DENIED
            return page_answer(pages.done(*wording.DONE_DENIED), outcome=DENIED)
        device.decision, device.sign_in = Decision.ALLOWED, sign_in
        return _page(pages.done(*wording.DONE_ALLOWED))

    def sign_in_page(self, incoming: Incoming) -> Answer:
        """Serve the page that asks who one is, whoever was signed in before."""
        portal = self._portal(incoming.query.get("portal", ""))
        return _page(pages.sign_in(portal, _next(incoming.query, portal)))

    def sign_in(self, incoming: Incoming) -> Answer:
        """Serve the click on a name: a new portal session begins."""
        form = incoming.form
        portal = self._portal(form.get("portal", ""))
        if self._ledger.settings.user(portal.name, form.get("user", "")) is None:
            raise _problem(wording.BAD_FORM)
        sign_in = self._ledger.sign_in(portal.name, form["user"])
        name = _cookie(incoming, portal.name)
        cookie = f"{name}={sign_in.key}; Path=/; HttpOnly; SameSite=Lax"
        return redirect(_next(form, portal), cookie)

    def sign_out(self, incoming: Incoming) -> Answer:
        """Serve the portal's own sign-out: the portal session is over."""
        portal = self._portal(incoming.form.get("portal", ""))
        self._clicked(incoming, portal.name).over = True
        return redirect(f"{START_PATH}{portal.name}")

    def home(self, incoming: Incoming) -> Answer:
        """Serve a start URL: the accounts and roles of who is signed in."""
        name = incoming.path.removeprefix(START_PATH).rstrip("/")
        portal = self._portal(name)
        who = self._signed_in(incoming, portal.name)
        if who is None:
            return _page(pages.sign_in(portal, _place(incoming)))
        sign_in, user = who
        return _page(pages.portal_home(portal, user, sign_in.form_key))

    def nothing(self, incoming: Incoming) -> Answer:
        """Serve every other address: the root leads to the first portal."""
        portals = self._ledger.settings.portals
        if incoming.path == "/" and portals:
            return redirect(f"{START_PATH}{portals[0].name}")
        raise _problem(wording.NOTHING_HERE, 404)

    def _client(self, query: Mapping[str, str]) -> Client:
        client = self._ledger.clients.get(query.get("client_id", ""))
        alive = client is not None and client.expires_at > self._ledger.now()
        if client is None or not alive or CODE_GRANT not in client.grants:
            raise _problem(wording.BAD_CLIENT)
        if not fits(query.get("redirect_uri", ""), client.redirect_uris):
            raise _problem(wording.BAD_REDIRECT)
        return client

    def _device(self, query: Mapping[str, str]) -> Device:
        typed = query.get("user_code", "").strip().upper().replace("-", "")
        now = self._ledger.now()
        for device in self._ledger.devices.values():
            asked = device.decision is Decision.PENDING and device.expires_at > now
            if asked and device.user_code.replace("-", "") == typed:
                return device
        raise _problem(wording.BAD_CODE)

    def _portal(self, name: str) -> Portal:
        portal = self._ledger.settings.portal(name)
        if portal is None:
            raise _problem(wording.NOTHING_HERE, 404)
        return portal

    def _signed_in(
        self, incoming: Incoming, portal: str, *, asking: bool = False
    ) -> tuple[SignIn, User] | None:
        """Give who is signed in to a portal in this browser."""
        key = incoming.cookie(_cookie(incoming, portal))
        sign_in = self._ledger.sign_ins.get(key)
        if sign_in is None or sign_in.portal != portal:
            return None
        if asking and sign_in.asked and not self._ledger.settings.reuse_sign_in:
            return None
        user = self._ledger.user(sign_in)
        return (sign_in, user) if user and self._ledger.alive(sign_in) else None

    def _clicked(self, incoming: Incoming, portal: str) -> SignIn:
        """Give whose click it was; refuses one that no page of ours offered."""
        who = self._signed_in(incoming, portal, asking=True)
        if who is None or incoming.form.get("key") != who[0].form_key:
            raise _problem(wording.BAD_FORM)
        who[0].asked = True
        return who[0]


def _wrong(query: Mapping[str, str]) -> str:
    """Give OAuth's word for what is wrong with a request for a code; or nothing."""
    if query.get("response_type") != "code":
        return "unsupported_response_type"
    s256 = query.get("code_challenge_method") == "S256"
    return "" if s256 and query.get("code_challenge") else "invalid_request"


def _back(
    query: Mapping[str, str], answer: Mapping[str, str], outcome: str = "ok"
) -> Answer:
    """Send the browser to the program with an answer and the program's own state."""
    state = {"state": query["state"]} if "state" in query else {}
    uri = query["redirect_uri"]
    glue = "&" if urlsplit(uri).query else "?"
    return redirect(f"{uri}{glue}{urlencode({**answer, **state})}", outcome=outcome)


def _next(fields: Mapping[str, str], portal: Portal) -> str:
    place = fields.get("next", "")
    return place if _OWN_PLACE.fullmatch(place) else f"{START_PATH}{portal.name}"


def _place(incoming: Incoming) -> str:
    return f"{incoming.path}?{incoming.query_text}".rstrip("?")


def _cookie(incoming: Incoming, portal: str) -> str:
    # Browsers share cookies among the ports of one host.
    port = incoming.headers.get("host", "").rpartition(":")[2]
    return f"demo-{port if port.isdecimal() else 0}-{portal}"


def _page(body: bytes) -> Answer:
    return page_answer(body)


def _problem(words: tuple[str, str], status: int = 400) -> Refusal:
    return Refusal(page_answer(pages.problem(*words), status, words[0]))
