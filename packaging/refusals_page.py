"""The page of all refusals, from the table that the program itself goes by."""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

from tray.core.board import Needs
from tray.core.model import SsoSession
from tray.core.refusals import TABLE, Again, Cause, Told, refusal, verdict

INTRO = """\
# Every refusal, and what follows from it

This page is made from [the table in the program](../tray/core/refusals.py)
(`python packaging/papers.py`). The sentences are those that you read in the menu, in
`sso-tray status` and on stderr; here they are about a session `corp` in `eu-west-1`.

Only the first two end a sign-in. For everything else sso-tray never says "logged out":
what is signed in stays signed in, a token that still works stays in use, and no file is
changed. The date inside a token is not believed against the portal: when that turns a
token away (HTTP 401), one renewal decides, and if it is refused too, the sign-in is
over from that moment.

*Backs off* means: it is tried again after 1, 2, 4, 8 and then every 15 minutes, plus up
to a tenth by chance, and at once when the network comes back or a file changes (never
twice within ten seconds). *Seldom*: every 15 minutes, or when a file changes.

| cause | what you read | asked again | needs | exit |
|---|---|---|---|---|
"""

AGAIN = {
    Again.NEVER: "no",
    Again.BACK_OFF: "backs off",
    Again.SELDOM: "seldom",
}
NEEDS = {Needs.LOGIN: "a log-in", Needs.CONFIG: "another config", None: ""}
NO_RENEWAL = frozenset({Cause.PENDING, Cause.CODE_EXPIRED, Cause.CODE_REFUSED})
"""What happens during a log-in only, and is not asked again by itself."""


def page() -> str:
    """Give the page."""
    return INTRO + "".join(_row(cause) for cause in Cause)


def _row(cause: Cause) -> str:
    corp = SsoSession("corp", "https://acme.awsapps.com/start", "eu-west-1")
    region = SsoSession("corp", corp.start_url, "eu west 1")
    session = region if cause is Cause.BAD_REGION else corp
    error = refusal(cause, Told(session, "oidc.eu-west-1.amazonaws.com", _word(cause)))
    found = verdict(error)
    again = "" if cause in NO_RENEWAL else AGAIN[found.again]
    needs = "" if cause in NO_RENEWAL else NEEDS[found.needs]
    said = f"**{error.title}** {error.remedy}".replace("|", "\\|")
    status = TABLE[cause].error.exit_status
    return f"| {cause} | {said} | {again} | {needs} | {status} |\n"


def _word(cause: Cause) -> str:
    words = {
        Cause.DENIED: "KMS_AccessDeniedException",
        Cause.SERVER: "HTTP 503",
        Cause.REQUEST: "InvalidRequestException",
        Cause.SETTING: "ProfileNotFound",
        Cause.UNKNOWN: "DataNotFoundError",
    }
    return words.get(cause, "")
