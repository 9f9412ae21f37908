"""The recipes for Homebrew and winget: never run, so at least held to their form."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

import tray
from tests.packages.conftest import PACKAGING

WINGET = PACKAGING / "winget"
FORMULA = PACKAGING / "homebrew" / "sso-tray.rb"
ALWAYS = {"PackageIdentifier", "PackageVersion", "ManifestType", "ManifestVersion"}
FIELDS = {
    "sso-tray.yaml": ALWAYS | {"DefaultLocale"},
    "sso-tray.locale.en-US.yaml": ALWAYS
    | {"PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"},
    "sso-tray.installer.yaml": ALWAYS | {"Installers", "InstallerType"},
}
"""What winget's manifest schema asks for, by kind of file."""

TYPES = {"version", "defaultLocale", "installer"}


def manifest(name: str) -> dict[str, Any]:
    """Read one of winget's files."""
    read: dict[str, Any] = yaml.safe_load((WINGET / name).read_text(encoding="utf-8"))
    return read


def test_winget_s_files_are_three() -> None:
    """A package of winget is a version, its texts and its installers."""
    assert {path.name for path in WINGET.iterdir()} == set(FIELDS)
    assert {manifest(name)["ManifestType"] for name in FIELDS} == TYPES


@pytest.mark.parametrize("name", FIELDS)
def test_winget_s_fields_are_there(name: str) -> None:
    """Each file has the fields that the schema wants, for the version that is."""
    read = manifest(name)

    assert read.keys() >= FIELDS[name]
    assert read["PackageVersion"] == tray.__version__


def test_winget_s_installer_can_be_found_and_checked() -> None:
    """The installer has an address, a sum of the right length, and a kind."""
    [installer] = manifest("sso-tray.installer.yaml")["Installers"]

    assert installer["InstallerUrl"].startswith("https://")
    assert re.fullmatch("[0-9A-Fa-f]{64}", installer["InstallerSha256"])
    assert installer["Architecture"] in {"x64", "arm64", "neutral"}


def test_the_formula_s_blocks_are_closed() -> None:
    """Each block of the formula has its `end`, and no brace is open."""
    text = re.sub(r"#(?!\{).*", "", FORMULA.read_text(encoding="utf-8"))
    opened = re.findall(r"^\s*(?:class|def)\b|\bdo$", text, re.MULTILINE)

    assert len(opened) == len(re.findall(r"^\s*end$", text, re.MULTILINE))
    assert [text.count(sign) for sign in "([{"] == [text.count(sign) for sign in ")]}"]


def test_the_formula_has_what_homebrew_asks_for() -> None:
    """Description, address, sum, licence and a test are there; so are the papers."""
    text = FORMULA.read_text(encoding="utf-8")
    for word in ("desc", "homepage", "url", "sha256", "license"):
        assert re.search(rf'^  {word} "', text, re.MULTILINE)

    assert "  test do\n" in text
    for place in re.findall(r'install "packaging/([^"]+)"', text):
        assert (PACKAGING / place).exists()


@pytest.mark.parametrize("path", [FORMULA, *sorted(WINGET.iterdir())])
def test_recipes_say_that_they_are_untested(path: Any) -> None:  # noqa: ANN401
    """Nobody takes them for more than they are."""
    assert path.read_text(encoding="utf-8").startswith("# UNTESTED")
    readme = (PACKAGING / "README.md").read_text(encoding="utf-8")
    assert "**Untested**" in readme
