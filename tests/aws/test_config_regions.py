"""Sessions without a region: the line to write is named where it can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray.aws.config import ConfigFile
from tray.core.model import Problem

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"


def problem_of(home: Path, start_url: str, more: str = "") -> Problem:
    """Give what is said of a session with this start URL and no region."""
    (home / ".aws").mkdir(exist_ok=True)
    (home / ".aws" / "config").write_text(
        f"[sso-session corp]\nsso_start_url = {start_url}\n{more}"
    )
    config = ConfigFile({}, home).read()
    assert [session.region for session in config.sessions] == [""]
    assert config.sessions[0].start_url == start_url
    return config.problems[0].problem


def test_a_portal_that_tells_its_region_names_the_line(calm_world: Path) -> None:
    """What stands in the address need not be looked up anywhere."""
    said = problem_of(calm_world, f"{PORTAL}/start/#/")

    assert "has no sso_region" in said.title
    assert said.remedy == "Add: sso_region = eu-west-1"


@pytest.mark.parametrize(
    "url",
    ["https://d-1.awsapps.com/start", "https://sso.corp.example", "https://[::1/"],
)
def test_other_addresses_tell_nothing(calm_world: Path, url: str) -> None:
    """Where nothing is known the usual words are said."""
    assert "aws configure sso" in problem_of(calm_world, url).remedy


def test_a_slip_in_the_key_is_named_instead(calm_world: Path) -> None:
    """A region under a mistyped key is there already."""
    said = problem_of(calm_world, PORTAL, "sso_regoin = eu-west-1\n")

    assert "sso_regoin" in said.title
    assert said.remedy.startswith("Write sso_region")
