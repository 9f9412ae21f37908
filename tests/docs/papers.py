"""What the papers tell people to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAPERS = sorted(
    path
    for glob in ("README.md", "docs/*.md", "*/README.md", ".github/*.md")
    for path in ROOT.glob(glob)
)

PROGRAM = "sso-tray"

_FENCE = re.compile(r"^ *```(\w*)\s*$")
_INLINE = re.compile(r"`((?:\.venv/bin/)?sso-tray [^`]+)`")
_TYPED = re.compile(r"\$ (.*)|((?:eval \"\$\(|\.venv/bin/)?sso-tray\b.*)")
_ASIDE = re.compile(r"\s+#.*|\s{2,}.*")
_SHELLS = {"", "sh", "bash", "console"}


@dataclass(frozen=True)
class Typed:
    """One command as a paper shows it."""

    paper: Path
    """The paper."""

    line: int
    """Its line, counted from 1."""

    text: str
    """What is typed, without a prompt and without what is said beside it."""

    def __str__(self) -> str:
        return f"{self.paper.relative_to(ROOT)}:{self.line}: {self.text}"


def typed_lines() -> Iterator[Typed]:
    """Give the commands of the blocks that people copy into a shell."""
    for paper in PAPERS:
        language: str | None = None
        for number, line in enumerate(paper.read_text("utf-8").splitlines(), 1):
            fence = _FENCE.match(line)
            if fence is not None:
                language = fence[1] if language is None else None
            elif language in _SHELLS:
                found = _TYPED.fullmatch(line.strip())
                if found is not None and PROGRAM in line:
                    text = _ASIDE.sub("", found[1] or found[2])
                    yield Typed(paper, number, text)


def told() -> Iterator[Typed]:
    """Give the commands that stand in the prose, if they are no synopsis."""
    for paper in PAPERS:
        for number, line in enumerate(paper.read_text("utf-8").splitlines(), 1):
            for text in _INLINE.findall(line):
                if not set(text) & set("[]|"):
                    yield Typed(paper, number, text)


def words_of(text: str) -> list[list[str]]:
    """Give the words behind each `sso-tray` in a line, as a shell would."""
    inner = text.replace('eval "$(', "").replace(')"', "")
    found: list[list[str]] = []
    for part in re.split(r"[|;&]+", inner):
        words = shlex.split(part, comments=True)
        names = [Path(word).name for word in words]
        if PROGRAM in names[:3]:
            found.append(words[names.index(PROGRAM) + 1 :])
    return found
