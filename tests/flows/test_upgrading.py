"""An upgrade is planned from what is there, and made only if that still holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.fakes.editing import MemoryEditor
from tray.core.errors import TrayError
from tray.core.model import AwsConfig
from tray.core.upgrading import LegacyProfile
from tray.flows.upgrading import Upgrades

URL = "https://acme.awsapps.com/start"
TEXT = f"""\
[profile a]
sso_start_url = {URL}
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Admin
"""


@dataclass
class Reader:
    """A config whose legacy profiles a test says."""

    legacy: list[LegacyProfile] = field(
        default_factory=lambda: [LegacyProfile("a", URL, "eu-west-1")]
    )

    def read(self) -> AwsConfig:
        """Give a config without sessions."""
        return AwsConfig()

    def legacy_profiles(self) -> tuple[LegacyProfile, ...]:
        """Give them."""
        return tuple(self.legacy)


def test_plan_diff_write_undo() -> None:
    """Nothing is written before `write`, and `undo` takes it back."""
    editor = MemoryEditor(TEXT)
    upgrades = Upgrades(Reader(), editor)
    plan = upgrades.plan()

    assert "+sso_session = acme" in upgrades.diff(plan)
    assert editor.text == TEXT
    assert upgrades.write(plan) is not None
    assert editor.text == (
        "[profile a]\nsso_account_id = 111122223333\nsso_role_name = Admin\n"
        "sso_session = acme\n\n"
        f"[sso-session acme]\n# managed by sso-tray\nsso_start_url = {URL}\n"
        "sso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n"
    )
    upgrades.undo()
    assert editor.text == TEXT


def test_a_session_of_any_kind_keeps_its_name() -> None:
    """A name is taken even where the reader makes no session of its section."""
    upgrades = Upgrades(Reader(), MemoryEditor(f"{TEXT}[sso-session acme]\n"))

    assert upgrades.plan().groups[0].session.name == "acme-2"


def test_a_config_that_changed_meanwhile_is_not_written() -> None:
    """People agreed to another change."""
    reader, editor = Reader(), MemoryEditor(TEXT)
    upgrades = Upgrades(reader, editor)
    plan = upgrades.plan()
    reader.legacy.append(LegacyProfile("b", URL, "eu-west-1"))

    with pytest.raises(TrayError, match="while you decided"):
        upgrades.write(plan)
    assert editor.text == TEXT
