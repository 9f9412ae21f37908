"""The board as one line for a status bar, in the form that each bar reads.

- waybar: the object of a custom module with `return-type: json`, whose texts are Pango
  markup (https://github.com/Alexays/Waybar/wiki/Module:-Custom).
- polybar: a `custom/script` line, in which `%{...}` are its tags
  (https://github.com/polybar/polybar/wiki/Formatting).
- tmux: a `#(...)` in `status-right`; tmux reads the styles in what it prints, and `#`
  begins them (`man tmux`, STYLES and FORMATS).
- starship: the output of a `custom` module, plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from tray.core.board import Board, Needs, Phase
from tray.core.face import SLICES, Mood, face
from tray.core.urgency import by_urgency
from tray.core.wording import bars as wording
from tray.core.wording.board import session_label, tooltip
from tray.core.wording.labels import label

COLUMNS = 40
"""More is too much for a bar."""

MOST_HINTED = 30
"""More sessions than this do not fit below a pointer."""

MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Bar(StrEnum):
    """The programs that show a line."""

    WAYBAR = "waybar"
    POLYBAR = "polybar"
    TMUX = "tmux"
    STARSHIP = "starship"


Shown = Mapping[str, object]
"""`line` has the text; for waybar it is waybar's own object."""

COLOURS = {
    Mood.ENDING: "yellow",
    Mood.ENDED: "red",
    Mood.CONFIG: "red",
    Mood.LOGGED_OUT: "red",
    Mood.UNKNOWN: "yellow",
}
"""What is coloured at all: what needs a look."""

POLYBAR_COLOURS = {"yellow": "#e5c07b", "red": "#e06c75"}


def bar(board: Board, now: datetime, form: Bar) -> Shown:
    """Give what one bar shows."""
    text = _text(board, now)
    if form is Bar.WAYBAR:
        return _waybar(board, now, text)
    colour = COLOURS.get(face(board, now).mood)
    if form is Bar.TMUX:
        line = text.replace("#", "##")
        return {"line": f"#[fg={colour}]{line}#[default]" if colour else line}
    if form is Bar.POLYBAR:
        line = text.replace("%{", "% {")
        dyed = f"%{{F{POLYBAR_COLOURS[colour]}}}{line}%{{F-}}" if colour else line
        return {"line": dyed}
    return {"line": text}


def _text(board: Board, now: datetime) -> str:
    if not board.sessions:
        return wording.NOTHING
    first, *others = by_urgency(board)
    needing = sum(
        one.needs is Needs.LOGIN and one.phase is not Phase.LOGGED_OUT for one in others
    )
    return label(wording.short(first, now), COLUMNS) + wording.more(needing)


def _waybar(board: Board, now: datetime, text: str) -> Shown:
    shown = face(board, now)
    first = by_urgency(board)[0].phase if board.sessions else Phase.UNKNOWN
    hints = [label(session_label(one, now)) for one in by_urgency(board)]
    hint = "\n".join(hints[:MOST_HINTED]) or label(tooltip(board, now))
    return {
        "text": text.translate(MARKUP),
        "alt": first.value,
        "tooltip": hint.translate(MARKUP),
        "class": shown.mood.value.replace("_", "-"),
        "percentage": shown.slices * 100 // SLICES,
    }
