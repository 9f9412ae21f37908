"""The scripted person, where things do not go as planned."""

from __future__ import annotations

import pytest

from tray.core.errors import TrayError
from tray.demo.center import Center, Failure
from tray.demo.person import Person


def test_a_page_that_does_not_come_is_an_error_of_ours(center: Center) -> None:
    """An address without a server, a closed connection, no address at all."""
    center.fail("StartPage", Failure.close())
    for url in (center.start_url("corp"), "http://127.0.0.1:1/", "nonsense"):
        with pytest.raises(TrayError, match="did not open"):
            Person("alice").visit(url)


def test_the_address_stays_out_of_a_visits_repr(center: Center) -> None:
    """An address may hold a code."""
    visit = Person("alice").visit(center.start_url("corp"))

    assert visit.url == center.start_url("corp")
    assert center.url not in repr(visit)


def test_a_person_does_not_go_in_circles(center: Center) -> None:
    """Pages that never end are given up."""
    with Center(center.settings, clock=lambda: center.requests[0].at) as odd:
        Person("alice").visit(center.start_url("corp"))
        page = odd.start_url("corp")
        odd.fail("SignIn", Failure.captive_redirect(page), times=None)

        with pytest.raises(TrayError, match="do not come to an end"):
            Person("alice").visit(page)


def test_a_page_that_asks_for_a_code_is_left_without_one(center: Center) -> None:
    """Who has no code to type stops there."""
    visit = Person("alice").visit(f"{center.url}/device")

    assert visit.heading == "Enter your code"
