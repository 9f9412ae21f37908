"""A center with a clock that tests move, and AWS's own clients for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import boto3.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from tests.demo.programs import Keys, Program
from tests.fakes.basics import FakeClock
from tray.core.model import AccessToken
from tray.demo.center import Center, CenterSettings

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient
    from mypy_boto3_sso_oidc import SSOOIDCClient

CONFIG = Config(
    signature_version=UNSIGNED,
    connect_timeout=2,
    read_timeout=2,
    retries={"total_max_attempts": 1},
)


@pytest.fixture(scope="session")
def aws() -> boto3.session.Session:
    """Give one session, whose service models are read once."""
    return boto3.session.Session()


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture
def center(clock: FakeClock) -> Iterator[Center]:
    """Give a running center with its usual settings."""
    with Center(CenterSettings(), clock=clock.now) as center:
        yield center


@pytest.fixture
def oidc(aws: boto3.session.Session, center: Center) -> Iterator[SSOOIDCClient]:
    """Give boto3's client of the OIDC service."""
    client = aws.client(
        "sso-oidc", endpoint_url=center.url, region_name="eu-west-1", config=CONFIG
    )
    yield client
    client.close()


@pytest.fixture
def portal(aws: boto3.session.Session, center: Center) -> Iterator[SSOClient]:
    """Give boto3's client of the access portal."""
    client = aws.client(
        "sso", endpoint_url=center.url, region_name="eu-west-1", config=CONFIG
    )
    yield client
    client.close()


@pytest.fixture
def program(center: Center, oidc: SSOOIDCClient) -> Program:
    """Give a program that wants tokens."""
    return Program(center, oidc)


@pytest.fixture
def token(center: Center) -> AccessToken:
    """Give a live token of Alice's."""
    return center.issue("corp", "alice")


@pytest.fixture
def renew(program: Program, token: AccessToken) -> Callable[[], object]:
    """Give a function that renews it."""
    assert token.client_id is not None
    assert token.client_secret is not None
    assert token.refresh_token is not None
    keys = Keys(token.client_id, token.client_secret.reveal())
    text = token.refresh_token.reveal()
    return lambda: program.renew(keys, text)


@pytest.fixture
def look(portal: SSOClient, token: AccessToken) -> Callable[[], object]:
    """Give a function that lists the accounts."""
    return lambda: portal.list_accounts(accessToken=token.value.reveal())
