"""The pages that people click: plain forms, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from tray.core.wording import center as wording
from tray.demo.center.settings import Account, Portal, User

_STYLE = """
:root{color-scheme:light dark;--ink:#1b2333;--soft:#59647a;--paper:#fff;
--ground:#eef1f7;--line:#d5dbe8;--deep:#3d3a8c;--deep-ink:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e9ecf4;--soft:#a5aec2;--paper:#1d2230;
--ground:#12151d;--line:#3a4257;--deep:#a9a6f5;--deep-ink:#17163a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
header{padding:.7rem 1.25rem;background:#f3c64d;color:#2b2205;font-weight:600;
text-align:center}
main{max-width:34rem;margin:6vh auto 2rem;padding:2.25rem;background:var(--paper);
border:1px solid var(--line);border-radius:16px}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
p{margin:.25rem 0 1rem;color:var(--soft)}
code{display:block;margin:1rem 0;padding:.6rem;border:1px dashed var(--line);
border-radius:10px;font-size:1.6rem;letter-spacing:.12em;text-align:center}
form{margin:0}
button,input{width:100%;margin:.3rem 0;padding:.75rem 1rem;border:1px solid var(--line);
border-radius:10px;background:transparent;color:inherit;font:inherit}
button{cursor:pointer;font-weight:600}
button.main{background:var(--deep);border-color:var(--deep);color:var(--deep-ink)}
button small{display:block;font-weight:400;color:var(--soft)}
a{color:inherit}
:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
ul{margin:0 0 1.25rem;padding:0;list-style:none}
li{padding:.6rem .75rem;border-top:1px solid var(--line)}
li li{padding:.1rem .75rem;border:0;color:var(--soft)}
li ul{margin:0}
:target{background:#f3c64d40;border-radius:8px;color:var(--ink)}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a consent page asks, and who is asked."""

    portal: Portal
    """The portal."""

    user: User
    """Who is signed in."""

    action: str
    """Where the form goes."""

    hidden: Mapping[str, str] = field(repr=False)
    """What the form sends along."""

    user_code: str = ""
    """The code to compare, for a device."""


def sign_in(portal: Portal, next_url: str) -> bytes:
    """Give the page where a person says who they are."""
    buttons = "".join(map(_user, portal.users))
    body = _lines(wording.sign_in_heading(portal.title), wording.SIGN_IN_LINE)
    form = _form("/signin", {"portal": portal.name, "next": next_url}, buttons)
    return _page("sign-in", wording.sign_in_heading(portal.title), body + form)


def consent(asked: Asked) -> bytes:
    """Give the page that asks whether a program may have a token."""
    portal = asked.portal
    heading = wording.consent_heading(portal.title)
    body = _lines(heading, wording.CONSENT_LINE)
    if asked.user_code:
        body += f"<code>{escape(asked.user_code)}</code><p>{wording.COMPARE_LINE}</p>"
    body += f'<p id="who">{_who(asked.user, portal)}</p>'
    buttons = (
        f'<button class="main" id="allow" name="decision" value="allow">'
        f"{wording.ALLOW}</button>"
        f'<button id="deny" name="decision" value="deny">{wording.DENY}</button>'
    )
    name = "device-confirm" if asked.user_code else "consent"
    other = f"/signin?portal={quote(portal.name)}&next={quote(asked.action, safe='')}"
    link = f'<a id="other-user" href="{escape(other)}">{wording.OTHER_USER}</a>'
    form = _form(asked.action, asked.hidden, buttons)
    return _page(name, heading, f"{body}{form}<p>{link}</p>")


def enter_code() -> bytes:
    """Give the page that asks for the code of a device."""
    body = (
        _lines(wording.CODE_HEADING, wording.CODE_LINE)
        + '<form method="get" action="/device">'
        + f'<label for="user-code">{wording.USER_CODE_LABEL}</label>'
        + '<input id="user-code" name="user_code" required autocomplete="off">'
        + f'<button class="main" id="continue">{wording.CONTINUE}</button></form>'
    )
    return _page("device-code", wording.CODE_HEADING, body)


def portal_home(portal: Portal, user: User, form_key: str) -> bytes:
    """Give the portal page with accounts and roles.

    Each role's id is the fragment of a shortcut link, so the browser goes there.
    """
    heading = wording.signed_in_as(user.title, portal.title)
    rows = "".join(map(_account, user.accounts))
    out = f'<button id="sign-out">{wording.SIGN_OUT}</button>'
    body = (
        _lines(heading, wording.accounts_line(len(user.accounts)))
        + f'<ul id="accounts">{rows}</ul>'
        + _form("/signout", {"portal": portal.name, "key": form_key}, out)
    )
    return _page("portal", heading, body)


def done(heading: str, line: str) -> bytes:
    """Give the page that ends a device log-in."""
    return _page("done", heading, _lines(heading, line))


def problem(heading: str, line: str) -> bytes:
    """Give the page that says what is wrong."""
    return _page("problem", heading, _lines(heading, line))


def _user(user: User) -> str:
    name = escape(user.name)
    return (
        f'<button id="user-{name}" name="user" value="{name}">'
        f"{escape(user.title)}<small>{name}</small></button>"
    )


def _account(account: Account) -> str:
    roles = "".join(
        f'<li id="{escape(_fragment(account.account_id, role))}">{escape(role)}</li>'
        for role in account.roles
    )
    return (
        f"<li><b>{escape(account.name)}</b> {escape(account.account_id)}"
        f"<ul>{roles}</ul></li>"
    )


def _fragment(account_id: str, role: str) -> str:
    return f"/console?account_id={account_id}&role_name={quote(role, safe='')}"


def _who(user: User, portal: Portal) -> str:
    return escape(wording.signed_in_as(user.title, portal.title))


def _lines(heading: str, line: str) -> str:
    return f"<h1>{escape(heading)}</h1><p>{escape(line)}</p>"


def _form(action: str, hidden: Mapping[str, str], content: str) -> str:
    fields = "".join(_hidden(hidden.items()))
    return f'<form method="post" action="{escape(action)}">{fields}{content}</form>'


def _hidden(fields: Iterable[tuple[str, str]]) -> Iterable[str]:
    for name, value in fields:
        yield f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _page(name: str, title: str, content: str) -> bytes:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><header>{wording.BANNER}</header>"
        f'<main data-page="{name}">{content}</main></body></html>'
    ).encode()
