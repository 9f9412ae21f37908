"""Edits of any config, with botocore as the referee of what they changed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import botocore.configloader
import botocore.exceptions
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.aws.test_inifile import LINES
from tray.aws.config_editor import edit_text
from tray.aws.config_lines import head_of, read_sheet
from tray.aws.inifile import DEFAULTS, Fault, Flaw, scan
from tray.core.edits import Add, Change, Edit, Head, Kind, Remove, Rename, heads_of
from tray.core.errors import ConfigError

KEYS = ("region", "output", "sso_session", "s3", "key", "odd key")
NAMES = ("a", "b", "q r", "corp", "x.y@z", "d\u00e9v", "it's")
VALUES = ("x", "eu-west-1", "https://corp.awsapps.com/start/#/", "a = b : c", "%d", "")

ANY_TEXT = st.lists(
    st.sampled_from((*LINES, "[profile a]", "[profile b]", "[sso-session corp]")),
    max_size=14,
).flatmap(
    lambda lines: st.sampled_from(("\n", "\r\n", "\r")).map(lambda end: end.join(lines))
)


@st.composite
def sections(draw: st.DrawFn) -> str:
    """Write a config that botocore reads, in all manners of people."""
    end, text = draw(st.sampled_from(("\n", "\r\n"))), ""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5))
    for name in names:
        kind = draw(st.sampled_from(("profile", "sso-session", "profile")))
        quoted = f'"{name}"' if draw(st.booleans()) or not name.isalnum() else name
        text += draw(
            st.sampled_from(("", end, f"# about {name}{end}", f"; x{end}{end}"))
        )
        text += f"[{kind} {quoted}]{draw(st.sampled_from(('', ' ', ' # rest')))}{end}"
        text += draw(
            st.sampled_from(("", f"# managed by sso-tray{end}", f"  # c{end}"))
        )
        for key in draw(st.lists(st.sampled_from(KEYS[:5]), unique=True)):
            sign = draw(st.sampled_from((" = ", "=", ": ", "\t=  ")))
            if key == "s3":
                text += f"s3 ={end}  a = b{end}{end}  # between{end}  region = d{end}"
            else:
                text += f"{key}{sign}{draw(st.sampled_from(VALUES[:5]))}{end}"
    return text.removesuffix(end) if draw(st.booleans()) else text


CORP = Head(Kind.SESSION, "corp")
HEADS = st.builds(
    Head, st.sampled_from((Kind.PROFILE, Kind.SESSION)), st.sampled_from(NAMES)
)
PAIRS = st.dictionaries(st.sampled_from(KEYS[:3]), st.sampled_from(VALUES)).map(
    lambda values: tuple(values.items())
)
EDITS = st.lists(
    st.one_of(
        st.builds(Add, HEADS, PAIRS),
        st.builds(Change, HEADS, PAIRS, st.lists(st.sampled_from(KEYS[3:])).map(tuple)),
        st.builds(Rename, HEADS, st.sampled_from(NAMES)),
        st.builds(Remove, HEADS),
    ),
    max_size=4,
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Write a config, and edits of what is in it."""
    text = draw(sections())
    there = sorted({head_of(block.header) or CORP for block in read_sheet(text).blocks})
    edits: list[Edit] = []
    for head in draw(st.lists(st.sampled_from(there or [CORP]), unique=True)):
        changed = st.builds(
            Change, st.just(head), PAIRS, st.lists(st.sampled_from(KEYS[3:])).map(tuple)
        )
        renamed = st.builds(Rename, st.just(head), st.sampled_from(NAMES))
        edits.append(draw(st.one_of(changed, changed, renamed, st.just(Remove(head)))))
    return text, edits + draw(st.lists(st.builds(Add, HEADS, PAIRS), max_size=2))


def as_botocore(text: str) -> dict[Head, dict[str, Any]]:
    """Give what botocore reads, by what the headers name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config"
        path.write_bytes(text.encode())
        config = botocore.configloader.load_config(str(path))
    found = {
        Head(Kind.PROFILE, name): dict(v) for name, v in config["profiles"].items()
    }
    for name, values in config["sso_sessions"].items():
        found[Head(Kind.SESSION, name)] = dict(values)
    return found


def expected(found: dict[Head, dict[str, Any]], edits: list[Edit]) -> dict[Head, Any]:
    """Do to dictionaries what the edits say."""
    found = {head: dict(values) for head, values in found.items()}
    for edit in edits:
        match edit:
            case Add():
                found[edit.head] = dict(edit.values)
            case Change():
                found[edit.head].update(edit.values)
                for key in edit.drop:
                    found[edit.head].pop(key, None)
            case Rename():
                found[Head(edit.head.kind, edit.name)] = found.pop(edit.head)
            case Remove():
                del found[edit.head]
    return found


@given(plan=plans())
def test_botocore_sees_the_planned_change_and_no_other(
    plan: tuple[str, list[Edit]],
) -> None:
    """What it read before and after differs by exactly what the edits say."""
    text, edits = plan
    before = as_botocore(text)
    try:
        edited = edit_text(text, edits)
    except ConfigError:
        return

    assert as_botocore(edited.text) == expected(before, edits)


@given(plan=plans())
def test_lines_of_others_stay_to_the_byte(plan: tuple[str, list[Edit]]) -> None:
    """Every line outside of the sections that are meant is there, in its order."""
    text, edits = plan
    try:
        edited = edit_text(text, edits)
    except ConfigError:
        return
    touched = heads_of(edits)
    kept = [
        number
        for block in read_sheet(text).blocks
        if head_of(block.header) not in touched
        for number in range(block.at, block.last + 1)
    ]

    for number in kept[:-1]:
        assert edited.after[number] == edited.before[number]
    assert all(edited.after[n].startswith(edited.before[n]) for n in kept)


@given(text=ANY_TEXT, edits=EDITS)
@example(
    text="[profile a]\nk1 =\n  [profile b]\n", edits=[Remove(Head(Kind.PROFILE, "b"))]
)
def test_any_text_is_edited_or_refused(text: str, edits: list[Edit]) -> None:
    """However odd a file is: nothing but a refusal with a remedy comes out of it."""
    refusal = None
    try:
        edited = edit_text(text, edits, "config")
    except ConfigError as error:
        refusal = error
    else:
        assert edited.changed == (edited.text != text)
        assert "".join(edited.before) == text

    assert refusal is None or (refusal.title and refusal.remedy)


@given(text=ANY_TEXT)
def test_the_two_readers_agree(text: str) -> None:
    """Sections and keys stand where the config's reader has them."""
    faults: list[Fault] = []
    found = [(one.name, one.line, set(one.values)) for one in scan(text, faults)]
    sheet = read_sheet(text)
    strays = {Flaw.BEFORE_HEADER, Flaw.NO_SETTING}

    assume(DEFAULTS not in {name for name, _, _ in found})
    assert [(b.header, b.at + 1, set(b.keys)) for b in sheet.blocks] == found
    assert bool(sheet.strays) == any(fault.flaw in strays for fault in faults)
    assert "".join(sheet.lines) == text
