"""From facts to findings: each part, when it is well and when it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, hours, minutes
from tests.fakes.desktop import a_board, a_status
from tray.core import checkup
from tray.core.audit import Asked
from tray.core.autostart import AutostartStatus, Fault, LoginItem, Method, State
from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.errors import CannotTell
from tray.core.findings import Finding, Health, Part, as_json, broken, ordered
from tray.core.ledger import StartedLogin
from tray.core.looks import CacheFacts, DesktopFacts, Reached
from tray.core.model import ConfigProblem, Grant, Problem, Subject

OK, ATTENTION, BROKEN = Health.OK, Health.ATTENTION, Health.BROKEN
ABOUT = {"sso-tray": "1.0", "python": "3.11", "system": "linux"}
TROUBLE = Problem("It is wrong.", "Mend it.")
FINE = a_board(a_status())
DOWN = CannotTell("It is away.", "Wait.")
ENTRY = LoginItem(Method.XDG, "~/.config/autostart/x.desktop", State.ON)
ASKED = Asked(NOON, "aws", "dev", "served")
LOGIN = StartedLogin(NOON - minutes(5), "corp", Grant.DEVICE_CODE)


def problem(subject: Subject, name: str = "corp", line: int = 3) -> ConfigProblem:
    """Give something that is wrong in the config."""
    return ConfigProblem(subject, name, line, TROUBLE)


def config(board: Board, *problems: ConfigProblem) -> list[Finding]:
    """Give what is found in a board with these problems."""
    return list(checkup.about_config(replace(board, problems=problems)))


def desktop(facts: DesktopFacts) -> list[Finding]:
    """Give what is found on a desktop."""
    return list(checkup.about_desktop(facts))


def network(
    *reached: Reached,
    variables: tuple[str, ...] = (),
    bundle: tuple[str, bool] | None = None,
) -> list[Finding]:
    """Give what is found in a network."""
    environ = dict.fromkeys(variables, "http://user:hunter2@proxy")
    return list(checkup.about_network(reached, environ, bundle))


def variables(**environ: str) -> list[Finding]:
    """Give what is found in these variables, with a profile `dev` in the config."""
    return list(checkup.about_variables(environ, {"dev"}))


def item(*faults: Fault) -> AutostartStatus:
    """Give start at log-in with these faults."""
    return AutostartStatus((replace(ENTRY, faults=faults),))


CASES: list[tuple[str, Iterable[Finding], list[Health], str]] = [
    ("no daemon", checkup.about_versions(ABOUT, None), [OK, ATTENTION], "not run"),
    ("daemon", checkup.about_versions(ABOUT, "1.0"), [OK, OK], "sso-tray runs"),
    ("old daemon", checkup.about_versions(ABOUT, "0.9"), [OK, ATTENTION], "0.9"),
    ("config", config(FINE), [OK], "nothing in it is wrong"),
    ("empty config", config(Board()), [ATTENTION], "no SSO session"),
    ("no file", config(Board(), problem(Subject.FILE, line=0)), [BROKEN], "wrong"),
    ("odd line", config(FINE, problem(Subject.FILE)), [ATTENTION], "wrong"),
    ("profile", config(FINE, problem(Subject.PROFILE)), [ATTENTION], "wrong"),
    ("minor", config(FINE, problem(Subject.SESSION)), [ATTENTION], "wrong"),
    ("gone", config(FINE, problem(Subject.SESSION, "x")), [BROKEN], "wrong"),
    ("settings", checkup.about_settings((), ()), [OK], "no mistake"),
    ("wrong", checkup.about_settings((TROUBLE,), ()), [ATTENTION], "Mend it"),
    ("locked", checkup.about_settings((), ("mode",)), [OK, OK], "policy: mode"),
    ("no variables", variables(), [OK], "No variable"),
    ("keys", variables(AWS_ACCESS_KEY_ID="AKIA"), [ATTENTION], "AWS_ACCESS_KEY_ID"),
    ("profile chosen", variables(AWS_PROFILE="dev"), [OK], "'dev'"),
    ("profile gone", variables(AWS_PROFILE="x"), [ATTENTION], "unset AWS_PROFILE"),
    ("places", variables(AWS_CONFIG_FILE="/x"), [OK, OK], "AWS_CONFIG_FILE"),
    ("cache", checkup.about_cache(CacheFacts("/c", 1)), [OK], "1 file,"),
    ("guests", checkup.about_cache(CacheFacts("/c", 2, ("x.json",))), [OK], "x.json"),
    ("no cache", checkup.about_cache(CacheFacts("/c", there=False)), [OK], "yet"),
    (
        "open cache",
        checkup.about_cache(CacheFacts("/c", 1, (), ("a.json",))),
        [ATTENTION],
        "chmod go-rwx",
    ),
    ("no access", checkup.about_cache(CacheFacts("/c", fault="no")), [BROKEN], "no"),
    ("nothing to ask", network(), [OK], "No session"),
    ("reached", network(Reached("oidc")), [OK], "oidc answers"),
    ("away", network(Reached("oidc", DOWN)), [BROKEN], "It is away"),
    ("proxy", network(variables=("HTTPS_PROXY",)), [OK, OK], "HTTPS_PROXY"),
    ("authority", network(bundle=("/ca", True)), [OK, OK], "against /ca"),
    ("lost", network(bundle=("/ca", False)), [OK, BROKEN], "AWS_CA_BUNDLE"),
    ("clock", network(Reached("o", ahead=timedelta())), [OK, OK], "right to 1 s"),
    ("slow", network(Reached("o", ahead=minutes(-2))), [OK, ATTENTION], "behind"),
    ("mad", network(Reached("o", ahead=hours(3))), [OK, BROKEN], "3 h ahead of"),
    ("keyring", checkup.about_keyring("kwallet"), [OK], "kwallet"),
    ("no desktop", desktop(DesktopFacts(bus=False)), [OK], "no desktop"),
    (
        "full desktop",
        desktop(DesktopFacts(bus=True, tray=True, server="dunst", buttons=True)),
        [OK, OK],
        "dunst shows notices, with buttons",
    ),
    ("no buttons", desktop(DesktopFacts(True, True, "x")), [OK, OK], "without"),  # noqa: FBT003 - a table
    ("bare", desktop(DesktopFacts(bus=True)), [ATTENTION, ATTENTION], "No panel"),
    ("not started", checkup.about_autostart(AutostartStatus(())), [OK], "not start"),
    ("started", checkup.about_autostart(item()), [OK], "a desktop autostart entry"),
    (
        "stale",
        checkup.about_autostart(item(Fault.PROGRAM)),
        [ATTENTION],
        "another program",
    ),
    ("no record", checkup.about_audit(()), [], ""),
    (
        "record",
        checkup.about_audit([ASKED, ASKED, replace(ASKED, program="cdk")]),
        [OK],
        (
            "last 3 requests for credentials came mostly from programs calling "
            "themselves aws, cdk"
        ),
    ),
    ("no log-in", checkup.about_logins((), NOON), [OK], "no log-in yet"),
    ("log-in", checkup.about_logins((LOGIN,), NOON), [OK], "corp at 11:55"),
    (
        "old log-in",
        checkup.about_logins((LOGIN,), NOON + hours(48)),
        [OK],
        "corp at 2026-03-02 11:55",
    ),
]


@pytest.mark.parametrize(
    ("found", "health", "said"),
    [case[1:] for case in [(n, list(f), h, s) for n, f, h, s in CASES]],
    ids=[case[0] for case in CASES],
)
def test_a_part(found: list[Finding], health: list[Health], said: str) -> None:
    """What is wrong is told with its remedy, and no value of a secret."""
    text = " ".join(f"{one.title} {one.remedy}" for one in found)

    assert [one.health for one in found] == health
    assert said in text
    assert "hunter2" not in text
    assert "AKIA" not in text
    assert all(one.remedy for one in found if one.health is not OK)


@pytest.mark.parametrize(
    ("status", "health"),
    [
        (a_status(), OK),
        (replace(a_status(), needs=Needs.LOGIN), ATTENTION),
        (replace(a_status(), problem=TROUBLE), ATTENTION),
        (a_status(phase=Phase.MISCONFIGURED), BROKEN),
        (replace(a_status(), needs=Needs.CONFIG), BROKEN),
    ],
)
def test_a_session(status: SessionStatus, health: Health) -> None:
    """A sign-in that wants people wants attention; a config of no use is broken."""
    [found] = checkup.about_sessions(a_board(status), NOON)

    assert found.health is health
    assert bool(found.remedy) == (status.problem is not None or status.needs == "login")


@pytest.mark.parametrize(
    ("end", "said"),
    [(None, "none yet"), (NOON, "ended"), (NOON + hours(72), "good for 3 days")],
)
def test_a_registration(end: datetime | None, said: str) -> None:
    """Whatever it is, the next log-in sees to it."""
    [found] = checkup.about_registrations(FINE, {"corp": end}, NOON)

    assert (found.health, said in found.title) == (OK, True)


def test_findings_come_in_the_order_of_the_parts() -> None:
    """However fast each part was looked at."""
    first, second = Finding(Part.CACHE, OK, "a"), Finding(Part.CACHE, BROKEN, "b")
    before = Finding(Part.CONFIG, OK, "c", "d")

    found = ordered([first, second, before])

    assert found == (before, first, second)
    assert broken(found)
    assert not broken([first])
    assert as_json(found, NOON) == {
        "version": 1,
        "now": "2026-03-02T12:00:00Z",
        "healthy": False,
        "findings": [
            {"part": "config", "health": "ok", "title": "c", "remedy": "d"},
            {"part": "cache", "health": "ok", "title": "a", "remedy": None},
            {"part": "cache", "health": "broken", "title": "b", "remedy": None},
        ],
    }
