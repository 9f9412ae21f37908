"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes.aws import TOKEN_ANSWER, canned, canned_service
from tests.fakes.oidc import OidcWorld

if TYPE_CHECKING:
    from tests.fakes.secure import Authority


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OidcWorld]:
    """Give a world whose service takes every address of AWS's."""
    with canned_service(canned(200, **TOKEN_ANSWER)) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        yield OidcWorld(tmp_path / "cache", service)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Give an authority that botocore's clients are told to trust."""
    from tests.fakes.secure import Authority  # not on Windows: it needs cryptography

    made = Authority(tmp_path)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(made.path))
    return made
