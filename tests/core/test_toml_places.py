"""The line of each value in a TOML text."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.toml_places import line_of

TEXT = """\
# a comment [not.a.table]
mode = "open" # = x
text = '''
[sessions.lost]
mode = 1
'''
more = \"\"\"
quote \\\"\"\" = ]
\"\"\"

list = [ "]", # not the end
  "[x]",
]
[sessions.corp]
mode = 3
[ sessions . "a.b\\u0041" ]
x = { y = 1 }
sub.deep = 2
[profiles]
dev = { mirror = "yes" }
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("mode",), 2),
        (("text",), 3),
        (("more",), 7),
        (("list",), 11),
        (("sessions",), 14),
        (("sessions", "corp"), 14),
        (("sessions", "corp", "mode"), 15),
        (("sessions", "a.bA"), 16),
        (("sessions", "a.bA", "x"), 17),
        (("sessions", "a.bA", "sub", "deep"), 18),
        (("profiles", "dev", "mirror"), 20),
        (("nowhere",), None),
        (("sessions", "lost", "mode"), 14),
    ],
)
def test_the_line_of(path: tuple[str, ...], line: int | None) -> None:
    """Each form that TOML has for a place leads to its line."""
    tomllib.loads(TEXT)

    assert line_of(TEXT, path) == line
    assert line_of(TEXT.replace("\n", "\r\n"), path) == line


NAMES = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126))
VALUES = st.sampled_from(
    [
        "1",
        '"#]"',
        "'\"[{'",
        '["a", # ]\n "b"\n]',
        '"""\n[x]\nmode = 1\n"""',
        "'''\na = 1'''",
        "{ a = '}', b = [1] } # [c]",
    ]
)


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES)), st.booleans())
def test_every_value_is_found(
    tables: dict[str, dict[str, str]],
    spaced: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    """Whatever stands between them, each key is found on the line where it was put."""
    text, wanted = "", {}
    for table, values in tables.items():
        text += f"[{json.dumps(table)}]\n"
        for key, value in values.items():
            text += "\n # x = 1\n" if spaced else ""
            wanted[table, key] = text.count("\n") + 1
            text += f"{json.dumps(key)} = {value}\n"
    tomllib.loads(text)

    assert {path: line_of(text, path) for path in wanted} == wanted


def test_the_last_line_may_have_no_end() -> None:
    """Editors that put no line break at a file's end cost nobody a line's number."""
    assert line_of("a = 1\nb = 2", ("b",)) == 2
    assert line_of("b = [\n1,\n]", ("b",)) == 1
