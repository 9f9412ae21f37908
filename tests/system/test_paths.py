"""Where everything lies, and which worlds are the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.errors import TrayError
from tray.system.paths import (
    ENDPOINT_VARIABLES,
    LATER_VARIABLES,
    World,
    private_folder,
    world_hash,
)


def world(home: Path, **environ: str) -> World:
    """Give a world with this home."""
    return World.of({"HOME": str(home), **environ})


def test_the_usual_places(tmp_path: Path) -> None:
    """Without variables everything lies where the AWS CLI and XDG have it."""
    usual = world(tmp_path)

    assert usual.config_path == tmp_path / ".aws/config"
    assert usual.credentials_path == tmp_path / ".aws/credentials"
    assert usual.cache_folder == tmp_path / ".aws/sso/cache"
    assert usual.settings_path == tmp_path / ".config/sso-tray/settings.toml"
    assert usual.state_folder == tmp_path / ".local/state/sso-tray"
    assert usual.state_path.name == f"state-{usual.hash8}.json"
    assert usual.log_path.parent == usual.state_folder / "log"
    assert usual.runtime_folder == usual.state_folder
    assert usual.socket_path == usual.runtime_folder / usual.hash8
    assert usual.instance_path.name == f"{usual.hash8}.lock"
    assert usual.locks_folder.parent == usual.state_folder


def test_variables_move_the_places(tmp_path: Path) -> None:
    """AWS's and XDG's variables count; relative XDG folders don't."""
    moved = world(
        tmp_path,
        AWS_CONFIG_FILE="~/dots/$WHO/${WHAT}",
        AWS_SHARED_CREDENTIALS_FILE="/etc/aws/$NOBODY",
        XDG_STATE_HOME="/var/state",
        XDG_CONFIG_HOME="relative",
        WHO="ann",
        WHAT="conf",
    )

    assert moved.config_path == tmp_path / "dots/ann/conf"
    assert moved.credentials_path == Path("/etc/aws/$NOBODY")
    assert moved.state_folder == Path("/var/state/sso-tray")
    assert moved.settings_path == tmp_path / ".config/sso-tray/settings.toml"


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    """A variable that is set to nothing moves nothing."""
    empty = world(tmp_path, AWS_CONFIG_FILE="", XDG_STATE_HOME="", XDG_RUNTIME_DIR="")

    assert empty == World({**empty.environ}, tmp_path)
    assert empty.config_path == tmp_path / ".aws/config"
    assert empty.hash8 == world(tmp_path).hash8


def test_the_runtime_folder_is_never_one_of_everybody(tmp_path: Path) -> None:
    """XDG_RUNTIME_DIR counts only when it is a folder that others can't write to."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    assert world(tmp_path, XDG_RUNTIME_DIR=str(run)).runtime_folder == run / "sso-tray"
    run.chmod(0o777)
    for folder in (str(run), str(tmp_path / "none"), "run", ""):
        mine = world(tmp_path, XDG_RUNTIME_DIR=folder)
        assert mine.runtime_folder == mine.state_folder


def test_two_worlds_have_two_names(tmp_path: Path) -> None:
    """Home, AWS files and endpoints tell worlds apart; nothing else does."""
    variables = (*ENDPOINT_VARIABLES, *LATER_VARIABLES)
    names = {
        world(tmp_path).hash8,
        world(tmp_path / "other").hash8,
        world(tmp_path, AWS_CONFIG_FILE="/etc/config").hash8,
        world(tmp_path, AWS_SHARED_CREDENTIALS_FILE="/etc/config").hash8,
        *(world(tmp_path, **{name: "x"}).hash8 for name in variables),
    }
    assert len(names) == 4 + len(variables)
    assert world(tmp_path, AWS_PROFILE="dev", LANG="C").hash8 == world(tmp_path).hash8


def test_a_variable_that_came_later_renames_no_world(tmp_path: Path) -> None:
    """Where it is not set, sockets and memory keep the names that they had before."""
    here = world(tmp_path)
    files = (here.home, here.config_path, here.credentials_path)
    parts = [here._user(), *(os.path.realpath(path) for path in files)]

    assert here.hash8 == world_hash([*parts, *("" for _ in ENDPOINT_VARIABLES)])
    assert world(tmp_path, AWS_ENDPOINT_URL_STS="").hash8 == here.hash8


def test_one_world_by_two_paths_is_one(tmp_path: Path) -> None:
    """A home that is reached through a link is the same home."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    assert world(tmp_path / "link").hash8 == world(tmp_path / "real").hash8


def test_only_the_given_variables_count(tmp_path: Path) -> None:
    """A world comes from its mapping, not from the process's own variables."""
    os.environ["AWS_CONFIG_FILE"] = "/nowhere"
    try:
        assert world(tmp_path).config_path == tmp_path / ".aws/config"
    finally:
        del os.environ["AWS_CONFIG_FILE"]


def test_the_hash_is_the_documented_one() -> None:
    """Other programs compute it too: FNV-1a of 64 bits, folded."""
    assert world_hash([]) == f"{0xCBF29CE4 ^ 0x84222325:08x}"
    assert world_hash(["a"]) != world_hash(["a", ""])


@given(st.lists(st.text()), st.lists(st.text()))
def test_parts_do_not_run_together(one: list[str], two: list[str]) -> None:
    """Names have 8 hex digits, and equal ones only for equal parts, as far as seen."""
    first, second = world_hash(one), world_hash(two)

    assert len(first) == 8
    assert int(first, 16) >= 0
    assert (first == second) == (one == two)


def test_private_folders(tmp_path: Path) -> None:
    """Our folders are made for this user alone, and an open one is closed."""
    folder = private_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    assert private_folder(folder).stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    """What can't be made is named with its path and a remedy."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "folder"):
        with pytest.raises(TrayError) as caught:
            private_folder(path)
        assert str(path) in caught.value.title
        assert caught.value.remedy


def test_a_foreign_folder(tmp_path: Path) -> None:
    """A folder of another user is not used, were it ever so open."""
    foreign = Path("/")
    if foreign.stat().st_uid == tmp_path.stat().st_uid:  # we are root
        foreign = tmp_path
        shutil.chown(foreign, 12345)

    with pytest.raises(TrayError, match="another user"):
        private_folder(foreign)
