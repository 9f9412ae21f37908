"""The ledger of log-ins in `state.json`; an entry that is damaged is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from tray.core.ledger import LOGINS_KEPT, LONGEST_WORD, StartedLogin
from tray.core.model import Grant


def encode_logins(logins: Iterable[StartedLogin]) -> list[Mapping[str, str]]:
    """Give the JSON form of the ledger; times in ISO 8601."""
    return [
        {
            "at": one.at.isoformat(),
            "session": one.session,
            "grant": one.grant.value,
            "who": one.who,
        }
        for one in logins
    ]


def decode_logins(data: object) -> tuple[StartedLogin, ...]:
    """Give the ledger of a JSON form; never raises."""
    entries = data if isinstance(data, list) else []
    return tuple(_readable(entries[-LOGINS_KEPT:]))


def _readable(entries: Iterable[object]) -> Iterator[StartedLogin]:
    for entry in entries:
        match entry:
            case {
                "at": str(at),
                "session": str(session),
                "grant": str(grant),
                "who": str(who),
            }:
                moment = _moment(at)
                if moment is not None and grant in list(Grant):
                    yield StartedLogin(
                        moment, session[:LONGEST_WORD], Grant(grant), who[:LONGEST_WORD]
                    )
            case _:
                continue


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
