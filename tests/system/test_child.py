"""The child: started when asked, answering, outliving nothing, leaving nothing."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tray.core.errors import CannotTell, SessionOver, TrayError
from tray.system.child import Child, worker_command
from tray.system.frames import encode

CHILDISH = Path(__file__).parent / "childish.py"
Make = Callable[..., Child]


def command(idle: float = 30) -> list[str]:
    """Give the command of a test's child."""
    return [sys.executable, str(CHILDISH), str(idle)]


@pytest.fixture
def child() -> Iterator[Make]:
    """Make children that are let go at the end."""
    made: list[Child] = []

    def make(idle: float = 30, patience: float = 45) -> Child:
        one = Child(command(idle), os.environ, timedelta(seconds=patience))
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()
        until(lambda one=one: not pid_of(one))  # type: ignore[misc]


def pid_of(child: Child) -> int | None:
    """Give the number of the process that is there now, if there is one."""
    running = child._running
    if running is None or running._process.poll() is not None:
        return None
    return running._process.pid


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, but not for ever."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError


def test_it_is_there_only_when_asked_for(child: Make) -> None:
    """Nothing is started before the first request; the second finds it running."""
    one = child()
    assert pid_of(one) is None
    first = one.call("echo", {"a": [1, None, "é"]})
    second = one.call("echo", {})

    assert first == {"pid": pid_of(one), "a": [1, None, "é"]}
    assert second["pid"] == first["pid"]


def test_errors_come_through_whole(child: Make) -> None:
    """An error of the other side is the same kind here, with its words."""
    with pytest.raises(SessionOver) as caught:
        child().call("refuse", {"title": "The sign-in has ended."})

    assert (caught.value.title, caught.value.remedy) == (
        "The sign-in has ended.",
        "Log in.",
    )


def test_what_it_does_not_know_is_told(child: Make) -> None:
    """A request of another version is answered, not dropped."""
    with pytest.raises(TrayError, match="does not know"):
        child().call("fly", {})


def test_its_own_faults_are_told_without_text(
    child: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of our own shows its type and place, never its text."""
    with pytest.raises(TrayError, match="RuntimeError") as caught:
        child().call("fail", {"secret": "hunter2"})

    until(lambda: "childish.py" in caplog.text)
    assert "hunter2" not in caplog.text + str(caught.value)


def test_requests_do_not_wait_for_each_other(child: Make) -> None:
    """A slow request holds up no other one."""
    one = child()
    with ThreadPoolExecutor(4) as pool:
        slow = pool.submit(one.call, "sleep", {"seconds": 1})
        quick = pool.submit(one.call, "echo", {})
        quick.result(20)
        assert not slow.done()
        assert slow.result(20)["pid"] == quick.result(0)["pid"]


def test_it_ends_when_nobody_asks(child: Make) -> None:
    """An idle child goes by itself, is reaped, and comes back when asked again."""
    one = child(idle=0.1)
    first = one.call("echo", {})["pid"]
    until(lambda: pid_of(one) is None)
    second = one.call("echo", {})["pid"]

    assert first != second


def test_a_request_that_meets_its_going_is_not_lost(child: Make) -> None:
    """However close to its end it is asked, each request is answered once."""
    one = child(idle=0.02)
    for number in range(25):
        assert one.call("echo", {"number": number})["number"] == number
        time.sleep(0.015 + number % 5 / 400)


def test_a_busy_child_is_not_idle(child: Make) -> None:
    """A request that takes longer than the idle time is finished."""
    assert child(idle=0.05).call("sleep", {"seconds": 0.4})["seconds"] == 0.4


def test_a_crash_is_told_and_mended(child: Make) -> None:
    """A child that dies makes its requests fail, and the next one starts anew."""
    one = child()
    with pytest.raises(CannotTell):
        one.call("die", {})

    assert one.call("echo", {})["pid"] == pid_of(one)


def test_a_killed_child_is_mended(child: Make) -> None:
    """A child that the system killed is replaced without anybody noticing."""
    one = child()
    pid = one.call("echo", {})["pid"]
    assert isinstance(pid, int)
    os.kill(pid, 9)
    until(lambda: pid_of(one) is None)

    assert one.call("echo", {})["pid"] != pid


@pytest.mark.parametrize("operation", ["garble", "odd"])
def test_nonsense_on_the_pipe_is_told(child: Make, operation: str) -> None:
    """What is no frame of ours ends the child; what is no answer is no success."""
    with pytest.raises(CannotTell):
        child().call(operation, {})


def test_a_stuck_child_is_given_up(child: Make) -> None:
    """No answer in time is told; the child is killed, and the next one starts anew."""
    one = child(patience=0.5)
    one.call("echo", {})
    pid = pid_of(one)
    with pytest.raises(CannotTell, match="in time"):
        one.call("sleep", {"seconds": 60})
    running = one._running
    assert running is not None
    until(lambda: running._process.poll() is not None)

    assert one.call("echo", {})["pid"] != pid


def test_nobody_is_killed_under_a_running_request(child: Make) -> None:
    """While another request is in time, a stuck child may finish it."""
    one = child(patience=1.5)
    one.call("echo", {})
    with ThreadPoolExecutor(2) as pool:
        stuck = pool.submit(one.call, "sleep", {"seconds": 60})
        time.sleep(1)
        other = pool.submit(one.call, "sleep", {"seconds": 1})
        with pytest.raises(CannotTell):
            stuck.result(20)
        assert other.result(20)["seconds"] == 1


def test_letting_go_does_not_interrupt(child: Make, tmp_path: Path) -> None:
    """A renewal that is under way when the daemon ends still reaches the cache."""
    one, trace = child(), tmp_path / "trace"
    one.call("echo", {})
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(one.call, "sleep", {"seconds": 0.4, "touch": str(trace)})
        time.sleep(0.1)
        one.close()
        slow.result(20)

    assert trace.read_text() == "done"
    with pytest.raises(CannotTell):
        one.call("echo", {})


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """The pipe's end is the child's, after what it is doing; polite signals are not."""
    trace = tmp_path / "trace"
    request = {"seconds": 0.4, "touch": str(trace)}
    with subprocess.Popen(
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(encode({"id": 1, "operation": "echo", "arguments": {}}))
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.stdin.write(
            encode({"id": 2, "operation": "sleep", "arguments": request})
        )
        process.stdin.close()
        process.stdout.close()
        assert process.wait(20) == 0

    assert trace.read_text() == "done"


def test_what_cannot_be_started_is_told() -> None:
    """A command that is gone is told with the system's reason."""
    with pytest.raises(CannotTell, match="not found"):
        Child(["/nowhere/python"], os.environ).call("echo", {})


def test_what_ends_at_once_is_told() -> None:
    """A command that is no child of ours ends in an error, not in a loop."""
    with pytest.raises(CannotTell):
        Child([sys.executable, "-c", ""], os.environ).call("echo", {})


def test_its_standard_error_is_logged_in_measure(
    child: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """What it says is logged without what may be a token, and not without end."""
    token = "aoaAAAAAGabcdefghijklmnopqrstuvwxyz0123456789"
    one = child()
    with caplog.at_level(logging.WARNING):
        one.call("shout", {"text": f"bad {token} \x1b[31m\n", "times": 3000})
        one.close()
        until(lambda: pid_of(one) is None)
        until(lambda: "child: bad" in caplog.text)

    assert token not in caplog.text
    assert "\x1b" not in caplog.text
    assert len(caplog.records) <= 110


def test_no_threads_are_left(child: Make) -> None:
    """When the child has gone, so have the threads that listened to it."""
    before = threading.active_count()
    one = child()
    one.call("echo", {})
    one.close()

    until(lambda: threading.active_count() <= before)


def test_the_workers_command_names_no_secret() -> None:
    """The command is this Python and our module; the working folder is not searched."""
    assert worker_command() == (sys.executable, "-P", "-m", "tray.worker")
