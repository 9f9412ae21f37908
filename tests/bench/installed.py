"""Programs as people install them: ours and its peers, each in its own environment.

They are made in a temporary folder with pip, from our source and the package index.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
AWS_CLI = ROOT / ".venv" / "aws-cli" / "dist" / "aws"
"""AWS CLI v2, where `tests/interop/setup` has put it."""

TOGETHER = ("boto3", "awscli")
"""Peers that bear each other."""

APART = ("aws-sso-util",)
"""Peers whose needs are their own."""

OLD = ("aws-export-credentials", "botocore<1.35")
"""A peer that fails with the botocore of today."""
"""Peers whose needs are their own."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The folders with everybody's commands."""

    ours: Path
    """Where `sso-tray` is."""

    peers: Path
    """Where boto3's Python and AWS CLI v1 are."""

    apart: Path
    """Where aws-sso-util is."""

    old: Path
    """Where aws-export-credentials is."""

    @property
    def python(self) -> str:
        """The Python that ours was installed with, which all ratios are to."""
        return str(self.ours / "python3")

    def versions(self) -> dict[str, str]:
        """Give what was installed."""
        found = {}
        places = ((self.peers, TOGETHER), (self.apart, APART), (self.old, OLD[:1]))
        for folder, names in places:
            for name in names:
                code = (
                    f"from importlib.metadata import version as v; print(v('{name}'))"
                )
                command = [str(folder / "python3"), "-c", code]
                done = subprocess.run(
                    command, check=True, capture_output=True, text=True
                )
                found[name] = done.stdout.strip()
        return found


def install(folder: Path) -> Installed:
    """Install all of them; what stands in the folder already is taken as it is."""
    return Installed(
        _made(folder / "ours", (str(ROOT),)),
        _made(folder / "peers", TOGETHER),
        _made(folder / "apart", APART),
        _made(folder / "old", OLD),
    )


def _made(folder: Path, what: tuple[str, ...]) -> Path:
    done = folder / "done"
    if not done.exists():
        sys.stderr.write(f"installing {', '.join(Path(one).name for one in what)}\n")
        venv.create(folder, clear=True, with_pip=True, symlinks=True)
        pip = [folder / "bin" / "python3", "-m", "pip", "install", "-q"]
        said = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        for words in (("pip>=25.1",), what):
            ended = subprocess.run([*pip, *words], check=False, text=True, **said)  # type: ignore[call-overload]
            assert ended.returncode == 0, ended.stderr
        done.touch()
    return folder / "bin"
