"""What other programs of ours ask the daemon over the local endpoint, and its answers.

| verb | arguments | answer |
|---|---|---|
| `ping` | | `pid`, `version` |
| `status` | `bar` | the report of `status --json`; what a bar shows, if one is named |
| `login` | `session`, `grant`, `open_browser` | `id`, `url`, `user_code`, `joined` |
| | `fresh`, `seconds` | |
| `wait-login` | `id` | `expires_at`, when it is done |
| `cancel-login` | `session` | `cancelled` |
| `refresh` | `session`, `force` | `outcome` |
| `ensure` | `session`, `seconds`, `profile`, `wait` | `until`, `expires_at` |
| `logout` | `session` | `ended`, and `note` where others keep credentials |
| `credential-process` | `profile`, `wait`, `agreed` | what the SDKs want |
| `snooze` | `session`, `seconds` | `until` |
| `mute`, `listen` | `session` | |
| `pause`, `resume` | | |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from tray.core.audit import SERVED
from tray.core.bars import Bar, bar
from tray.core.board import SessionStatus, lasts_until
from tray.core.credentials import process_document
from tray.core.errors import TrayError
from tray.core.ledger import OURSELVES
from tray.core.model import Grant
from tray.core.ports import Workers
from tray.core.report import Report, report
from tray.core.rolekeys import account_of
from tray.core.stamps import stamp
from tray.core.wording import signin as wording
from tray.core.wording.callers import UNKNOWN
from tray.flows.guard import Patience
from tray.flows.login_ticket import Announcement, Manner
from tray.flows.serving import Served
from tray.flows.verbs import Verbs

T = TypeVar("T")
LONGEST_WAIT = 3600
"""Seconds; nobody waits longer for people."""

LONGEST_LENGTH = 366 * 86400
"""Seconds; the longest duration that can be written."""

Arguments = Mapping[str, object]
Reply = Callable[[Report | TrayError], None]


@dataclass(frozen=True, slots=True)
class Requests:
    """Answers requests; what waits for the network or for people runs on a worker."""

    verbs: Verbs
    """What can be done."""

    workers: Workers
    """Threads for what waits."""

    about: Report
    """What `ping` answers."""

    program: Callable[[int | None], str] = lambda _: UNKNOWN
    """Names the program behind a process."""

    waits: bool = False
    """Whether people can be waited for here."""

    def answer(
        self, verb: str, arguments: Arguments, reply: Reply, pid: int | None = None
    ) -> None:
        """Answer one request, now or later; `pid` is the process that asks."""
        quick = {"ping": self._ping, "status": self._status, "snooze": self._snooze}
        quick |= {"pause": self._pause, "resume": self._resume}
        quick |= {"mute": self._mute, "listen": self._listen}
        slow = {"refresh": self._refresh, "logout": self._logout}
        later = {"wait-login": self._wait_login, "cancel-login": self._cancel_login}
        later["login"] = partial(self._login, pid)
        later["ensure"] = partial(self._ensure, pid)
        later["credential-process"] = partial(self._credential_process, pid)
        if verb in quick:
            _give(quick[verb], arguments, reply)
        elif verb in slow:
            self.workers.submit(verb, lambda: _give(slow[verb], arguments, reply))
        elif verb in later:
            try:
                later[verb](arguments, reply)
            except TrayError as error:
                reply(error)
        else:
            reply(TrayError(*wording.unknown_verb(verb)))

    def _ping(self, _: Arguments) -> Report:
        return self.about

    def _status(self, arguments: Arguments) -> Report:
        board, now, form = self.verbs.board(), self.verbs.now(), arguments.get("bar")
        if form in list(Bar):
            return bar(board, now, Bar(str(form)))
        return report(board, now, daemon=True)

    def _snooze(self, arguments: Arguments) -> Report:
        length = _length(arguments, "seconds")
        until = self.verbs.snooze(_text(arguments, "session"), length)
        return {"until": stamp(until)}

    def _mute(self, arguments: Arguments) -> Report:
        self.verbs.mute(_text(arguments, "session"))
        return {}

    def _listen(self, arguments: Arguments) -> Report:
        self.verbs.listen(_text(arguments, "session"))
        return {}

    def _pause(self, _: Arguments) -> Report:
        self.verbs.pause(paused=True)
        return {}

    def _resume(self, _: Arguments) -> Report:
        self.verbs.pause(paused=False)
        return {}

    def _refresh(self, arguments: Arguments) -> Report:
        force = arguments.get("force") is True
        outcome = self.verbs.refresh(_text(arguments, "session"), force=force)
        return {"outcome": outcome.name.lower()}

    def _logout(self, arguments: Arguments) -> Report:
        name = _text(arguments, "session")
        ended = self.verbs.logout(name)
        note = self.verbs.logouts.note(self.verbs.usable_session(name)) if ended else ""
        return {"ended": ended, "note": note} if note else {"ended": ended}

    def _cancel_login(self, arguments: Arguments, reply: Reply) -> None:
        reply({"cancelled": self.verbs.cancel_login(_text(arguments, "session"))})

    def _login(self, pid: int | None, arguments: Arguments, reply: Reply) -> None:
        wanted = arguments.get("grant")
        grant = Grant(str(wanted)) if wanted in list(Grant) else None
        login, joined = self.verbs.login(
            _text(arguments, "session"),
            grant=grant,
            open_browser=arguments.get("open_browser") is not False,
            manner=Manner(
                arguments.get("fresh") is True,
                _length(arguments, "seconds"),
                self.program(pid) if self.waits else OURSELVES,
            ),
        )

        def announced(announcement: Announcement) -> Report:
            problem = announcement.problem
            return {
                "id": login.id,
                "url": announcement.url,
                "user_code": announcement.user_code,
                "problem": problem.title if problem else None,
                "joined": joined,
            }

        _when_done(login.announcement, announced, reply)

    def _credential_process(
        self, pid: int | None, arguments: Arguments, reply: Reply
    ) -> None:
        profile, program = _text(arguments, "profile"), self.program(pid)
        patience = self._patience(program, arguments)
        serving, agreed = self.verbs.serving, arguments.get("agreed") is True

        def document(served: Served) -> Report:
            return process_document(served.credentials, account_of(served.profile))

        def noted(answer: Report | TrayError) -> None:
            result = answer.kind if isinstance(answer, TrayError) else SERVED
            serving.auditing.note(program, profile, result)
            reply(answer)

        try:
            served = serving.ask(profile, patience, agreed=agreed)
        except TrayError as error:
            noted(error)
        else:
            _when_done(served, document, noted)

    def _patience(self, program: str, arguments: Arguments) -> Patience | None:
        wait = arguments.get("wait")
        if self.waits and isinstance(wait, int | float) and 0 < wait <= LONGEST_WAIT:
            return Patience(program, timedelta(seconds=wait))
        return None

    def _ensure(self, pid: int | None, arguments: Arguments, reply: Reply) -> None:
        def work() -> None:
            length = _length(arguments, "seconds") or timedelta()
            try:
                sure = self.verbs.ensure(
                    _text(arguments, "session"),
                    length,
                    _text(arguments, "profile"),
                    self._patience(self.program(pid), arguments),
                )
            except TrayError as error:
                reply(error)
            else:
                _when_done(sure, _sure, reply)

        self.workers.submit("ensure", work)

    def _wait_login(self, arguments: Arguments, reply: Reply) -> None:
        login = self.verbs.logins.find(_text(arguments, "id"))
        if login is None:
            raise TrayError(*wording.login_gone())
        _when_done(login.result, lambda end: {"expires_at": stamp(end)}, reply)


def _give(
    work: Callable[[Arguments], Report], arguments: Arguments, reply: Reply
) -> None:
    try:
        answer: Report | TrayError = work(arguments)
    except TrayError as error:
        answer = error
    reply(answer)


def _when_done(future: Future[T], render: Callable[[T], Report], reply: Reply) -> None:
    def done(finished: Future[T]) -> None:
        error = finished.exception()
        if error is None:
            reply(render(finished.result()))
        elif isinstance(error, TrayError):
            reply(error)
        else:
            reply(TrayError(*wording.login_gone()))

    future.add_done_callback(done)


def _sure(status: SessionStatus) -> Report:
    last, expires = lasts_until(status), status.expires_at
    return {
        "until": stamp(last) if last else None,
        "expires_at": stamp(expires) if expires else None,
    }


def _length(arguments: Arguments, name: str) -> timedelta | None:
    seconds = arguments.get(name)
    if isinstance(seconds, int) and 0 <= seconds <= LONGEST_LENGTH:
        return timedelta(seconds=seconds)
    return None


def _text(arguments: Arguments, name: str) -> str:
    value = arguments.get(name)
    return value if isinstance(value, str) else ""
