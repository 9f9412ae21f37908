"""Sections are changed, and every other byte stays."""

from __future__ import annotations

import pytest

from tray.aws.config_editor import Edited, _prove, edit_text, heads_in
from tray.core.edits import Add, Change, Edit, Head, Kind, Remove, Rename
from tray.core.errors import ConfigError

DEV = Head(Kind.PROFILE, "dev")
OPS = Head(Kind.PROFILE, "ops")
CORP = Head(Kind.SESSION, "corp")
VALUES = (("sso_session", "corp"), ("region", "eu-west-1"))

BLOCK = "# managed by sso-tray\nsso_session = corp\nregion = eu-west-1\n"

CASES: list[tuple[str, str, list[Edit], str]] = [
    ("an empty file", "", [Add(DEV, VALUES)], f"[profile dev]\n{BLOCK}"),
    (
        "a file without a last line end",
        "[default]\nregion = x",
        [Add(DEV, VALUES)],
        f"[default]\nregion = x\n\n[profile dev]\n{BLOCK}",
    ),
    (
        "line ends of Windows",
        "[default]\r\nregion = x\r\n",
        [Add(CORP, (("sso_region", "x"),))],
        (
            "[default]\r\nregion = x\r\n\r\n"
            "[sso-session corp]\r\n# managed by sso-tray\r\nsso_region = x\r\n"
        ),
    ),
    (
        "two at once",
        "",
        [Add(DEV, VALUES), Add(OPS, VALUES)],
        f"[profile dev]\n{BLOCK}\n[profile ops]\n{BLOCK}",
    ),
    (
        "a name with a space that was there",
        '[profile "my dev"]\n',
        [Change(Head(Kind.PROFILE, "my dev"), (("region", "x"),))],
        '[profile "my dev"]\nregion = x\n',
    ),
    (
        "a value with the sign of a comment that all read as part of it",
        "",
        [Add(DEV, (("sso_start_url", "https://x/start/#/;a"),))],
        "[profile dev]\n# managed by sso-tray\nsso_start_url = https://x/start/#/;a\n",
    ),
    (
        "the default profile has no first word",
        "",
        [Add(Head(Kind.PROFILE, "default"), ())],
        "[default]\n# managed by sso-tray\n",
    ),
    (
        "a value keeps the spacing of its line",
        "[profile dev]\nregion=a  \n  # why\nREGION2 :  b\noutput\t=\tc\n",
        [Change(DEV, (("region", "x"), ("region2", "y"), ("output", "z")))],
        "[profile dev]\nregion=x\n  # why\nREGION2 :  y\noutput\t=\tz\n",
    ),
    (
        "a key that is missing comes behind the last",
        "[profile dev]\nregion = a\n\n# about ops\n[profile ops]\n",
        [Change(DEV, (("output", "json"),))],
        "[profile dev]\nregion = a\noutput = json\n\n# about ops\n[profile ops]\n",
    ),
    (
        "a nested value goes with its key, its comments stay",
        "[profile dev]\ns3 =\n  a = b\n  # note\n  c = d\nregion = x\n",
        [Change(DEV, drop=("s3", "missing"))],
        "[profile dev]\nregion = x\n",
    ),
    (
        "a value of many lines becomes one",
        "[profile dev]\nregion =\n  a\n  # note\n  b\n",
        [Change(DEV, (("region", "x"),))],
        "[profile dev]\nregion = x\n  # note\n",
    ),
    (
        "all keys of a last line without an end",
        "[profile dev]\nregion = a",
        [Change(DEV, (("output", "json"),), ("region",))],
        "[profile dev]\noutput = json\n",
    ),
    (
        "a section goes, and what is said about the next one stays",
        "[profile dev]\n# of dev\nregion = a\n\n# about ops\n[profile ops]\nx = 1\n",
        [Remove(DEV)],
        "# about ops\n[profile ops]\nx = 1\n",
    ),
    (
        "what goes and comes again stands at the end",
        "[profile dev]\nregion = a\n\n[profile ops]\n",
        [Remove(DEV), Add(DEV, VALUES)],
        f"[profile ops]\n\n[profile dev]\n{BLOCK}",
    ),
    (
        "a name changes in its place",
        "[profile dev] # mine\nregion = a\n",
        [Rename(DEV, "new")],
        "[profile new] # mine\nregion = a\n",
    ),
    (
        "two swap their names",
        "[profile dev]\nx = 1\n[profile ops]\n",
        [Rename(DEV, "mid"), Rename(OPS, "dev"), Rename(Head(DEV.kind, "mid"), "ops")],
        "[profile ops]\nx = 1\n[profile dev]\n",
    ),
    (
        "a mark at the beginning stays",
        "\ufeff[profile dev]\nregion = a\n",
        [Change(DEV, (("region", "b"),))],
        "\ufeff[profile dev]\nregion = b\n",
    ),
    (
        "sections of others may stand twice",
        "[profile x]\na = 1\n[profile x]\nb = 2\n[profile dev]\n",
        [Change(DEV, (("region", "b"),))],
        "[profile x]\na = 1\n[profile x]\nb = 2\n[profile dev]\nregion = b\n",
    ),
    (
        "nothing to do",
        "[profile dev]\nregion = a\n",
        [Change(DEV)],
        "[profile dev]\nregion = a\n",
    ),
    (
        "the same value again",
        "[profile dev]\nregion=a \n",
        [Change(DEV, (("region", "a"),))],
        "[profile dev]\nregion=a \n",
    ),
]


@pytest.mark.parametrize(("about", "text", "edits", "after"), CASES)
def test_edits(about: str, text: str, edits: list[Edit], after: str) -> None:
    """Each edit changes its own lines and no others."""
    assert about
    assert edit_text(text, edits).text == after


REFUSED: list[tuple[str, str, list[Edit], str]] = [
    (
        "there already",
        "[profile dev]\n",
        [Add(DEV, ())],
        "config, line 1: [profile dev] is there",
    ),
    ("twice in one go", "", [Add(DEV, ()), Add(DEV, ())], "is there"),
    ("not there", "[profile ops]\n", [Change(DEV)], "no section [profile dev]"),
    ("not there to go", "", [Remove(CORP)], "no section [sso-session corp]"),
    ("not there to rename", "", [Rename(DEV, "x")], "no section"),
    (
        "the new name is taken",
        "[profile dev]\n[profile ops]\n",
        [Rename(DEV, "ops")],
        "config, line 2",
    ),
    ("there twice", "[profile dev]\n[profile dev]\n", [Change(DEV)], "more than once"),
    (
        "a name with a bracket",
        "",
        [Add(Head(Kind.PROFILE, "a]b"), ())],
        "can't be the name",
    ),
    (
        "a value of two lines",
        "",
        [Add(DEV, (("a", "b\n[c]"),))],
        "can't stand in one line",
    ),
    (
        "a new name that it does not read",
        "[profile dev]\n",
        [Rename(DEV, "my dev")],
        "not every SDK",
    ),
    ("a key with a space", "", [Add(DEV, (("a b", "c"),))], "can't stand in one line"),
    (
        "merge marks",
        "[a]\n<<<<<<< HEAD\n",
        [Add(DEV, ())],
        "config, line 2: this line is neither",
    ),
    (
        "a setting with no header",
        "a = b\n",
        [Add(DEV, ())],
        "config, line 1: this line",
    ),
    (
        "an indented header behind what goes",
        "[profile dev]\nregion = a\n  [profile x]\n",
        [Change(Head(Kind.PROFILE, "x"))],
        "no section [profile x]",
    ),
    (
        "a section that would become part of a value",
        "[profile dev]\n[x]\n  [y]\n    z = 1\n",
        [Remove(Head(Kind.PROFILE, "dev")), Change(Head(Kind.PROFILE, "dev"))],
        "no section",
    ),
]


@pytest.mark.parametrize(("about", "text", "edits", "title"), REFUSED)
def test_refusals(about: str, text: str, edits: list[Edit], title: str) -> None:
    """What can't be done safely is refused, with the place."""
    assert about
    with pytest.raises(ConfigError) as refused:
        edit_text(text, edits, "config")

    assert title in refused.value.title
    assert refused.value.remedy


def test_a_default_section_is_no_part_of_an_edit() -> None:
    """What every section borrows can't change under the others unseen."""
    text = "[profile dev]\nregion = a\n[DEFAULT]\nx = 1\n"

    assert "[DEFAULT]\nx = 1\n" in edit_text(text, [Remove(DEV)]).text


def test_sections_are_told_apart_by_our_mark() -> None:
    """The mark stands right under the header; anywhere else it is a comment."""
    text = (
        "[profile dev]\n; managed by sso-tray\na = 1\n"
        "[profile ops]\na = 1\n# managed by sso-tray\n[services x]\n"
    )

    assert heads_in(text) == (frozenset({DEV, OPS}), frozenset({DEV}))


def test_the_credentials_file_has_bare_headers() -> None:
    """There each header is a name, also one that begins with 'profile'."""
    mine, odd = Head(Kind.BARE, "mine"), Head(Kind.BARE, "profile x")
    edited = edit_text("[profile x]\na = 1\n", [Add(mine, (("b", "2"),))], bare=True)

    assert edited.text == "[profile x]\na = 1\n\n[mine]\n# managed by sso-tray\nb = 2\n"
    assert heads_in(edited.text, bare=True) == (
        frozenset({mine, odd}),
        frozenset({mine}),
    )


def test_a_change_that_touches_more_is_refused() -> None:
    """However it came about: another section that reads otherwise stops the write."""
    edited = Edited(("[x]\n", "a = 1\n"), ("[x]\n", "a = 2\n"))

    with pytest.raises(ConfigError, match="would have been touched"):
        _prove(edited, frozenset({DEV}), "config", bare=False)
