"""The report of a run: one page of tables, and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from tests.bench.figures import RATIO, Figure

PICTURE = "performance.svg"
SUBJECTS = {
    "P1": "`credential-process` with a daemon, the whole process",
    "P2": "`credential-process` without a daemon, from the keyring",
    "P3": "One idle minute",
    "P4": "Memory",
    "P5": "Start",
    "P6": "From a changed token file to what people see",
    "P7": "Reading a large config",
    "P8": "The menu",
    "P9": "The local endpoint",
    "P10": "Listing 500 accounts with 4 roles each",
    "P11": "`sso-tray status --json`",
}
"""What each aim is about."""

WIDTH, ROW, LEFT, RIGHT = 860, 22, 330, 90
"""Pixels: of the picture, of a row, of the names, of the figures."""

HEAD = """\
# Performance

Made by `python -m tests.bench --write`; every figure is from that one run, {when}.
Ratios (x) are to `python3 -c pass` in the same run unless the row says another;
medians unless it says so. The Identity Center is our own, on loopback, so that no
network is in anybody's figures.

{machine}

![Time until a program has its credentials](images/{picture})
"""


def page(figures: Sequence[Figure], when: str, machine: str) -> str:
    """Give the page."""
    parts = [HEAD.format(when=when, machine=machine, picture=PICTURE)]
    for aim, subject in SUBJECTS.items():
        found = [one for one in figures if one.aim == aim]
        parts.append(f"## {aim}: {subject}\n")
        parts.append(_table(found) if found else "Not measured in this run.\n")
    return "\n".join(parts)


def _table(figures: Iterable[Figure]) -> str:
    rows = ["| what | figure | aim | reached |", "|---|---|---|---|"]
    for one in figures:
        reached = {True: "yes", False: "**no**", None: ""}[one.reached]
        name = f"*{one.what}*" if one.peer else one.what
        rows.append(f"| {name} | {one.words} | {one.aim_words} | {reached} |")
    return "\n".join(rows) + "\n"


def picture(figures: Sequence[Figure]) -> str:
    """Give the picture: P1's ratios as bars, ours and the peers'."""
    bars = sorted((one for one in figures if _drawn(one)), key=lambda one: one.value)
    height = ROW * len(bars) + 64
    most = max((one.value for one in bars), default=1.0)
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        (
            '<text x="12" y="24" font-size="15" fill="#1b1f24">'
            "Until a program has its credentials, in starts of Python"
            "</text>"
        ),
    ]
    for number, one in enumerate(bars):
        lines += _bar(one, 44 + ROW * number, (WIDTH - LEFT - RIGHT) / most)
    return "\n".join((*lines, "</svg>")) + "\n"


def _drawn(one: Figure) -> bool:
    ours = one.what in {"fast script", "console command"}
    return one.aim == "P1" and one.unit == RATIO and (one.peer or ours)


def _bar(one: Figure, top: int, scale: float) -> Iterable[str]:
    colour = "#8c959f" if one.peer else "#1a7f37"
    name = one.what if one.peer else f"sso-tray, {one.what}"
    width = max(one.value * scale, 1.5)
    yield (
        f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end" fill="#1b1f24">'
        f"{escape(name)}</text>"
    )
    yield (
        f'<rect x="{LEFT}" y="{top + 3}" width="{width:.1f}" height="{ROW - 6}" '
        f'fill="{colour}"/>'
    )
    yield (
        f'<text x="{LEFT + width + 6:.1f}" y="{top + 15}" fill="#1b1f24">'
        f"{one.words}</text>"
    )
