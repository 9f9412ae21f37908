"""STS through boto3: credentials for a role, with those of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tray.aws.clients import Clients
from tray.aws.faults import Doing, not_aws, told_as_ours
from tray.core.credentials import RoleCredentials
from tray.core.errors import ConfigError, Refused, TrayError
from tray.core.model import Profile, Secret, SsoSession
from tray.core.roles import SESSION_NAME, AssumedRole
from tray.core.wording import roles as wording

if TYPE_CHECKING:
    from mypy_boto3_sts.type_defs import AssumeRoleRequestTypeDef

_ARN = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+", re.ASCII)

_TURNED_AWAY = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""What STS says to keys that are over, or signed at another time."""


class Sts:
    """`RoleAssumer` through boto3."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def assume(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> RoleCredentials:
        """Give credentials for the last of a profile's roles, with those before it."""
        role, region = profile.roles[-1], profile.region or session.region
        with told_as_ours(session, Doing.STS), _told_of_roles(session, profile, region):
            client = self._clients.sts(region, keys)
            answer = client.assume_role(**_request(role))
        return _credentials(answer.get("Credentials"), session)


def _request(role: AssumedRole) -> AssumeRoleRequestTypeDef:
    """Give what botocore's `AssumeRoleProvider` would ask for."""
    asked: AssumeRoleRequestTypeDef = {
        "RoleArn": role.role_arn,
        "RoleSessionName": role.session_name or SESSION_NAME,
    }
    if role.external_id:
        asked["ExternalId"] = role.external_id
    if role.duration:
        asked["DurationSeconds"] = role.duration
    return asked


@contextmanager
def _told_of_roles(
    session: SsoSession, profile: Profile, region: str
) -> Iterator[None]:
    """Turn what STS says about roles into our errors; all else passes."""
    from botocore.exceptions import ClientError, ParamValidationError

    try:
        yield
    except ParamValidationError:  # its text repeats what was asked
        raise ConfigError(*_no_such_role(profile)) from None
    except ClientError as error:
        told = _told(error.response, session, profile, region)
        if told is None:
            raise
        raise told from None


def _told(
    response: Mapping[str, object], session: SsoSession, profile: Profile, region: str
) -> TrayError | None:
    error = response.get("Error")
    code = error.get("Code") if isinstance(error, Mapping) else None
    if code == "AccessDenied":
        return Refused(*wording.may_not(profile.name, _shown(profile.roles[-1])))
    if code == "ValidationError":
        return ConfigError(*_no_such_role(profile))
    if code == "RegionDisabledException":
        return ConfigError(*wording.region_off(profile.name, region))
    if code in _TURNED_AWAY:
        return Refused(*wording.source_over(profile.name, session.name))
    return None


def _no_such_role(profile: Profile) -> tuple[str, str]:
    return wording.no_such_role(profile.name, _shown(profile.roles[-1]))


def _shown(role: AssumedRole) -> str:
    """Give the ARN where it is one; anything may stand in a config."""
    return role.role_arn if _ARN.fullmatch(role.role_arn) else repr(role.role_arn[:80])


def _credentials(found: object, session: SsoSession) -> RoleCredentials:
    match found:
        case {
            "AccessKeyId": str(key),
            "SecretAccessKey": str(secret),
            "SessionToken": str(token),
            "Expiration": datetime() as end,
        }:
            whole = end.astimezone(UTC)
            return RoleCredentials(key, Secret(secret), Secret(token), whole)
        case _:
            raise not_aws(session)
