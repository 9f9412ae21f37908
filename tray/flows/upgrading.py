"""Brings legacy profiles under an `sso-session`: a plan first, then its execution."""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.edits import Kind, Written
from tray.core.errors import TrayError
from tray.core.ports import ConfigEditor
from tray.core.ports.editing import LegacyReader
from tray.core.upgrading import UpgradePlan, plan_upgrade
from tray.core.wording import upgrading as wording


@dataclass(frozen=True, slots=True)
class Upgrades:
    """What `upgrade` does."""

    config: LegacyReader
    """AWS's config, as it is read."""

    editor: ConfigEditor
    """The same, to be changed."""

    def plan(self) -> UpgradePlan:
        """Tell what is to change; writes nothing. Raises as `ConfigEditor` does."""
        heads = self.editor.heads()
        taken = frozenset(one.name for one in heads if one.kind is Kind.SESSION)
        sessions = self.config.read().sessions
        return plan_upgrade(self.config.legacy_profiles(), sessions, taken)

    def diff(self, plan: UpgradePlan) -> str:
        """Give the change as a diff for people. Raises as `ConfigEditor` does."""
        return self.editor.diff(plan.edits())

    def write(self, plan: UpgradePlan) -> Written | None:
        """Do it, unless the config has changed since it was planned.

        Gives None when there is nothing to do. Raises `TrayError`, and as
        `ConfigEditor` does; nothing is changed then.
        """
        if self.plan() != plan:
            raise TrayError(*wording.changed_meanwhile())
        return self.editor.write(plan.edits())

    def undo(self) -> Written:
        """Take the last change back. Raises as `ConfigEditor` does."""
        return self.editor.undo()
