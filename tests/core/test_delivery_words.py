"""What is said when credentials can't be delivered."""

from __future__ import annotations

import pytest

from tray.core.delivery import Snag
from tray.core.wording import delivery as wording

PATH = "/home/me/.aws/credentials"


@pytest.mark.parametrize("snag", Snag)
def test_every_snag_has_its_remedy(snag: Snag) -> None:
    """Profile and file are named, and there is something to do."""
    problem = wording.not_mirrored("dev", PATH, snag)

    assert "'dev'" in problem.title
    assert PATH in problem.title
    assert problem.remedy


@pytest.mark.parametrize(
    "said",
    [
        wording.not_plain(PATH),
        wording.too_large(PATH, 1 << 20),
        wording.not_written(PATH, "No space left on device"),
        wording.busy(PATH),
        wording.foreign(PATH),
        wording.readable(PATH),
        wording.not_filled(PATH, "No space left on device"),
    ],
)
def test_every_refusal_names_the_file(said: tuple[str, str]) -> None:
    """People read which file it is, and what follows."""
    title, remedy = said

    assert PATH in title
    assert remedy
