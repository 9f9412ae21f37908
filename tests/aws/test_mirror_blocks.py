"""Blocks in the shared credentials file: all other bytes stay, botocore reads ours."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from botocore.configloader import raw_config_parse
from botocore.exceptions import ConfigParseError
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours
from tray.aws.mirror_blocks import mirrored, without_blocks
from tray.core.credentials import RoleCredentials
from tray.core.delivery import Snag
from tray.core.model import Secret

WORLD, OTHER = "0a1b2c3d", "ffffffff"
HAND = "[old]\naws_access_key_id = A\naws_secret_access_key = B\n"


def keys(name: str = "ASIA1") -> RoleCredentials:
    """Give keys for an hour."""
    return RoleCredentials(
        name, Secret("se/cr+et=="), Secret("to%ken;#="), NOON + hours(1)
    )


def read(text: str) -> dict[str, dict[str, str]]:
    """Give what botocore reads in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "credentials"
        path.write_bytes(text.encode("latin-1"))
        found: dict[str, dict[str, str]] = raw_config_parse(str(path))
    return found


def members(one: RoleCredentials) -> dict[str, str]:
    """Give what botocore should read."""
    return {
        "aws_access_key_id": one.access_key_id,
        "aws_secret_access_key": one.secret_access_key.reveal(),
        "aws_session_token": one.session_token.reveal(),
    }


NAMES = st.from_regex(r"[a-z][a-z0-9.+@:/-]{0,8}( [a-z]{1,3})?", fullmatch=True)
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """Give a file as people write it, with comments, gaps and a last line or not."""
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    ending = draw(ENDINGS)
    comment = st.sampled_from(["", "# mine", "; x", "  # sso-tray end", "#"])
    lines = [draw(comment)]
    for name in names:
        lines += [f"[hand-{name}]", "aws_access_key_id = A", draw(comment)]
        lines += ["s3 =", "  max_queue_size = 10"] * draw(st.booleans())
        lines += [
            f"note = \xc3\xa9 {draw(st.text('abc[]=#', max_size=6))}",
            draw(comment),
        ]
    text = ending.join(lines)
    return text + ending * draw(st.booleans())


WANTED = st.dictionaries(
    NAMES,
    st.builds(
        RoleCredentials,
        st.from_regex(r"ASIA[A-Z0-9]{4}", fullmatch=True),
        st.builds(Secret, st.text("abc/+=%#;[]$", min_size=1)),
        st.builds(Secret, st.text("abc/+=%#;[]$", min_size=1)),
        st.just(NOON),
    ),
    max_size=4,
)


@given(files(), WANTED, WANTED)
def test_every_other_byte_stays_and_botocore_reads_ours(
    text: str,
    first: dict[str, RoleCredentials],
    second: dict[str, RoleCredentials],
) -> None:
    """Written, renewed, changed and removed, the file is what it was before."""
    before = read(text)
    once = mirrored(text, WORLD, first)
    twice = mirrored(once.text, WORLD, second)

    for result, wanted in ((once, first), (twice, second)):
        assert not result.snags
        assert read(result.text) == before | {n: members(k) for n, k in wanted.items()}
        assert result.text.startswith(text)
        assert mirrored(result.text, WORLD, wanted) == result
        assert read(without_blocks(result.text)) == before
        assert mirrored(result.text, WORLD, {}).text == text


@given(files(), WANTED, WANTED, files())
def test_what_is_written_after_us_stays_too(
    text: str,
    first: dict[str, RoleCredentials],
    others: dict[str, RoleCredentials],
    more: str,
) -> None:
    """Another daemon's blocks and sections that come later are not ours to touch."""
    mine = {f"m-{name}": one for name, one in first.items()}
    later = more.replace("[hand-", "[later-")
    both = mirrored(mirrored(text, WORLD, mine).text, OTHER, others)
    if not both.text.endswith(("\n", "\r")):
        later = f"\n{later}"
    whole = both.text + later

    left = mirrored(whole, WORLD, {})

    assert not both.snags
    expected = mirrored(text, OTHER, others).text
    assert read(left.text) == read(expected + ("" if not later else "\n") + later)
    assert left.text.endswith(later)
    assert left.text.startswith(text)


@given(st.text(st.characters(codec="latin-1"), max_size=200), WANTED)
def test_no_text_is_lost(text: str, wanted: dict[str, RoleCredentials]) -> None:
    """Whatever a file holds, it comes back whole when our blocks go."""
    written = mirrored(text, WORLD, wanted)

    assert written.text.startswith(text)
    assert mirrored(written.text, WORLD, {}).text == text
    try:
        before = read(text)
    except ConfigParseError:
        return
    for name, one in wanted.items():
        if name not in written.snags:
            assert read(written.text)[name] == members(one)
    assert {**read(written.text), **before} == read(written.text)


@pytest.mark.parametrize(
    ("text", "name", "snag"),
    [
        (HAND, "old", Snag.BY_HAND),
        ("[ new ]\n", " new ", Snag.NAME),
        ("", "a]b", Snag.NAME),
        ("", "DEFAULT", Snag.NAME),
        ("", "Default", Snag.NAME),
        ("", "", Snag.NAME),
        ("", "n\xe9", Snag.NAME),
        ("", "two\nlines", Snag.NAME),
        ("no section\n", "new", Snag.FILE),
        (f"{HAND}{HAND}", "new", Snag.FILE),
        ("\xef\xbb\xbf[x]\n", "new", Snag.FILE),
        ("[x]\na = \xe9\n", "new", Snag.FILE),
    ],
)
def test_what_can_not_be_written_is_not(text: str, name: str, snag: Snag) -> None:
    """It is told why, and the file stays as it is."""
    assert mirrored(text, WORLD, {name: keys()}).snags == {name: snag}
    assert mirrored(text, WORLD, {name: keys()}).text == text


def test_default_is_a_section_like_others() -> None:
    """The profile that all tools take first can be mirrored."""
    written = mirrored(HAND, WORLD, {"default": keys()})

    assert read(written.text)["default"] == members(keys())


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "\xe9"])
def test_keys_that_would_break_the_file(value: str) -> None:
    """Nothing that AWS answers can put lines of its own into the file."""
    for odd in (
        replace(keys(), access_key_id=value),
        replace(keys(), secret_access_key=Secret(value)),
        replace(keys(), session_token=Secret(value)),
    ):
        assert mirrored(HAND, WORLD, {"new": odd}).snags == {"new": Snag.VALUE}


END, REGION, NEXT = "# sso-tray end\n", "region = x\n", "[next]\nx = 1\n"
KEY, TOKEN = "aws_access_key_id = ", "aws_session_token ="


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (TOKEN, f"{REGION}{TOKEN}", f"[new]\n{REGION}"),
        (END, f"{END}{REGION}", f"[new]\n{REGION}"),
        (END, f"{END}\n# why\n  x = 1\n", "[new]\n\n# why\n  x = 1\n"),
        (END, f"# ours\n{END}", "[new]\n# ours\n"),
        (END, "", ""),
        (END, NEXT, NEXT),
        (END, f"{REGION}{NEXT}", f"[new]\n{REGION}{NEXT}"),
        (f"{KEY}ASIA1", f"{KEY}my own", f"[new]\n{KEY}my own\n"),
        ("[new]\n", "", ""),
    ],
)
def test_what_people_wrote_into_a_block_is_kept(old: str, new: str, left: str) -> None:
    """Such a block is not renewed; our keys go, and their lines stay."""
    written = mirrored(HAND, WORLD, {"new": keys()}).text
    edited = HAND + written.removeprefix(HAND).replace(old, new)
    assert edited != written

    again = mirrored(edited, WORLD, {"new": keys("ASIA2")})

    assert mirrored(edited, WORLD, {}).text == HAND + left
    if left.startswith("[new]"):
        assert again.snags == {"new": Snag.EDITED}
        assert again.text == HAND + left
        assert mirrored(again.text, WORLD, {"new": keys()}).snags == {
            "new": Snag.BY_HAND
        }


def test_two_blocks_without_an_end() -> None:
    """Each ends where the next begins."""
    written = mirrored(HAND, WORLD, {"a": keys(), "b": keys()}).text

    cut = written.replace("# sso-tray end\n", "")

    assert mirrored(cut, WORLD, {}).text == HAND


def test_another_daemons_profile_is_taken() -> None:
    """Two daemons don't write one section twice."""
    theirs = mirrored(HAND, OTHER, {"new": keys()}).text

    assert mirrored(theirs, WORLD, {"new": keys()}).snags == {"new": Snag.BY_HAND}
    assert mirrored(theirs, WORLD, {}).text == theirs
