"""`sync` in bad weather and on odd files: nothing is lost, and it is said clearly."""

from __future__ import annotations

import os
import signal
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.setting_up import Answers, Place, at_home
from tray.demo.center import Account, Failure, Limit, Operation

NAMES = ["data-lake-admin", "data-lake-readonly", "production-readonly"]


@pytest.fixture
def place(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a home with one session that somebody is logged in to."""
    with at_home(calm_world, monkeypatch) as place:
        yield place


def test_nobody_is_logged_in(place: Place) -> None:
    """Status 3 with the command; nothing was changed."""
    place.center.revoke("corp")

    ended = place.run("sync", "--yes")

    assert ended.status == 3
    assert "sso-tray login --session corp" in ended.last
    assert place.profiles() == []


def test_no_account_is_assigned(place: Place) -> None:
    """Status 1; an empty answer removes nothing, whatever was allowed."""
    place.run("sync", "--yes")
    place.have()

    ended = place.run("sync", "--prune", "--yes")

    assert ended.status == 1
    assert "Nothing is assigned to you in corp." in ended.last
    assert place.profiles() == NAMES


def test_a_token_that_ends_in_the_middle_is_renewed(place: Place) -> None:
    """The listing goes on with the new one."""
    place.center.fail(Operation.LIST_ACCOUNT_ROLES, Failure.unauthorized())

    assert place.run("sync", "--yes").status == 0

    assert place.profiles() == NAMES
    assert place.center.count(Operation.CREATE_TOKEN_BY_REFRESH) == 1


def test_a_storm_of_refusals_loses_no_account(place: Place) -> None:
    """A small limit: it takes longer, and every account is there."""
    many = [Account(f"{n:012d}", f"A{n}", ("Admin",)) for n in range(1, 31)]
    place.have(*many)
    limit = Limit(rate=15, burst=5, retry_after=1)
    place.center.configure(replace(place.center.settings, portal_limit=limit))

    assert place.run("sync", "--yes").status == 0

    assert len(place.profiles()) == 30


def test_offline_nothing_is_changed(place: Place) -> None:
    """Status 4."""
    place.center.fail(Operation.LIST_ACCOUNTS, Failure.server_error(503), None)

    ended = place.run("sync", "--yes")

    assert ended.status == 4
    assert place.profiles() == []


def test_ctrl_c_while_it_lists(place: Place) -> None:
    """Status 130; nothing was changed, and no thread is left."""
    place.center.fail(Operation.LIST_ACCOUNT_ROLES, Failure.hang(1), None)
    threads = threading.active_count()
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()

    ended = place.run("sync", "--yes")

    assert ended.status == 130
    assert place.profiles() == []
    timer.join()
    assert threading.active_count() <= threads + 1


def test_a_link_into_a_dotfiles_repository_stays_a_link(place: Place) -> None:
    """What it leads to is changed."""
    real = place.home / "dotfiles" / "aws-config"
    real.parent.mkdir()
    place.config.rename(real)
    place.config.symlink_to(real)

    assert place.run("sync", "--yes").status == 0

    assert place.config.is_symlink()
    assert "data-lake-admin" in real.read_text()


def test_a_config_with_the_marks_of_a_merge(place: Place) -> None:
    """Status 5 with the line; not a byte is changed."""
    place.write("<<<<<<< HEAD", "[profile a]", "region = x", "=======", ">>>>>>> b")
    before = place.config.read_bytes()

    ended = place.run("sync", "--yes")

    assert ended.status == 5
    assert "did a merge leave its marks?" in ended.last
    assert place.config.read_bytes() == before


def test_a_read_only_config(place: Place) -> None:
    """Status 1, with the command that opens it; nothing is lost."""
    place.config.chmod(stat.S_IRUSR)
    before = place.config.read_bytes()

    ended = place.run("sync", "--yes")

    assert ended.status == 1
    assert "is read-only" in ended.last
    assert place.config.read_bytes() == before


def test_a_config_that_is_edited_at_the_same_moment(place: Place) -> None:
    """What another program writes while people look at the diff is kept."""

    class Slow(Answers):
        """Somebody who edits the file before saying yes."""

        def confirm(self, question: str, *, proposed: bool = True) -> bool:
            """Edit, then say yes."""
            with place.config.open("a") as file:
                file.write("\n[profile other]\nregion = us-east-1\n")
            return super().confirm(question, proposed=proposed)

    assert place.run("sync", asking=Slow([True])).status == 0
    assert place.profiles() == ["other", *NAMES]


def test_a_legacy_session_is_sent_to_upgrade(place: Place) -> None:
    """Status 5: new profiles have nothing to join."""
    place.config.write_text(
        f"[profile old]\nsso_start_url = {place.url}\nsso_region = eu-west-1\n"
        "sso_account_id = 111111111111\nsso_role_name = Admin\n"
    )

    ended = place.run("sync", "--yes")

    assert ended.status == 5
    assert "sso-tray upgrade" in ended.last
