"""Renewing a token that rests in the keyring."""

from __future__ import annotations

from pathlib import Path

from tests.aws.asking import CORP, KEY, NEW, OLD
from tests.fakes.keystore import DictKeystore
from tray.aws.kept_tokens import KeptTokens
from tray.aws.renewals import Renewals


def test_a_new_token_waits_for_no_keyring(tmp_path: Path) -> None:
    """Until it is in its file it is nowhere else, and a keyring may hang."""
    keystore = DictKeystore()
    folders = (tmp_path / "cache", tmp_path / "kept")
    tokens = KeptTokens(folders, keystore, lambda _: None)
    tokens.write(CORP, OLD)
    tokens.keep(KEY)
    renewals = Renewals(tokens)
    renewals.read(KEY)
    asked = len(keystore.asked)
    renewals.write(CORP, NEW, renewing=True)

    assert len(keystore.asked) == asked
    assert tokens.has_file(KEY)
