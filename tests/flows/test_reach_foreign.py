"""Sign-ins that other programs began are looked at too, once each and seldom."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.test_reach import LAB, Home


def test_a_log_in_by_another_program_is_looked_at_once() -> None:
    """Who logs in with the AWS CLI is looked at as well, once per sign-in."""
    home = Home()
    home.portal.accounts = ()
    home.look()
    home.clock.advance(timedelta(minutes=5))

    home.log_in_elsewhere("theirs")
    home.clock.advance(timedelta(minutes=30))
    home.look()

    assert home.portal.listed == ["corp"]
    assert len(home.teller.told) == 1
    assert home.wrong()


def test_what_was_there_at_the_start_is_not_looked_at() -> None:
    """A sign-in from before is no news: each start would ask AWS for nothing."""
    home = Home()
    home.portal.accounts = ()
    home.log_in_elsewhere("from before")
    home.look()

    assert home.portal.listed == []


def test_our_own_log_in_is_looked_at_once() -> None:
    """The log-in itself has asked; seeing its file does not ask again."""
    home = Home()
    home.portal.accounts = ()
    home.look()
    home.log_in()
    for _ in range(3):
        home.clock.advance(timedelta(minutes=7))
        home.look()

    assert home.portal.listed == ["corp"]


def test_foreign_log_ins_are_looked_at_seldom() -> None:
    """A program that logs in over and over costs one list in ten minutes."""
    home = Home()
    home.portal.accounts = ()
    home.look()
    for number in range(12):
        home.clock.advance(timedelta(minutes=2))
        home.log_in_elsewhere(f"number {number}")

    assert 1 <= home.portal.listed.count("corp") <= 3
    home.clock.advance(timedelta(minutes=10))
    before = len(home.portal.listed)
    home.look()
    home.look()
    assert len(home.portal.listed) - before <= 1


def test_a_clock_set_back_does_not_stop_the_looks() -> None:
    """A look from the future is none."""
    home = Home()
    home.portal.accounts = ()
    home.look()
    home.log_in()
    home.clock.advance(timedelta(days=-2))
    home.cache.entries.clear()
    home.look()
    home.log_in_elsewhere("yesterday")

    assert home.portal.listed == ["corp", "corp"]


def test_each_session_has_its_own_turn() -> None:
    """A log-in to one session does not keep another from being looked at."""
    home = Home()
    home.portal.accounts = ()
    home.look()
    home.log_in_elsewhere("one")
    home.log_in_elsewhere("two", LAB)

    assert home.portal.listed == ["corp", "lab"]
