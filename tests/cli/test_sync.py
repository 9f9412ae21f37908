"""`sync`: a diff first, consent, one write, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.configloader import load_config

from tests.cli.setting_up import SOME, Answers, Place, at_home
from tray.demo.center import Account, Operation

NAMES = ["data-lake-admin", "data-lake-readonly", "production-readonly"]


@pytest.fixture
def place(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a home with one session that somebody is logged in to."""
    with at_home(calm_world, monkeypatch) as place:
        yield place


def test_a_profile_for_every_account_and_role(place: Place) -> None:
    """What was there stays as it is; a second time there is nothing to do."""
    before = place.config.read_bytes()

    ended = place.run("sync", "--yes")
    again = place.run("sync")

    assert (ended.status, ended.out) == (0, "")
    assert place.profiles() == NAMES
    assert place.config.read_bytes().startswith(before)
    assert (again.status, again.last) == (
        0,
        "All in step: 3 profiles there, nothing to change.",
    )


def test_the_diff_comes_first_and_people_decide(place: Place) -> None:
    """Each profile is shown; no leaves all as it was, yes writes it."""
    before = place.config.read_bytes()

    refused = place.run("sync", asking=Answers([False]))
    assert "+ data-lake-admin      Admin in Data Lake (111111111111)" in refused.err
    assert (refused.status, refused.last) == (0, "Nothing was changed.")
    assert place.config.read_bytes() == before

    assert place.run("sync", asking=Answers([True])).status == 0
    assert place.profiles() == NAMES


def test_a_dry_run_writes_nothing_and_prints_the_diff(place: Place) -> None:
    """The diff is the result, on stdout."""
    files = place.files()

    ended = place.run("sync", "--dry-run")

    assert ended.status == 0
    assert "+[profile data-lake-admin]" in ended.out
    assert place.files() == files
    assert place.run("sync", "--yes").status == 0
    assert place.run("sync", "--dry-run").out == ""


def test_without_a_terminal_nothing_is_taken_for_granted(place: Place) -> None:
    """Status 2, with the words that help."""
    ended = place.run("sync")

    assert ended.status == 2
    assert "--dry-run" in ended.last
    assert place.profiles() == []


def test_it_can_be_undone(place: Place) -> None:
    """The file is as it was, to the byte; a second undo says there is nothing."""
    before = place.config.read_bytes()
    place.run("sync", "--yes")

    assert place.run("sync", "--undo").status == 0
    assert place.config.read_bytes() == before
    assert place.run("sync", "--undo").status == 1


def test_filter_and_template_are_remembered(place: Place) -> None:
    """The next time needs no words; an empty filter takes all again."""
    words = ("--filter", "role=ReadOnly", "--template", "{session}.{account_name}")
    place.run("sync", *words, "--yes")
    assert place.profiles() == ["corp.Data-Lake", "corp.Production"]

    place.have(*SOME, Account("333333333333", "Lab", ("Admin", "ReadOnly")))
    place.run("sync", "--yes")
    assert place.profiles() == ["corp.Data-Lake", "corp.Production", "corp.Lab"]

    place.run("sync", "--filter", "", "--yes")
    assert len(place.profiles()) == 5


def test_a_dry_run_remembers_nothing(place: Place) -> None:
    """To look is not to choose."""
    place.run("sync", "--filter", "role=ReadOnly", "--dry-run")
    place.run("sync", "--yes")

    assert place.profiles() == NAMES


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--filter", "rol=x"), "at character 1: rol is unknown"),
        (("--filter", "role~["), "no regular expression"),
        (("--template", "{x}"), "unknown field: x"),
        (("--template", ""), "is empty"),
        (("--session", "nobody"), "nobody"),
        (("--yes", "--undo"), "not allowed with"),
    ],
)
def test_wrong_words_are_wrong_usage(
    place: Place, words: tuple[str, ...], said: str
) -> None:
    """Status 2, before anything is asked of AWS."""
    ended = place.run("sync", *words)

    assert ended.status == 2
    assert said in ended.last
    assert place.center.count(Operation.LIST_ACCOUNTS) == 0


def test_what_people_wrote_is_never_touched(place: Place) -> None:
    """It counts for its role, keeps its name, and no --prune removes it."""
    place.write(
        "# mine\n[profile mine]\nsso_session=corp\nsso_account_id : 111111111111\n"
        "sso_role_name=Admin\n[profile production-readonly]\naws_access_key_id = x\n"
        "[profile gone]\nsso_session=corp\nsso_account_id=999999999999\n"
        "sso_role_name=Admin\n"
    )
    before = place.config.read_bytes()

    place.run("sync", "--prune", "--rename", "--yes")

    assert place.config.read_bytes().startswith(before)
    assert place.profiles()[3:] == [
        "data-lake-readonly",
        "production-readonly-222222222222",
    ]


def test_gone_profiles_go_only_with_consent(place: Place) -> None:
    """They are shown each time; --prune removes ours."""
    place.run("sync", "--yes")
    place.have(SOME[1])

    shown = place.run("sync", "--yes")
    assert "--prune removes them" in shown.err
    assert place.profiles() == NAMES

    place.run("sync", "--prune", "--yes")
    assert place.profiles() == ["production-readonly"]


def test_a_renamed_account_keeps_its_profiles_unless_people_say_so(
    place: Place,
) -> None:
    """Scripts go on working; --rename gives the new names."""
    place.run("sync", "--yes")
    place.have(Account("111111111111", "Ocean", SOME[0].roles), SOME[1])

    shown = place.run("sync", "--yes")
    assert "> data-lake-admin → ocean-admin" in shown.err
    assert place.profiles() == NAMES

    place.run("sync", "--rename", "--yes")
    assert place.profiles() == ["ocean-admin", "ocean-readonly", NAMES[2]]


def test_odd_names_of_accounts(place: Place) -> None:
    """Emoji, slashes, quotes, 200 letters, equal names: each profile can be used."""
    names = ("🚀 Moon", "a/b", 'it\'s "x"', "z" * 200, "Same", "Same", "]\n[x", "")
    place.have(
        *(
            Account(f"{number:012d}", name, ("Admin",))
            for number, name in enumerate(names, 1)
        )
    )

    assert place.run("sync", "--yes").status == 0

    found = place.profiles()
    assert "moon-admin" in found
    assert {"same-admin-000000000005", "same-admin-000000000006"} <= set(found)
    assert len(set(found)) == len(names)
    assert set(load_config(str(place.config))["profiles"]) == set(found)
    assert place.run("sync").last.startswith("All in step: 8 profiles")


def test_many_rows_are_cut_but_not_in_a_dry_run(place: Place) -> None:
    """People see the first thirty; all of them where they asked to look."""
    place.have(*(Account(f"{n:012d}", f"A{n}", ("Admin",)) for n in range(1, 36)))

    shown = place.run("sync", asking=Answers([False]))
    whole = place.run("sync", "--dry-run")

    assert "… and 5 more; --dry-run shows all" in shown.err
    assert whole.err.count("\n  + ") == 35


def test_names_that_others_use_as_their_source_stay(place: Place) -> None:
    """Renaming them would break those profiles."""
    place.run("sync", "--yes")
    chained = "\n[profile x]\nsource_profile = data-lake-admin\nrole_arn = arn:x\n"
    place.config.write_text(place.config.read_text() + chained)
    place.have(Account("111111111111", "Ocean", SOME[0].roles), SOME[1])

    ended = place.run("sync", "--rename", "--yes")

    assert "1 profile named otherwise by now" in ended.err
    assert "data-lake-admin" in place.profiles()


def test_profiles_move_to_the_session_that_is_named_anew(place: Place) -> None:
    """Somebody renamed the section by hand: ours follow it."""
    place.run("sync", "--yes")
    text = place.config.read_text().replace("[sso-session corp]", "[sso-session new]")
    place.config.write_text(
        text + f"\n[sso-session corp]\nsso_start_url = {place.url}\n"
        "sso_region = eu-west-1\n"
    )
    place.sign_in("new")

    ended = place.run("sync", "--session", "new", "--yes")

    assert "Moved to this session, 3 profiles:" in ended.err
    assert place.config.read_text().count("sso_session = new") == 3


def test_a_log_in_is_offered_where_somebody_can_be_asked(place: Place) -> None:
    """With a terminal and no sign-in the log-in begins, as `login` does it."""
    place.center.configure(
        replace(place.center.settings, device_code_life=timedelta(seconds=1))
    )
    place.run("logout")

    ended = place.run("sync", asking=Answers([True]))

    assert place.center.count(Operation.START_DEVICE_AUTHORIZATION) == 1
    assert (ended.status, place.profiles()) == (1, [])
