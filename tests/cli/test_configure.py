"""`configure`: from a start URL to profiles, and nothing written before the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.setting_up import REGION, SOME, Answers, Place, a_center
from tray.core.errors import Cancelled
from tray.demo.center import Failure, Operation

NAMES = ["data-lake-admin", "data-lake-readonly", "production-readonly"]


@pytest.fixture
def place(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give an empty home, and a sign-in that a session called corp would find."""
    with a_center() as center:
        monkeypatch.setenv("AWS_ENDPOINT_URL", center.url)
        place = Place(calm_world, center)
        place.sign_in()
        yield place


def flags(place: Place, *more: str) -> tuple[str, ...]:
    """Give the words that answer what can't be proposed."""
    return ("configure", "--start-url", place.url, "--region", REGION, *more)


def test_flags_answer_everything(place: Place) -> None:
    """Without a terminal and without a question: all profiles, and what to try next."""
    ended = place.run(*flags(place, "--yes"))

    assert (ended.status, ended.out) == (0, "")
    assert place.profiles() == NAMES
    assert ended.last == ("Try: aws sts get-caller-identity --profile data-lake-admin")
    text = place.config.read_text()
    assert text.startswith(
        f"[sso-session corp]\n# managed by sso-tray\nsso_start_url = {place.url}\n"
        "sso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n"
    )
    assert text.count("region = eu-west-1\noutput = json\n") == 3


def test_one_account_and_role_under_a_name_of_ones_own(place: Place) -> None:
    """The last thing that scripts for one profile need."""
    words = ("--account", "data lake", "--role", "Admin", "--profile-name", "lake")
    more = ("--default-region", "", "--output", "text", "--session-name", "mine")
    place.sign_in("mine")

    ended = place.run(*flags(place, *words, *more, "--yes"))

    assert ended.status == 0
    assert place.profiles() == ["lake"]
    assert "sso_session = mine" in place.config.read_text()
    assert "output = text" in place.config.read_text()
    assert ended.last.endswith("--profile lake --region us-east-1")


def test_everything_is_asked_and_proposed(place: Place) -> None:
    """Enter takes what is proposed; the names are shown while they are typed."""
    answers = Answers(
        [place.url, REGION, None, "Production", None, None, "{role|lower}", True]
    )

    ended = place.run("configure", asking=answers)

    assert ended.status == 0
    assert place.profiles() == ["readonly"]
    assert answers.previews == ["readonly"]
    assert [question.partition(" ")[0] for question in answers.asked] == [
        "Start",
        "Region",
        "Name",
        "For",
        "Default",
        "Output",
        "Names",
        "Write",
    ]


def test_answers_are_remembered(place: Place) -> None:
    """The second time region, output and names are proposed as they were chosen."""
    first = [place.url, REGION, None, "Production", "us-east-2", "yaml", "{role}", True]
    place.run("configure", asking=Answers(first))
    again = [place.url, None, "Lake", None, None, None, True]

    ended = place.run("configure", asking=Answers(again))

    assert "Your config has this portal already: corp." in ended.err
    assert place.profiles() == ["ReadOnly", "Admin", "ReadOnly-111111111111"]
    assert place.config.read_text().count("region = us-east-2\noutput = yaml\n") == 3


def test_a_wrong_answer_is_asked_again(place: Place) -> None:
    """Each wrong one gets a sentence, and nothing is lost of what was right."""
    given: list[object] = ["", "x y", place.url, "eu-west", REGION, "a b", None, None]
    given += ["mars", None, "xml", "json", "{x}", None, True]
    answers = Answers(given)

    assert place.run("configure", asking=answers).status == 0
    assert answers.given == []
    assert "mars is no region; write one like eu-west-1" in answers.asked
    assert "a b can't be a name; use letters, digits and . - _" in answers.asked


@pytest.mark.parametrize("steps", range(8))
def test_it_can_be_left_at_any_question(place: Place, steps: int) -> None:
    """Status 130 and nothing written, wherever people leave."""
    files = place.files()
    given = [place.url, REGION, None, None, None, None, None, None][:steps]
    answers = Answers([*given, Cancelled("Left before the end.", "Nothing.")])

    ended = place.run("configure", asking=answers)

    assert ended.status == 130
    assert place.files() == files


def test_saying_no_at_the_end_writes_nothing(place: Place) -> None:
    """The diff was shown, and that was all."""
    answers = Answers([place.url, REGION, None, None, None, None, None, False])

    ended = place.run("configure", asking=answers)

    assert ended.status == 1
    assert "+[profile data-lake-admin]" in ended.err
    assert not place.config.exists()


def test_nothing_picked_writes_nothing(place: Place) -> None:
    """Status 1, and how to add profiles later."""
    answers = Answers([place.url, REGION, None, "no such row"])

    ended = place.run("configure", asking=answers)

    assert ended.status == 1
    assert "sso-tray sync" in ended.last
    assert not place.config.exists()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("configure",), 2, "--start-url"),
        (("configure", "--yes"), 2, "--start-url"),
        (("configure", "--start-url", "no such thing", "--yes"), 2, "--start-url"),
        (("configure", "--start-url", "http://acme.example", "--yes"), 5, "https"),
        (("configure", "--start-url", "https://", "--yes"), 2, "--start-url"),
        (("configure", "--start-url", "https://[x.y", "--yes"), 5, "web address"),
    ],
)
def test_wrong_start_urls(
    place: Place, words: tuple[str, ...], status: int, said: str
) -> None:
    """None at all, http, no address: said before anything is asked or written."""
    ended = place.run(*words)

    assert ended.status == status
    assert said in ended.last
    assert not place.config.exists()


def test_a_start_url_of_another_site(place: Place) -> None:
    """A name that leads to no portal of AWS's: an error, with what it leads to."""
    answers = Answers(["https://localhost.invalid/start", place.url, REGION, None])

    ended = place.run("configure", asking=answers)

    assert "localhost.invalid" in ended.err
    assert answers.asked.count(answers.asked[0]) == 2


@pytest.mark.parametrize("end", ["#/", "/#/?tab=accounts", "/", "?x=y"])
def test_what_the_portals_copy_button_adds(place: Place, end: str) -> None:
    """A fragment, a query or a slash at the end is left out."""
    words = ("configure", "--start-url", f"{place.url}{end}", "--region", REGION)

    assert place.run(*words, "--yes").status == 0
    assert f"sso_start_url = {place.url}\n" in place.config.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--region", "mars"), "mars is no region"),
        (("--default-region", "mars"), "mars is no region"),
        (("--output", "xml"), "Write one of: json"),
        (("--session-name", "a b"), "can't be a name"),
        (("--profile-name", "{x}"), "unknown field: x"),
        (("--account", "Nowhere"), "You can reach: Data Lake, Production."),
        (("--account", "999999999999"), "999999999999"),
        (("--role", "Root"), "There you have: Admin, ReadOnly."),
        (("--account", "Production", "--role", "Admin"), "There you have: ReadOnly."),
    ],
)
def test_wrong_flags(place: Place, words: tuple[str, ...], said: str) -> None:
    """Status 2: the flag is named with what could stand there; nothing is written."""
    region = () if "--region" in words else ("--region", REGION)

    ended = place.run("configure", "--start-url", place.url, *region, *words, "--yes")

    assert ended.status == 2
    assert said in ended.err
    assert not place.config.exists()


def test_the_wrong_region(place: Place) -> None:
    """The service says so when people are to log in: status 5, nothing is written."""
    failure = Failure.refusal("InvalidRequestRegionException")
    place.center.fail(Operation.START_DEVICE_AUTHORIZATION, failure, None)

    ended = place.run(*flags(place, "--session-name", "new", "--yes"))

    assert ended.status == 5
    assert "region" in ended.last
    assert not place.config.exists()


def test_no_account_is_assigned(place: Place) -> None:
    """Status 1: logged in, and nothing to write."""
    place.have()

    ended = place.run(*flags(place, "--yes"))

    assert ended.status == 1
    assert "no account is assigned to you" in ended.last
    assert not place.config.exists()


def test_a_name_that_leads_elsewhere_is_not_taken_over(place: Place) -> None:
    """The session that has it stays as it is; another name is proposed."""
    place.write()
    other = place.center.start_url("lab")

    taken = place.run(
        *("configure", "--start-url", other, "--region", REGION),
        *("--session-name", "corp", "--yes"),
    )

    assert taken.status == 2
    assert "leads to" in taken.err


def test_profiles_join_the_session_that_is_there(place: Place) -> None:
    """What stands there is not written a second time; mine counts as present."""
    place.write(
        "[profile mine]\nsso_session = corp\nsso_account_id = 111111111111\n"
        "sso_role_name = Admin\n"
    )
    before = place.config.read_bytes()

    assert place.run(*flags(place, "--yes")).status == 0
    assert place.config.read_bytes().startswith(before)
    assert place.profiles() == ["mine", "data-lake-readonly", "production-readonly"]
    assert place.run(*flags(place, "--yes")).status == 0
    assert len(place.profiles()) == 3


def test_a_config_that_can_t_be_written_is_told_first(place: Place) -> None:
    """Before anybody logs in: status 5 with the line."""
    place.write(">>>>>>> theirs")

    ended = place.run(*flags(place, "--yes"))

    assert ended.status == 5
    assert "did a merge leave its marks?" in ended.last
    assert place.center.count(Operation.LIST_ACCOUNTS) == 0


def test_one_role_is_not_asked_about(place: Place) -> None:
    """Where there is nothing to choose there is no list."""
    place.have(SOME[1])
    answers = Answers([place.url, REGION, None, None, None, None, True])

    assert place.run("configure", asking=answers).status == 0
    assert place.profiles() == ["production-readonly"]


def test_only_those_who_took_all_are_told_of_more(place: Place) -> None:
    """Who picked some of many does not want to hear of the others each day."""
    place.run(*flags(place, "--role", "Admin", "--yes"))
    kept = next(place.home.rglob("setup-*.json")).read_text()
    assert '"looked_at": null' in kept

    place.run(*flags(place, "--yes"))
    kept = next(place.home.rglob("setup-*.json")).read_text()
    assert '"looked_at": "' in kept


def test_a_sign_in_from_before_is_not_ended(place: Place) -> None:
    """Left before the end: who was logged in already still is."""
    place.run("configure", asking=Answers([place.url, REGION, None]))

    assert not any(session.ended for session in place.center.portal_sessions())
