"""A diff tells what changes, and no secret."""

from __future__ import annotations

import pytest

from tray.aws.config_diff import diff_of
from tray.aws.config_editor import edit_text
from tray.core.edits import Add, Change, Edit, Head, Kind, Remove

DEV = Head(Kind.PROFILE, "dev")
OPS = Head(Kind.PROFILE, "ops")
VALUES = (("sso_session", "corp"), ("region", "eu-west-1"))


def test_a_diff_tells_what_changes_and_no_secret() -> None:
    """Each change stands under its header; keys that are not known show dots."""
    text = (
        "[default]\nx = 1\n\n[profile dev]\nregion = a\naws_secret_access_key = S3CRET"
    )
    edits: list[Edit] = [
        Change(DEV, (("region", "b"),), ("aws_secret_access_key",)),
        Add(OPS, VALUES),
    ]

    assert diff_of(edit_text(text, edits), "~/.aws/config") == (
        "--- ~/.aws/config\n"
        "+++ ~/.aws/config\n"
        "@@ 5 @@ [profile dev]\n"
        "-region = a\n"
        "+region = b\n"
        "-aws_secret_access_key = …\n"
        "@@ 7 @@\n"
        "+\n"
        "+[profile ops]\n"
        "+# managed by sso-tray\n"
        "+sso_session = corp\n"
        "+region = eu-west-1\n"
    )
    assert diff_of(edit_text(text, []), "~/.aws/config") == ""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("aws_secret_access_key: S3CRET", "aws_secret_access_key: …"),
        ("aws_session_token : S3CRET==", "aws_session_token : …"),
        ("credential_process = tool --key S3CRET", "credential_process = …"),
        ("output = json\n  region = S3CRET", "output = json\n-  …"),
        ("region : eu-west-1", "region : eu-west-1"),
    ],
)
def test_a_diff_shows_no_secret_in_whatever_form_it_stands(
    line: str, shown: str
) -> None:
    """A colon, a value over several lines and a command keep theirs as well."""
    text = f"[profile dev]\n{line}\n"

    diff = diff_of(edit_text(text, [Remove(DEV)]), "~/.aws/config")

    assert diff.endswith(f"\n@@ 2 @@ [profile dev]\n-{shown}\n")
