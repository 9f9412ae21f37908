"""The first answers: `status` at once, all else once there is somebody for it."""

from __future__ import annotations

from tray.core.errors import TrayError
from tray.core.report import Report
from tray.flows.opening import Arguments, Opening, Reply

STANDING: Report = {"daemon": True}


class Rest:
    """Whoever answers later; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Arguments, int | None]] = []

    def answer(
        self, verb: str, arguments: Arguments, reply: Reply, pid: int | None
    ) -> None:
        """Answer with the verb."""
        self.asked.append((verb, arguments, pid))
        reply({"done": verb})


def test_status_is_answered_at_once() -> None:
    """Whoever asks how things stand needs nobody who can do anything."""
    answers: list[Report | TrayError] = []
    opening = Opening(lambda: STANDING)

    opening.answer("status", {}, answers.append)

    assert answers == [STANDING]


def test_others_wait_and_keep_their_order() -> None:
    """No request is lost or turned away because it came early."""
    answers: list[Report | TrayError] = []
    opening, rest = Opening(lambda: STANDING), Rest()

    opening.answer("status", {"bar": "plain"}, answers.append, 7)
    opening.answer("refresh", {"session": "corp"}, answers.append)
    assert answers == []
    opening.open(rest.answer)

    assert answers == [{"done": "status"}, {"done": "refresh"}]
    assert rest.asked == [
        ("status", {"bar": "plain"}, 7),
        ("refresh", {"session": "corp"}, None),
    ]


def test_the_rest_answers_all_once_it_is_there() -> None:
    """What is held and in flight is known to it alone."""
    answers: list[Report | TrayError] = []
    opening, rest = Opening(lambda: STANDING), Rest()
    opening.open(rest.answer)

    opening.answer("status", {}, answers.append, 7)

    assert answers == [{"done": "status"}]
    assert rest.asked == [("status", {}, 7)]
