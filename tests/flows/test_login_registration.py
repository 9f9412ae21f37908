"""Registrations that the service has forgotten, met before people see anything."""

from __future__ import annotations

from tests.builders import NOON, hours
from tests.flows.house import House
from tray.core.errors import RegistrationOver
from tray.core.model import Grant


def test_a_forgotten_registration_is_made_anew_before_anything_is_shown() -> None:
    """The service no longer knows the client: people do not notice."""
    house = House()
    house.center.device_troubles = [RegistrationOver("Gone.", "Log in.")]

    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.workers.work()

    assert login.result.result() == NOON + hours(1)
    assert house.center.asked == [
        "register DEVICE_CODE",
        "device corp",
        "register DEVICE_CODE",
        "device corp",
        "device code",
    ]
    assert len(house.browser.opened) == 1


def test_a_service_that_knows_no_client_is_asked_twice_at_most() -> None:
    """New registrations that are refused as well end the log-in with the reason."""
    house = House()
    gone = RegistrationOver("Gone.", "Log in.")
    house.center.device_troubles = [gone, gone, gone]

    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.workers.work()

    assert login.result.exception() is gone
    assert house.center.asked.count("device corp") == 2
    assert house.browser.opened == []
