"""Makes the examples of docs/simulate.md and its picture, by the program itself."""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import io
import json
import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tray.cli.printer import Printer
from tray.cli.simulate import show
from tray.core.hours import parse_hours
from tray.core.memory import Memory, SessionRecord, signed_in
from tray.core.model import AccessToken, AwsConfig, CachedToken, Secret, SsoSession
from tray.core.settings import SessionSettings, Settings
from tray.core.simulation import Kind, Simulation, as_json
from tray.desktop.drawing import svg
from tray.desktop.timeline import timeline
from tray.flows.simulation import Premises, simulate

NOW = datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = ("corp", "lab", "reports", "sandbox")
PAGE = Path(__file__).parents[1] / "docs" / "simulate.md"


def example() -> Simulation:
    """Give the example day, which is told in UTC wherever it is made."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    settings = Settings(
        working_hours=parse_hours("mon-fri 09:00-17:30"),
        sessions={"corp": SessionSettings(session_duration=8 * HOUR)},
    )
    sessions = tuple(
        SsoSession(name, f"https://{name}.awsapps.com/start", "eu-west-1")
        for name in NAMES
    )
    corp, lab, reports, _ = (one.cache_key for one in sessions)
    short = _token("reports", 5.6)
    bare = replace(short.token, refresh_token=None)
    tokens = {
        corp: _token("corp", 0.7),
        lab: _token("lab", 0.9),
        reports: CachedToken(bare, NOW - 2.4 * HOUR),
    }
    begun = {corp: 0.5, lab: 20.0, reports: 2.4}
    records = {
        key: signed_in(SessionRecord(), NOW - ago * HOUR) for key, ago in begun.items()
    }
    premises = Premises(NOW, AwsConfig(sessions), settings, tokens, Memory(records))
    return simulate(premises, NOW + 24 * HOUR)


def _token(name: str, hours: float) -> CachedToken:
    token = AccessToken(
        Secret(f"access to {name}"),
        NOW + hours * HOUR,
        Secret(f"refresh of {name}"),
        "client",
        Secret("a made-up secret"),
        NOW + timedelta(days=60),
    )
    return CachedToken(token, token.expires_at - HOUR)


def page() -> str:
    """Give the page, with its examples as they are now."""
    told, out = example(), io.StringIO()
    show(told, Printer(out, out, {}))
    told = replace(told, sessions=told.sessions[:1], events=told.events[:1])
    filled = {
        "example": f"```\n{out.getvalue().rstrip()}\n```",
        "kinds": f"{', '.join(f'`{kind}`' for kind in Kind)}.",
        "json": f"```json\n{json.dumps(as_json(told), indent=1)}\n```",
    }
    text = PAGE.read_text(encoding="utf-8")
    for name, part in filled.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        text = f"{before}{mark}{part}\n{end}{after}"
    return text


def picture() -> str:
    """Give the picture."""
    return svg(timeline(example())).decode()
