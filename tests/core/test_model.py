"""The things of Identity Center: secrets stay secret, keys are those of AWS's tools."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_session, a_token
from tray.core.errors import KINDS, CannotTell, TrayError, from_wire
from tray.core.model import CachedToken, PkceRequest, Secret


@given(st.text(min_size=8, max_size=40))
def test_a_secret_shows_itself_nowhere(text: str) -> None:
    """No way of printing a secret, or what holds it, gives its text."""
    secret = Secret(text)
    token = a_token(text=f"zq{text}zq")

    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r:>20}"):
        assert shown.strip() == "Secret(••••)"
    assert f"zq{text}zq" not in repr(token)
    assert secret.reveal() == text


def test_secrets_compare_and_are_never_pickled() -> None:
    """Equal texts make equal secrets; no secret goes through pickle."""
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a").fingerprint() != Secret("b").fingerprint()
    with pytest.raises(TypeError):
        pickle.dumps(Secret("a"))


def test_the_cache_key_is_the_one_of_the_aws_cli() -> None:
    """SHA-1 of the session's name, or of the start URL as written for legacy ones."""
    assert a_session("corp").cache_key == "ee0bfd2552fbd840c02cc48b6e823320543c450f"
    legacy = a_session(legacy=True)
    assert legacy.cache_key == "40169cea58ca6cbf23fb27b2542923fb5f524af0"


def test_the_challenge_is_the_one_of_the_rfc() -> None:
    """The example of RFC 7636, appendix B, comes out right."""
    verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    request = PkceRequest("http://127.0.0.1:1/oauth/callback", "state", verifier)

    assert request.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_errors_cross_a_wire() -> None:
    """Every error keeps its class, title and remedy; an unknown one is plain."""
    for kind, leaf in KINDS.items():
        error = from_wire(kind, "What.", "Do.")
        assert type(error) is leaf
        assert (error.title, error.remedy) == ("What.", "Do.")
    assert type(from_wire("from the future", "What.", "")) is TrayError
    assert str(CannotTell("Offline.", "Wait.")) == "Offline. Wait."
    assert str(TrayError("Only this.")) == "Only this."


def test_a_cached_token_tells_itself_from_another() -> None:
    """The mark is made from the token, or kept where one is given."""
    one = a_token()

    assert one.fingerprint == one.token.value.fingerprint()
    assert CachedToken(one.token, one.written_at, "mark").fingerprint == "mark"
