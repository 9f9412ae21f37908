"""The Run key, over a registry in a dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.autostart import FakeRegistry
from tray.core.autostart import LeftOut, Reason, State
from tray.core.errors import TrayError
from tray.system.autostart.chooser import of_windows
from tray.system.autostart.technology import Launch
from tray.system.autostart.windows_run import (
    APPROVED,
    MACHINE_VARIABLES,
    RUN,
    USER_VARIABLES,
    RunKey,
    command_line,
)

WORDS = ("C:\\Program Files\\sso\\pythonw.exe", "-P", "-m", "tray", "run")
LAUNCH = Launch(WORDS, {})


def taken_apart(line: str) -> list[str]:
    """Split a line as Microsoft's C runtime is documented to do it."""
    words, word, quoted, open_ = [], "", False, False
    slashes = 0
    for sign in f"{line} ":
        if sign == "\\":
            slashes += 1
            open_ = True
            continue
        if sign == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            open_ = True
        elif sign in " \t" and not quoted:
            word += "\\" * slashes
            words += [word] if open_ else []
            word, open_ = "", False
        else:
            word += "\\" * slashes + sign
            open_ = True
        slashes = 0
    return words


@given(st.lists(st.text('ab \t"\\%$&'), min_size=1))
def test_windows_takes_it_apart_again(words: list[str]) -> None:
    """Whatever is in the words, a program gets them as they were."""
    assert taken_apart(command_line(words)) == words


def test_the_value() -> None:
    """One line, quoted where it must be, without a console window."""
    registry = FakeRegistry()
    RunKey(registry, LAUNCH).put()

    assert registry.read(RUN, "sso-tray") == (
        '"C:\\Program Files\\sso\\pythonw.exe" -P -m tray run'
    )


@pytest.mark.parametrize(
    ("approved", "state"),
    [
        (b"\x03" + bytes(11), State.OFF),
        (b"\x02" + bytes(11), State.ON),
        (b"", State.ON),
        (None, State.ON),
    ],
)
def test_the_task_manager_s_switch(approved: bytes | None, state: State) -> None:
    """An entry that the task manager switched off is off; to put it anew lifts that."""
    registry = FakeRegistry()
    key = RunKey(registry, LAUNCH)
    key.put()
    if approved is not None:
        registry.values[APPROVED, "sso-tray"] = approved

    assert key.look().state is state
    key.put()
    assert key.look().state is State.ON
    key.remove()
    assert registry.values == {}


@pytest.mark.parametrize("value", ["notepad.exe", "C:\\x\\sso-tray.exe demo", b"\x01"])
def test_what_is_not_ours(value: str | bytes) -> None:
    """Something else of our name is neither replaced nor removed."""
    registry = FakeRegistry({(RUN, "sso-tray"): value})
    key = RunKey(registry, LAUNCH)

    assert key.look().state is State.FOREIGN
    with pytest.raises(TrayError):
        key.put()
    key.remove()
    assert registry.read(RUN, "sso-tray") == value


def test_a_path_that_is_too_long() -> None:
    """Windows would cut it silently, so it is refused, and nothing is written."""
    registry = FakeRegistry()

    with pytest.raises(TrayError, match="260"):
        RunKey(registry, Launch(("C:\\" + "x" * 260, "run"), {})).put()
    assert registry.values == {}


def test_variables_of_this_console_alone() -> None:
    """What Windows would not give at log-in is told by name; the rest is well."""
    registry = FakeRegistry(
        {
            (USER_VARIABLES, "HTTPS_PROXY"): "http://proxy",
            (MACHINE_VARIABLES, "NO_PROXY"): "*",
        }
    )
    variables = {"HTTPS_PROXY": "x", "no_proxy": "x", "AWS_CONFIG_FILE": "x"}
    secret = LeftOut("HTTP_PROXY", Reason.SECRET)

    found = of_windows(Launch(WORDS, variables, (secret,)), registry).status()

    assert found.left_out == (
        LeftOut("AWS_CONFIG_FILE", Reason.PASSING),
        LeftOut("HTTP_PROXY", Reason.PASSING),
    )
