"""Text is taken apart exactly as botocore takes it apart."""

from __future__ import annotations

from pathlib import Path

import botocore.configloader
import botocore.exceptions
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray.aws.inifile import DEFAULTS, Fault, Flaw, Section, line_of, nested, scan

Values = dict[str, str | dict[str, str]]

LINES = (
    "[a]",
    "[profile b]",
    '[profile "q r"]',
    "[sso-session s]",
    "[DEFAULT]",
    "  [indented]",
    "  under a key",
    "[not closed",
    "[]",
    "[]]",
    "[a] ] # rest",
    "key = v",
    "key=v  ",
    "KEY: v",
    "k = a = b : c",
    "k1 =",
    "k2 = x # no comment",
    "k3 :x",
    "k 4 = 5",
    "  deeper = 1",
    "\ttab = 2",
    "s3 =\n  a = b\n  c=d",
    "s3 =\n  a = b\n\n  # between\n  c = d",
    "# comment",
    "  ; comment",
    "",
    "   ",
    "= nameless",
    "nonsense",
    "[bracket = 1",
    "\u00fc = \u2028",
    "\x85odd\x0b = \x1c1\x1f",
    "\u00a0space = 1",
)
"""Lines in all the shapes that decide something."""


def ours(text: str) -> tuple[dict[str, Values], list[Fault]]:
    """Put our sections together the way botocore gives its own."""
    faults: list[Fault] = []
    raw: dict[str, dict[str, str]] = {}
    for section in scan(text, faults):
        raw.setdefault(section.name, {}).update(section.values)
    lent = raw.pop(DEFAULTS, {})
    whole: dict[str, Values] = {}
    for name, values in raw.items():
        whole[name] = {
            key: nested(value) if value.startswith("\n") else value
            for key, value in (lent | values).items()
        }
    return whole, [fault for fault in faults if fault.flaw is not Flaw.CAPITALS]


def compare(folder: Path, text: str) -> None:
    """Hold ours against botocore's."""
    path = folder / "config"
    path.write_bytes(text.encode())
    try:
        theirs = botocore.configloader.raw_config_parse(str(path))
    except botocore.exceptions.ConfigParseError:
        assert refused(text)
    else:
        assert ours(text) == (theirs, [])


def refused(text: str) -> bool:
    """Tell whether we find something for which botocore refuses a file."""
    try:
        return bool(ours(text)[1])
    except ValueError:  # a nested block of [DEFAULT] that a section was lent
        return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for all the files of a property."""
    return tmp_path_factory.mktemp("config")


@given(
    lines=st.lists(st.sampled_from(LINES), max_size=12),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.sampled_from(["", "\n", "\n\n"]),
)
@example(lines=["[a]", "k = v", "", "[a]", "k = w"], ending="\n", last="")
@example(
    lines=["[DEFAULT]", "k = v", "[a]", "[DEFAULT]", "l = w"], ending="\n", last=""
)
def test_any_mixture_of_lines(
    folder: Path, lines: list[str], ending: str, last: str
) -> None:
    """Odd spacing, comments, nested blocks and line ends mean what they mean there."""
    compare(folder, "\n".join(lines).replace("\n", ending) + last)


@given(
    text=st.text(
        alphabet=st.sampled_from("[]=: \n\r\t#;akKp\"'\\\u00a0\x1c\u2028\u0130"),
        max_size=60,
    )
)
def test_any_text(folder: Path, text: str) -> None:
    """No text is taken for something that botocore does not take it for."""
    compare(folder, text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\n[a]\n", Fault(Flaw.BEFORE_HEADER, 1)),
        ("[a]\nk = 1\n[b]\n[a]\n", Fault(Flaw.SECTION_TWICE, 4, "a")),
        ("[a]\nk = 1\nK = 2\n", Fault(Flaw.KEY_TWICE, 3, "a", "k")),
        ("[a]\n\nnonsense\n", Fault(Flaw.NO_SETTING, 3, "a")),
        ("[a]\n= 1\n", Fault(Flaw.NO_SETTING, 2, "a")),
        ("[a]\ns3 =\n  x\n", Fault(Flaw.NO_NESTED, 2, "a", "s3")),
        ("\n# c\n[b]\nK = 1\n", Fault(Flaw.CAPITALS, 4, "b", "k")),
    ],
)
def test_faults_have_their_line(text: str, fault: Fault) -> None:
    """Each kind of fault is found where it stands."""
    faults: list[Fault] = []
    list(scan(text, faults))

    assert fault in faults


def test_the_rest_of_a_faulty_file_is_read() -> None:
    """One faulty line costs no other."""
    sections = list(scan("junk\n[a]\nk = 1\n???\nl = 2\n[b]\nm = 3\n", []))

    assert [(s.name, s.values) for s in sections] == [
        ("a", {"k": "1", "l": "2"}),
        ("b", {"m": "3"}),
    ]


def test_lines_are_counted() -> None:
    """Headers and keys are found again, in plain sections and in odd ones."""
    text = "# top\n[a]\nk = 1\n\n[b]\n# c\nK : 1\n  l = 2\n[c]\nm = 1\n"
    text = text.replace("\n", "\r\n")
    found = {section.name: section for section in scan(text, [])}

    assert [section.line for section in found.values()] == [2, 5, 9]
    assert line_of(found["a"], "k") == 3
    assert line_of(found["b"], "k") == 7
    assert line_of(found["c"], "m") == 10
    assert line_of(found["c"], "absent") == 9


def test_a_section_can_be_taken() -> None:
    """What is taken is shown with its line and not given again."""
    shown: list[tuple[str, int]] = []

    def take(text: str, line: int) -> bool:
        shown.append((text, line))
        return text.startswith("b")

    names = [section.name for section in scan("\n[a]\nk = 1\n[b]\nl = 1\n", [], take)]

    assert names == ["a"]
    assert shown == [("a]\nk = 1", 2), ("b]\nl = 1\n", 4)]


@pytest.mark.parametrize("text", ["[a]\n[a]\n", "[DEFAULT]\nk = 1\n[a]\n"])
def test_nothing_is_taken_from_a_tangled_file(text: str) -> None:
    """Where sections depend on one another, all are given."""
    sections: list[Section] = list(scan(text, [], lambda _text, _line: True))

    assert len(sections) == 2
