"""The report that people paste into a question."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import NOON, a_session, a_token, minutes, some_facts
from tray.core.board import Board, Retry
from tray.core.diagnosis import bundle, diagnosis
from tray.core.findings import Finding, Health, Part
from tray.core.model import ConfigProblem, Problem, Subject
from tray.core.settings import Settings
from tray.core.status import Activity, assess

SESSION = a_session("acme-secret-project")
TROUBLE = Problem(f"acme-secret-project at {SESSION.start_url} is away.", "Wait.")

FIRST = (
    "session 1: valid, sso-session, region eu-west-1, token until 2026-03-02T12:42:00Z,"
    " renewable yes, ends unknown (unknown), problem: the session at the session is"
    " away."
)


def test_it_tells_how_things_stand_and_names_nobody() -> None:
    """Phases, times and counts; no session, address, profile or account."""
    retry = Retry(1, NOON + minutes(1), TROUBLE, NOON)
    facts = some_facts(
        a_token(),
        session=SESSION,
        activity=Activity(retries={SESSION.cache_key: retry}),
    )
    board = replace(
        assess(facts, NOON, Settings()),
        problems=(ConfigProblem(Subject.PROFILE, "dev", 3, TROUBLE),) * 2,
    )

    said = diagnosis(board, {"python": "3.11"}, NOON)

    assert said.splitlines() == [
        "python: 3.11",
        "time: 2026-03-02T12:00:00Z",
        "profiles: 1",
        "paused: no",
        FIRST,
        "problems with a profile: 2",
    ]


def test_a_session_without_anything() -> None:
    """What is missing is said to be missing."""
    bare = replace(a_session(legacy=True), start_url="", region="")
    board = assess(some_facts(session=bare), NOON, Settings())

    assert "legacy, region missing, token until none" in diagnosis(board, {}, NOON)


def test_a_bundle_has_no_name_in_any_sentence() -> None:
    """Sessions, profiles, accounts, addresses, files and quoted words are hidden."""
    board = assess(some_facts(a_token(), session=SESSION), NOON, Settings())
    profile = board.profiles[0]
    title = (
        f"acme-secret-project and {profile.name} of {profile.account_id} at "
        f"{SESSION.start_url} in ~/.aws/config, 'quoted', C:\\Users\\me\\x: odd."
    )

    said = bundle(board, [Finding(Part.CONFIG, Health.OK, title)], {}, NOON)

    assert said.splitlines()[-1] == (
        "ok config: session 1 and profile 1 of an account at an address in a file, "
        "'…', a file: odd."
    )


def test_a_bundle_names_the_hosts_of_aws_alone() -> None:
    """A company's own host says who it is; numbers of versions are none."""
    title = "proxy.acme.example and oidc.eu-west-1.amazonaws.com answer Python 3.11.2."

    said = bundle(Board(), [Finding(Part.NETWORK, Health.OK, title)], {}, NOON)

    assert said.splitlines()[-1] == (
        "ok network: a host and oidc.eu-west-1.amazonaws.com answer Python 3.11.2."
    )


def test_a_config_problem_hides_its_name() -> None:
    """A profile that is wrong is on no board but in the list of problems."""
    wrong = ConfigProblem(Subject.PROFILE, "secret-app", 1, TROUBLE)
    found = [Finding(Part.CONFIG, Health.BROKEN, "Profile secret-app is odd.")]

    said = bundle(Board(problems=(wrong,)), found, {}, NOON)

    assert "broken config: Profile a profile is odd." in said


def test_a_bundle_of_nothing() -> None:
    """An empty config has no names to hide, only places."""
    found = [Finding(Part.CONFIG, Health.BROKEN, "/home/me/.aws/config is away.")]

    assert "broken config: a file is away." in bundle(Board(), found, {}, NOON)
