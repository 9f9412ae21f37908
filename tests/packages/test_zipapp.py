"""The single file, run by a plain Python that knows no library of ours."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tray

pytestmark = [pytest.mark.packages, pytest.mark.timeout(300)]


def plain(home: Path, *words: str | Path) -> str:
    """Run the Python that this environment was made from, in an empty world."""
    python = Path(sys.base_prefix) / "bin" / "python3"
    done = subprocess.run(
        [str(python), *map(str, words)],
        cwd=home,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_single_file_runs(pyz: Path, tmp_path: Path) -> None:
    """One file is all that is needed: help, version and the demo."""
    assert "COMMAND" in plain(tmp_path, pyz, "--help")
    assert tray.__version__ in plain(tmp_path, pyz, "--version")
    shown = plain(tmp_path, pyz, "demo", "--headless", "--minutes", "0.05")
    assert "acme: signed in" in shown


def test_the_second_python_finds_the_libraries(pyz: Path, tmp_path: Path) -> None:
    """The child that needs boto3 is started with `-m`, and gets the same libraries."""
    script = tmp_path / "child.py"
    script.write_text(
        "import os, runpy, subprocess, sys\n"
        "os.environ['SHIV_ENTRY_POINT'] = 'code:interact'\n"
        "try:\n"
        "    sys.stdin = open(os.devnull)\n"
        "    runpy.run_path(sys.argv[1], run_name='__main__')\n"
        "except SystemExit:\n"
        "    pass\n"
        "code = 'import boto3, PIL.Image, tray.worker; print(\"all there\")'\n"
        "subprocess.run([sys.executable, '-P', '-c', code], check=True)\n",
        encoding="utf-8",
    )

    assert "all there" in plain(tmp_path, script, pyz)


def test_every_python_finds_its_compiled_files(pyz: Path) -> None:
    """Pillow and cffi come along compiled for each Python that the packages allow."""
    names = zipfile.ZipFile(pyz).namelist()
    for version in ("311", "312", "313"):
        for library in ("PIL/_imaging", "PIL/_imagingft", "_cffi_backend"):
            start = f"site-packages/{library}.cpython-{version}-"
            assert any(name.startswith(start) for name in names), start
