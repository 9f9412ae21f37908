"""The desktop's message bus: one connection, served by the thread that calls `serve`.

Icon, menu and notices share it. A worker thread runs the callbacks of people's clicks,
so that a slow one never keeps the bus from answering.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeAlias

from tray.core.errors import CannotTell
from tray.core.wording.session_bus import NO_ANSWER
from tray.desktop.exports import CallRefused, Exports, Interface
from tray.desktop.packets import Body, Call, Match, Packet, Payload, Reply, clean
from tray.desktop.wire import BUS, BUS_PATH, Kind, NoDesktopBus, Wire

__all__ = ["Bus", "Call", "Match", "NoDesktopBus", "Reply"]

log = logging.getLogger(__name__)

Job: TypeAlias = Callable[[], None]
FAILED: Final = f"{BUS}.Error.Failed"
DISCONNECTED: Final = f"{BUS}.Error.Disconnected"
PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds between attempts to reach a bus that is gone; the last one repeats."""

_WORKER_SECONDS: Final = 5.0  # how long `serve` waits for the last callback


class Bus:
    """One connection to the session bus, or the system bus; comes back by itself.

    Handlers, `done` callbacks and the methods of exported objects run in the bus
    thread and must be quick; `later` hands over to the worker. Everything here may be
    called from any thread; while there is no connection, calls are answered with
    `DISCONNECTED` and signals are dropped. After `stop` a bus is not used again.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        kind: Kind = "session",
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._environ, self._kind, self._pauses = environ, kind, pauses
        self._lock, self._opening = threading.RLock(), threading.Lock()
        self._wire: Wire | None = None
        self._pending: dict[int, Callable[[Reply], None]] = {}
        self._handlers: list[tuple[Match, Callable[[Body], None]]] = []
        self._connected: list[Job] = []
        self._lost: list[Job] = []
        self._exports = Exports()
        self._stopping = threading.Event()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None

    @property
    def connected(self) -> bool:
        """Whether there is a connection now."""
        return self._wire is not None

    @property
    def name(self) -> str:
        """The connection's unique name on the bus; empty without one."""
        wire = self._wire
        return wire.name if wire is not None else ""

    # -- coming and going -----------------------------------------------------------
    def open(self) -> None:
        """Connect, if not connected already. Raises `NoDesktopBus`."""
        with self._opening:
            if self._wire is not None:
                return
            wire = Wire.connect(self._environ, self._kind)
            with self._lock:
                self._wire = wire
                if self._stopping.is_set():
                    wire.interrupt()
                for match, _ in self._handlers:
                    self._add_match(match)
                hooks = tuple(self._connected)
        for hook in hooks:
            hook()

    def run(self) -> None:
        """Serve one connection until `stop`; raises `NoDesktopBus` when it is lost."""
        self.open()
        wire = self._wire
        try:
            while wire is not None and (message := wire.receive()) is not None:
                self._take(wire, message)
        finally:
            self._drop()

    def serve(self) -> None:
        """Serve until `stop`, and come back whenever the bus does."""
        attempt = 0
        try:
            while not self._stopping.is_set():
                try:
                    self.open()
                    attempt = 0
                    self.run()
                except NoDesktopBus as gone:
                    log.log(logging.DEBUG if attempt else logging.WARNING, "%s", gone)
                    pause = self._pauses[min(attempt, len(self._pauses) - 1)]
                    attempt += 1
                    self._stopping.wait(pause)
        finally:
            self._end_worker()

    def stop(self) -> None:
        """Make `serve` and `run` return, for good."""
        self._stopping.set()
        with self._lock:
            if self._wire is not None:
                self._wire.interrupt()

    def attach(self, connected: Job, lost: Job) -> None:
        """Call `connected` on every connection, at once if there is one, and `lost`."""
        with self._lock:
            self._connected.append(connected)
            self._lost.append(lost)
            now = self._wire is not None
        if now:
            connected()

    # -- talking --------------------------------------------------------------------
    def call(self, call: Call, done: Callable[[Reply], None] | None = None) -> None:
        """Make a call; `done` gets the reply, in the bus thread.

        Without a connection, it gets it at once.
        """
        with self._lock:
            wire = self._wire
            serial = wire.next_serial() if wire is not None else 0
            if wire is not None and done is not None:
                self._pending[serial] = done
        if wire is None:
            if done is not None:
                done(Reply(error=DISCONNECTED))
            return
        packet = Packet(
            type="call",
            destination=call.destination,
            path=call.path,
            interface=call.interface,
            member=call.member,
            signature=call.signature,
            body=call.body,
            wants_reply=done is not None,
        )
        _send(wire, packet, serial)

    def ask(self, call: Call, timeout: float = 5.0) -> Body:
        """Make a call and wait for the answer, up to `timeout` seconds.

        Not for the bus thread. Raises `CannotTell` for an error or no answer.
        """
        answers: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.call(call, answers.put)
        try:
            reply = answers.get(timeout=timeout)
        except queue.Empty:
            raise CannotTell(NO_ANSWER) from None
        if reply.error:
            raise CannotTell(NO_ANSWER, reply.error)
        return reply.body

    def emit(
        self, path: str, interface: str, signal: str, payload: Payload = ()
    ) -> None:
        """Send a signal of an exported object."""
        wire = self._wire
        if wire is None:
            return
        packet = Packet(
            type="signal",
            path=path,
            interface=interface,
            member=signal,
            signature=self._exports.signature(path, interface, signal),
            body=payload,
        )
        _send(wire, packet)

    def export(self, path: str, interface: Interface) -> None:
        """Show an interface of ours at a path."""
        self._exports.add(path, interface)

    def subscribe(self, match: Match, handler: Callable[[Body], None]) -> None:
        """Hear signals, on this connection and every later one."""
        with self._lock:
            self._handlers.append((match, handler))
            self._add_match(match)

    def watch_name(self, name: str, handler: Callable[[str], None]) -> None:
        """Hear who owns a name from now on; empty for nobody."""
        match = Match(BUS, "NameOwnerChanged", sender=BUS, arg0=name)
        self.subscribe(match, lambda body: handler(body[2]))

    def later(self, job: Job) -> None:
        """Run a job on the worker thread, after those before it."""
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(
                    target=self._work, name="tray-callbacks", daemon=True
                )
                self._worker.start()
        self._jobs.put(job)

    # -- the bus thread -------------------------------------------------------------
    def _take(self, wire: Wire, packet: Packet) -> None:
        try:
            if packet.type == "call":
                self._answer(wire, packet)
            elif packet.type == "signal":
                self._hear(packet)
            elif (done := self._pending.pop(packet.reply_to, None)) is not None:
                done(_reply(packet))
        except Exception:  # one bad message must not take icon and notices away
            log.exception("A message from the bus was not understood")

    def _answer(self, wire: Wire, call: Packet) -> None:
        base = Packet(type="reply", destination=call.sender, reply_to=call.serial)
        answer = replace(base, type="error", error=FAILED)
        try:
            signature, body = self._exports.answer(call)
            answer = replace(base, signature=signature, body=body)
        except CallRefused as no:
            answer = replace(
                answer, error=no.name, signature="s", body=(clean(no.text),)
            )
        finally:
            if call.wants_reply:
                _send(wire, answer)

    def _hear(self, packet: Packet) -> None:
        for match, handler in tuple(self._handlers):
            if match.fits(packet) and isinstance(packet.body, tuple):
                handler(packet.body)

    def _add_match(self, match: Match) -> None:
        self.call(Call(BUS, BUS_PATH, BUS, "AddMatch", "s", (match.rule(),)))

    def _drop(self) -> None:
        with self._lock:
            wire, self._wire = self._wire, None
            pending, self._pending = self._pending, {}
            hooks = tuple(self._lost)
        if wire is not None:
            wire.close()
        for done in pending.values():
            done(Reply(error=DISCONNECTED))
        for hook in hooks:
            hook()

    # -- the worker thread ----------------------------------------------------------
    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # the top of a thread
                log.exception("What a click asked for failed")

    def _end_worker(self) -> None:
        with self._lock:
            worker = self._worker
        self._jobs.put(None)
        if worker is not None and worker is not threading.current_thread():
            worker.join(_WORKER_SECONDS)


def _send(wire: Wire, packet: Packet, serial: int = 0) -> None:
    with suppress(NoDesktopBus):  # the bus thread notices by itself
        wire.send(packet, serial)


def _reply(packet: Packet) -> Reply:
    if packet.type == "error":
        return Reply(error=packet.error)
    return Reply(packet.body if isinstance(packet.body, tuple) else ())
