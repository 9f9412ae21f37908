"""Nothing is written that one of the SDKs would read otherwise than the rest."""

from __future__ import annotations

import pytest

from tray.aws.config_editor import edit_text
from tray.core.edits import Add, Change, Head, Kind, Rename
from tray.core.errors import ConfigError

DEV = Head(Kind.PROFILE, "dev")
OPS = Head(Kind.PROFILE, "ops")


@pytest.mark.parametrize("value", ["a #b", "a ; b", "#a", ";", "a\t#"])
def test_no_value_that_one_sdk_would_cut(value: str) -> None:
    """The SDK for JavaScript takes a comment where others read on."""
    for edit in (Add(DEV, (("a", value),)), Change(OPS, (("a", value),))):
        with pytest.raises(ConfigError) as refused:
            edit_text("[profile ops]\n", [edit])

        assert "for a comment" in refused.value.remedy


@pytest.mark.parametrize("name", ["my dev", "d\u00e9v", "a#b", "a,b", "x\n", ""])
def test_no_name_that_one_sdk_would_not_read(name: str) -> None:
    """Neither a new section nor a renamed one gets it."""
    for edit in (Add(Head(Kind.PROFILE, name), ()), Rename(OPS, name)):
        with pytest.raises(ConfigError) as refused:
            edit_text("[profile ops]\n", [edit])

        assert "not every SDK" in refused.value.title
