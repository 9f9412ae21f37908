"""Log lines: where they go, and what never stands in them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.model import Secret
from tray.system.log import LARGEST_FILE, Logging
from tray.system.redact import redact

LOUD = ("botocore", "boto3", "urllib3", "apscheduler", "watchdog", "PIL")
WORDS = st.text("abcdefghijkLMNOPQ0123456789-_", min_size=12, max_size=40)


@pytest.fixture(autouse=True)
def levels_again() -> Iterator[None]:
    """Put every logger's level back."""
    names = ("", "tray", *LOUD)
    before = {name: logging.getLogger(name).level for name in names}
    raising = logging.raiseExceptions
    yield
    logging.raiseExceptions = raising
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@given(WORDS)
def test_secrets_become_dots(secret: str) -> None:
    """However a library writes a secret, the log has dots in its place."""
    samples = [
        f'{{"accessToken": "{secret}", "expiresAt": "2026"}}',
        f"{{'refreshToken': '{secret}'}}",
        f"clientSecret={secret}",
        f'"secretAccessKey":"{secret}"',
        f"SessionToken: b'{secret}'",
        f"aws_secret_access_key = {secret}",
        f"aws_session_token={secret}",
        f"Authorization: Bearer {secret}",
        f"'x-amz-sso_bearer_token': '{secret}'",
        f"GET /oauth/callback?code={secret}&state={secret} HTTP/1.1",
        f"https://signin.aws.amazon.com/federation?SigninToken={secret}",
        f"device_code={secret}",
    ]
    for sample in samples:
        assert secret not in redact(sample), sample


@pytest.mark.parametrize(
    "text",
    [
        "ASIAIOSFODNN7EXAMPLE",
        "aoaAAAAAGVhbGxvd29ybGQ:MGUCMQ/abc+def==",
        "aorAAAAAGVhbGxvd29ybGQ_abcdef",
        "eyJraWQiOiJrZXkt.eyJpc3MiOiJodHRwcz.sig_nature",
    ],
)
def test_well_known_shapes_become_dots(text: str) -> None:
    """AWS's keys and tokens are known by their looks, wherever they stand."""
    assert text not in redact(f"failed with {text} there")


def test_plain_words_stay() -> None:
    """What people need to read is left as it is."""
    for text in (
        "logged in to corp until 2026-01-31 09:00:00+00:00",
        "The code ABCD-EFGH is not approved yet.",
        "Secret(••••)",
        "renewing corp: The access token has run out",
        "GET https://portal.sso.eu-west-1.amazonaws.com/logout 200",
    ):
        assert redact(text) == text


def test_the_file_is_private_and_redacted(tmp_path: Path) -> None:
    """Messages, arguments and tracebacks pass the net; the file is for its owner."""
    path = tmp_path / "log" / "sso-tray.log"
    logs = Logging(path)
    logs.start()
    log = logging.getLogger("tray.test")
    log.info("got %s", {"accessToken": "hunter2hunter2", "n": 1})
    log.info("and %r", Secret("hunter2hunter2"))
    broke = RuntimeError('{"refreshToken": "hunter2hunter2"}')
    log.error("it broke", exc_info=broke)
    logs.stop()

    text = path.read_text()
    assert "hunter2" not in text
    assert "it broke" in text
    assert "RuntimeError" in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_libraries_stay_quiet_even_with_debug(tmp_path: Path) -> None:
    """Our debug lines come, botocore's never."""
    path, screen = tmp_path / "sso-tray.log", io.StringIO()
    logs = Logging(path, debug=True, stderr=screen)
    logs.start()
    for name in (*LOUD, "botocore.parsers", "urllib3.connectionpool", "other"):
        logging.getLogger(name).info("from %s", name)
    logging.getLogger("tray.test").debug("ours")
    logs.stop()
    logging.getLogger("tray.test").debug("after the end")

    for text in (path.read_text(), screen.getvalue()):
        assert text.count("\n") == 1
        assert "ours" in text


def test_it_rotates(tmp_path: Path) -> None:
    """The log never fills a disk."""
    logs = Logging(tmp_path / "sso-tray.log")
    logs.start()
    for _ in range(5):
        logging.getLogger("tray.test").info("x" * (LARGEST_FILE - 200))
    logs.stop()

    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert max(sizes) <= LARGEST_FILE


def test_no_place_for_a_file(tmp_path: Path) -> None:
    """Without a log file the program runs, and says where it wanted to write."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "log", tmp_path):
        screen = io.StringIO()
        logs = Logging(path, stderr=screen)
        logs.start()
        logs.stop()
        assert str(tmp_path) in screen.getvalue()
