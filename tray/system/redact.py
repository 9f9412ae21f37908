"""A net under everything that is logged: what looks like a secret becomes dots.

The code above it logs no secrets. This is for what it can't know: other libraries'
texts, tracebacks, messages of servers.
"""

from __future__ import annotations

import re

DOTS = "••••"

_MEMBERS = (
    "access_?token|refresh_?token|id_?token|client_?secret|device_?code|code_?verifier|"
    "secret_?access_?key|session_?token|security_?token|signin_?token|bearer_?token|"
    "aws_secret_access_key|aws_session_token|password|authorization"
)
_NET = (
    # before the members, for "Authorization: Bearer …" has the secret last
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {DOTS}"),
    # "accessToken": "…", 'refreshToken': '…', clientSecret=…, x-amz-sso_bearer_token: …
    (
        re.compile(
            rf"""((?:{_MEMBERS})["']?\s*[:=]\s*(?:b?["'])?)(?!Secret\()[^\s"',;&}}\]]+""",
            re.IGNORECASE,
        ),
        rf"\1{DOTS}",
    ),
    # the code that a browser brings back, and the like, in an address
    (re.compile(r"([?&](?:code|token|state)=)[^&\s\"']+"), rf"\1{DOTS}"),
    # AWS keys, access and refresh tokens of Identity Center, JSON web tokens
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"), DOTS),
    (re.compile(r"\bao[ar]A{3,}[\w+/=:.-]{8,}"), DOTS),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}"), DOTS),
)


def redact(text: str) -> str:
    """Give a text without anything that looks like a secret."""
    for pattern, instead in _NET:
        text = pattern.sub(instead, text)
    return text
