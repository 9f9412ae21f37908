"""A look without a daemon: the same report, with far less loaded."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

from tests.app.test_daemon import Place, place
from tray import app
from tray.core.report import report

__all__ = ["place"]

FLOWS = "import sys; from tray.cli.main import main; main(['status', '--json']); "
LOADED = "sys.exit(any(m.startswith(('tray.flows', 'boto')) for m in sys.modules))"


def test_it_is_the_report_of_the_whole_house(place: Place) -> None:
    """What files say is said in the same words as by all the program."""
    place.write_token(timedelta(minutes=30))

    seen = app.look(place.world)
    with app.direct(place.world) as verbs:
        whole = report(verbs.board(), verbs.now(), daemon=False)

    assert {**seen, "now": None} == {**whole, "now": None}
    assert seen["daemon"] is False


def test_it_loads_no_flow(place: Place) -> None:
    """That is what makes it quick."""
    done = subprocess.run(
        [sys.executable, "-c", FLOWS + LOADED],
        env=place.environ,
        check=False,
        capture_output=True,
    )

    assert done.returncode == 0
