"""What is started, and with which variables: all that is needed, and no secret."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.system.autostart.odd import stand_in
from tray.core.autostart import LeftOut, Reason
from tray.core.errors import TrayError
from tray.system.autostart.launch import (
    HANDED_ON,
    URLS,
    launch_of,
    path_needed,
    program_of,
    windowless,
)

assert sys.platform != "win32"

ME, PYTHON = "/opt/sso/bin/sso-tray", "/opt/sso/bin/python3"
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "hunter2",
    "AWS_SESSION_TOKEN": "hunter2",
    "AWS_PROFILE": "dev",
    "PATH": "/usr/bin:/bin",
}


def test_what_is_handed_on() -> None:
    """All spellings of proxies, the certificates and AWS's files; never a key."""
    wanted = {name: f"/x/{name}" for name in HANDED_ON}

    launch = launch_of(KEYS | wanted, ME, PYTHON)

    assert dict(launch.variables) == wanted
    assert {"https_proxy", "HTTPS_PROXY", "AWS_CA_BUNDLE"} <= set(launch.variables)
    assert launch.left_out == ()


def test_what_is_empty_or_not_set_is_not_handed_on() -> None:
    """Nothing is made up."""
    assert dict(launch_of(KEYS | {"HTTP_PROXY": ""}, ME, PYTHON).variables) == {}


@pytest.mark.parametrize(
    "value",
    [
        "http://me:hunter2@proxy:3128",
        "http://me@proxy",
        "me:hunter2@proxy:3128",
        "http:/me:hun/ter2@proxy",
        "socks5h://:hunter2@proxy",
    ],
)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy", "AWS_ENDPOINT_URL"])
def test_passwords_are_not_written(name: str, value: str) -> None:
    """An address that may hold a password is left out by name, however mistyped."""
    launch = launch_of(KEYS | {name: value}, ME, PYTHON)

    assert dict(launch.variables) == {}
    assert launch.left_out == (LeftOut(name, Reason.SECRET),)
    assert "hunter2" not in repr(launch)


@given(
    st.dictionaries(
        st.sampled_from(HANDED_ON), st.text("ab:@/ \n\x7f\udc80ü", max_size=9)
    )
)
def test_no_variable_is_lost_silently(found: dict[str, str]) -> None:
    """Each variable is handed on, or named; no '@' of an address is ever written."""
    launch = launch_of(KEYS | found, ME, PYTHON)
    left = {one.name for one in launch.left_out}

    assert left | set(launch.variables) == {n for n, value in found.items() if value}
    assert not left & set(launch.variables)
    for name, value in launch.variables.items():
        assert not (name.upper() in URLS and "@" in value)
        assert value.encode().isascii() or "ü" in value
        assert "\n" not in value


def test_files_are_found_from_anywhere() -> None:
    """A relative file is named from the root; what the home begins stays as it is."""
    found = {"AWS_CONFIG_FILE": "aws/config", "AWS_CA_BUNDLE": "~/ca.pem"}

    variables = launch_of(KEYS | found, ME, PYTHON).variables

    assert variables["AWS_CONFIG_FILE"] == str(Path.cwd() / "aws" / "config")
    assert variables["AWS_CA_BUNDLE"] == "~/ca.pem"


def test_which_program(tmp_path: Path) -> None:
    """The command as it was called; else the one beside Python; else the package."""
    program = stand_in(tmp_path / "bin", tmp_path / "told")
    link = tmp_path / "sso-tray"
    link.symlink_to(program)
    python = str(program.with_name("python3"))
    single = tmp_path / "sso-tray.pyz"
    single.write_bytes(b"")

    assert program_of(str(link), PYTHON) == (str(link),)
    assert program_of("/x/tray/__main__.py", python) == (str(program),)
    assert program_of(str(single), PYTHON) == (PYTHON, str(single))
    assert program_of("/x/__main__.py", PYTHON) == (PYTHON, "-P", "-m", "tray")
    program.chmod(0o644)
    assert program_of(str(link), python) == (python, "-P", "-m", "tray")


def test_windows_opens_no_console(tmp_path: Path) -> None:
    """The Python without a window is taken where there is one."""
    python = tmp_path / "python.exe"
    assert windowless(str(python))[0] == str(python)

    (tmp_path / "pythonw.exe").write_bytes(b"")

    assert windowless(str(python)) == (
        str(tmp_path / "pythonw.exe"),
        "-P",
        "-m",
        "tray",
    )


def test_a_path_that_no_format_holds() -> None:
    """A line break in the program's path is refused with a remedy."""
    with pytest.raises(TrayError, match="control characters"):
        launch_of(KEYS, "/opt/a/sso-tray", "/opt/a\nb/python3")


PLACES = {
    "xdg-open": "/usr/bin/xdg-open",
    "firefox": "/snap/bin/firefox",
    "xclip": "/nix/bin/xclip",
    "chromium": "relative/chromium",
}


def find(name: str, path: str) -> str | None:
    """Find a program in a small world, where all is in the shell's path."""
    place = PLACES.get(name)
    if place is None or place.startswith("/usr/bin/"):
        return place
    return place if "everything" in path else None


@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("", "/nix/bin:/usr/local/bin:/usr/bin:/bin"),
        ("firefox %s", "/snap/bin:/nix/bin:/usr/local/bin:/usr/bin:/bin"),
        ("/own/browser:chromium", "/nix/bin:/usr/local/bin:/usr/bin:/bin"),
        ("'unfinished:firefox", "/snap/bin:/nix/bin:/usr/local/bin:/usr/bin:/bin"),
    ],
)
def test_a_path_where_it_is_needed(browser: str, expected: str) -> None:
    """Folders of programs that a session would not find come before the usual ones."""
    environ = {"BROWSER": browser, "PATH": "/everything"}

    assert path_needed(environ, find) == expected


def test_no_path_where_it_is_not() -> None:
    """Where the usual folders do, none is handed on: shells differ in theirs."""
    assert path_needed({"PATH": "/some/venv/bin"}, lambda *_: None) == ""
