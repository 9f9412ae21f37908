"""The portal's limit: so many requests a second, and 429 for those beyond."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.fakes.basics import FakeClock
from tray.core.model import AccessToken
from tray.demo.center import Center, Limit

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient


@pytest.mark.parametrize("named", [None, 3])
def test_a_burst_and_then_the_rate(
    portal: SSOClient,
    center: Center,
    clock: FakeClock,
    token: AccessToken,
    named: int | None,
) -> None:
    """Five at once, then one for each half second; the refusal names its time."""
    limit = Limit(rate=2, burst=5, retry_after=named)
    center.configure(replace(center.settings, portal_limit=limit))
    text = token.value.reveal()

    def answered() -> int:
        for count in range(20):
            try:
                portal.list_accounts(accessToken=text)
            except ClientError as error:
                metadata = error.response["ResponseMetadata"]
                assert metadata["HTTPStatusCode"] == 429
                assert metadata["HTTPHeaders"].get("retry-after") == (
                    None if named is None else str(named)
                )
                return count
        return 20

    assert answered() == 5
    clock.advance(timedelta(seconds=1))
    assert answered() == 2


def test_logging_out_is_never_refused(
    portal: SSOClient, center: Center, token: AccessToken
) -> None:
    """Only lists and keys count."""
    center.configure(replace(center.settings, portal_limit=Limit(1, 1)))
    portal.list_accounts(accessToken=token.value.reveal())

    portal.logout(accessToken=token.value.reveal())

    assert center.portal_sessions()[0].ended
