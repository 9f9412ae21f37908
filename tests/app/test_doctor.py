"""`doctor` on a real world: real files, an Identity Center of our own, no desktop."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.fakes.desktop import a_board, a_status
from tray.app.doctor import examined
from tray.core.findings import Finding, Health, Part
from tray.demo.center import Center, CenterSettings
from tray.system.paths import World

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def in_a_world(home: Path, patch: pytest.MonkeyPatch) -> list[Finding]:
    """Examine a home where one session's center answers."""
    with Center(CenterSettings(), lambda: datetime.now(UTC)) as center:
        patch.setenv("AWS_ENDPOINT_URL", center.url)
        patch.setenv("HOME", str(home))
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        environ = {"HOME": str(home), "AWS_ENDPOINT_URL": center.url}
        return list(examined(World.of(environ), a_board(a_status()), None, NOW))


def test_every_part_is_looked_at(
    calm_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All parts but those that have nothing to tell have a line."""
    found = in_a_world(calm_world, monkeypatch)

    assert {one.part for one in found} == set(Part) - {Part.NOTICES, Part.AUDIT}
    network = [one for one in found if one.part is Part.NETWORK]
    assert [one.health for one in network[:2]] == [Health.OK, Health.OK]
    assert not [one for one in found if one.health is Health.BROKEN]


def test_a_registration_is_found(
    calm_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end is read from the AWS CLI's file, damaged or not."""
    from tray.aws.registrations import registration_key

    cache = calm_world / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    file = cache / f"{registration_key(a_session())}.json"
    file.write_text('{"expiresAt": "2026-04-02T12:00:00Z"}')
    found = in_a_world(calm_world, monkeypatch)
    file.write_text("torn")
    torn = in_a_world(calm_world, monkeypatch)

    assert "good for 31 days" in titles(found, Part.REGISTRATIONS)
    assert "none yet" in titles(torn, Part.REGISTRATIONS)


def titles(found: list[Finding], part: Part) -> str:
    """Give what is said about a part."""
    return " ".join(one.title for one in found if one.part is part)
