"""Who answers the commands in tests: a real house behind either door, or a script."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import (
    AbstractContextManager,
    ExitStack,
    contextmanager,
    redirect_stderr,
    redirect_stdout,
)
from dataclasses import dataclass, field

from tests.builders import a_session
from tests.fakes.basics import QueuedWorkers
from tests.flows.house import House
from tray.__main__ import main
from tray.cli.outside import Outside
from tray.cli.printer import Printer
from tray.cli.service import Answer, Asker, Direct, Either
from tray.core.errors import NoDaemon, TrayError
from tray.core.model import SsoSession
from tray.core.report import Report
from tray.flows.requests import Requests
from tray.flows.verbs import Verbs
from tray.local import protocol

WORLD = "0a1b2c3d"


@dataclass
class BusyWorkers(QueuedWorkers):
    """Workers that really work: a thread for each job."""

    threads: list[threading.Thread] = field(default_factory=list)

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Do the job on a thread of its own."""
        thread = threading.Thread(target=job, name=name)
        self.threads.append(thread)
        thread.start()

    def work(self) -> None:
        """Wait until all is done."""
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()


class BusyHouse(House):
    """All flows over fakes, with threads that do their jobs by themselves."""

    def __init__(self, *sessions: SsoSession) -> None:
        self.busy = BusyWorkers()
        super().__init__(*(sessions or (a_session(),)))

    def _verbs(self) -> Verbs:
        self.workers = self.busy
        return super()._verbs()


class Absent:
    """A daemon that does not run."""

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Tell so."""
        assert verb
        assert arguments is not None
        assert timeout > 0
        raise NoDaemon("Not running.", "Start it.")


@dataclass
class Wire:
    """A daemon on the other end of our protocol, over a house."""

    house: House

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Send the request's bytes, wait, and give what the answer's bytes say."""
        line = protocol.encode_request(WORLD, verb, arguments)
        request = protocol.decode_request(line)
        done, answers = threading.Event(), []

        def reply(answer: Report | TrayError) -> None:
            answers.append(protocol.encode_answer(answer))
            done.set()

        requests = Requests(self.house.verbs, self.house.workers, {"pid": 7})
        requests.answer(request.verb, request.args, reply)
        assert done.wait(min(timeout, 20))
        return protocol.decode_answer(answers[0])


@dataclass
class Script:
    """Answers from a table; what is a function is called with the arguments."""

    answers: Mapping[str, object]
    asked: list[tuple[str, Answer]] = field(default_factory=list)

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Give what stands in the table, or raise it."""
        assert timeout > 0
        self.asked.append((verb, arguments))
        answer = self.answers[verb]
        if callable(answer):
            answer = answer(arguments)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Mapping)
        return answer

    def verbs(self) -> list[str]:
        """Give the verbs that were asked, in order."""
        return [verb for verb, _ in self.asked]


class Terminal(io.StringIO):
    """A stream that looks like a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The terminal's encoding."""
        return self._encoding

    def isatty(self) -> bool:
        """Say that people look at it; raises `ValueError` once it is closed."""
        return super().isatty() or True


@dataclass
class Ended:
    """How a command ended."""

    status: int
    """Its exit status."""

    out: str
    """What it printed."""

    err: str
    """What it said."""

    @property
    def last(self) -> str:
        """The last line of stderr."""
        return self.err.splitlines()[-1]


@dataclass
class Room:
    """Runs commands with somebody to ask, and keeps what they print."""

    askers: Callable[[Printer, bool], AbstractContextManager[Asker]]
    environ: dict[str, str] = field(default_factory=dict)
    between: Callable[[], None] = lambda: None
    started: list[tuple[object, ...]] = field(default_factory=list)
    adapted: Callable[[Outside], Outside] = lambda outside: outside

    def outside(self) -> Outside:
        """Give the rest of the program as this room has it."""

        def pause(seconds: float) -> None:
            assert seconds > 0
            self.between()

        def start(*arguments: object) -> int:
            self.started.append(arguments)
            return 0

        return self.adapted(Outside(self.askers, pause, start, start, self.environ))

    def run(self, *words: str, terminal: Terminal | None = None) -> Ended:
        """Run one command; stdout is a pipe, or the terminal given."""
        out, err = terminal or io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(words, self.outside())
        return Ended(status, out.getvalue(), err.getvalue())


def room_of(asker: Asker) -> Room:
    """Give a room where this one answers everything."""

    @contextmanager
    def askers(printer: Printer, debug: bool) -> Iterator[Asker]:  # noqa: FBT001
        assert printer is not None
        assert debug in {True, False}
        yield asker

    return Room(askers)


def room_over(house: House, *, daemon: bool) -> Room:
    """Give a room over a house, with a daemon that answers or without one."""

    @contextmanager
    def direct() -> Iterator[Asker]:
        yield Direct(house.verbs)

    @contextmanager
    def askers(printer: Printer, debug: bool) -> Iterator[Asker]:  # noqa: FBT001
        assert printer is not None
        assert debug in {True, False}
        with ExitStack() as stack:
            yield Either(Wire(house) if daemon else Absent(), direct, stack)

    return Room(askers)
