"""The settings file that people find: all is explained, and nothing is set."""

from __future__ import annotations

import re
import tomllib

from tray.core.setting_keys import KEYS, TABLES, from_mapping
from tray.core.settings import Settings
from tray.core.settings_template import template

SWITCHED_OFF = re.compile(r"#(?=\w+ = |\[)")


def test_it_sets_nothing() -> None:
    """As it stands, everything is as without it."""
    assert from_mapping(tomllib.loads(template())) == (Settings(), ())


def test_each_line_is_good_once_its_mark_is_gone() -> None:
    """Whoever takes every `#` away has every setting, and no mistake."""
    text = "\n".join(SWITCHED_OFF.sub("", line, 1) for line in template().splitlines())
    data = tomllib.loads(text)
    _, problems = from_mapping(data)

    assert problems == ()
    assert {key.name for key in KEYS} <= set(data)
    assert set(TABLES) <= set(data)
