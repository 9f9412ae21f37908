"""What can be asked of the small Identity Center, by AWS's own names."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """An operation of the services, or a page; failures and counts go by these."""

    ANY = "*"
    REGISTER_CLIENT = "RegisterClient"
    START_DEVICE_AUTHORIZATION = "StartDeviceAuthorization"
    CREATE_TOKEN = "CreateToken"  # noqa: S105 - an operation's name
    CREATE_TOKEN_BY_CODE = "CreateToken/authorization_code"  # noqa: S105 - a name
    CREATE_TOKEN_BY_DEVICE = "CreateToken/device_code"  # noqa: S105 - a name
    CREATE_TOKEN_BY_REFRESH = "CreateToken/refresh_token"  # noqa: S105 - a name
    LIST_ACCOUNTS = "ListAccounts"
    LIST_ACCOUNT_ROLES = "ListAccountRoles"
    GET_ROLE_CREDENTIALS = "GetRoleCredentials"
    LOGOUT = "Logout"
    ASSUME_ROLE = "AssumeRole"
    AUTHORIZE = "Authorize"
    CONSENT = "Consent"
    DEVICE_PAGE = "DevicePage"
    START_PAGE = "StartPage"
    SIGN_IN = "SignIn"
    SIGN_OUT = "SignOut"
    OTHER = "Other"

    def covers(self, other: Operation) -> bool:
        """Tell whether another operation is this one, or a part of it."""
        return self in {Operation.ANY, other} or other.startswith(f"{self}/")
