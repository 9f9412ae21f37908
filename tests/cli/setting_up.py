"""Commands that set up, run within this process against a small Identity Center."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.cli import Ended
from tray.aws.cache import TokenFiles
from tray.cli.asking import Asking, Check, any_text
from tray.cli.main import main
from tray.cli.outside import the_program
from tray.core.errors import Cancelled
from tray.core.model import SsoSession
from tray.demo.center import Account, Center, CenterSettings, Portal, User

REGION = "eu-west-1"
SOME = (
    Account("111111111111", "Data Lake", ("Admin", "ReadOnly")),
    Account("222222222222", "Production", ("ReadOnly",)),
)


def a_center() -> Center:
    """Give a center with one portal, one person and two accounts."""
    return Center(CenterSettings(interval=1), lambda: datetime.now(UTC))


class Answers:
    """Somebody who answers in turn: a text, None for what is proposed, or leaves."""

    def __init__(self, given: Sequence[object] = ()) -> None:
        self.given = list(given)
        self.asked, self.previews = list[str](), list[str]()

    def text(
        self,
        question: str,
        proposed: str = "",
        check: Check = any_text,
        preview: Callable[[str], str] | None = None,
    ) -> str:
        """Give the next answer that passes the check."""
        while True:
            answer = self._next(question)
            text = proposed if answer is None else str(answer)
            if not check(text):
                self.previews += [preview(text)] if preview else []
                return text
            self.asked.append(check(text))

    def confirm(self, question: str, *, proposed: bool = True) -> bool:
        """Give the next yes or no."""
        answer = self._next(question)
        return proposed if answer is None else bool(answer)

    def pick(self, question: str, rows: Sequence[str]) -> tuple[int, ...]:
        """Pick the rows that hold the next answer; None: all."""
        answer = self._next(question)
        wanted = str(answer or "")
        return tuple(at for at, row in enumerate(rows) if wanted in row)

    def _next(self, question: str) -> object:
        self.asked.append(question)
        answer = self.given.pop(0) if self.given else Cancelled("Left.", "")
        if isinstance(answer, BaseException):
            raise answer
        return answer


@dataclass
class Place:
    """A home, and a center that its variables lead to."""

    home: Path
    center: Center

    def __post_init__(self) -> None:
        """Begin with the usual accounts."""
        self.have(*SOME)

    @property
    def config(self) -> Path:
        """The AWS config."""
        return self.home / ".aws" / "config"

    @property
    def url(self) -> str:
        """The start URL."""
        return self.center.start_url("corp")

    def have(self, *accounts: Account) -> None:
        """Let the person reach these accounts."""
        portals = (Portal("corp", "Corp", (User("alice", "Alice", accounts),)),)
        self.center.configure(replace(self.center.settings, portals=portals))

    def write(self, *more: str) -> None:
        """Write a config with the session, and more sections."""
        self.config.parent.mkdir(exist_ok=True)
        session = (
            f"[sso-session corp]\nsso_start_url = {self.url}\n"
            f"sso_region = {REGION}\nsso_registration_scopes = sso:account:access\n"
        )
        self.config.write_text("\n".join([session, *more]))

    def sign_in(self, session: str = "corp") -> None:
        """Put a token into the cache, as if somebody had just logged in."""
        signed = SsoSession(session, self.url, REGION)
        cache = TokenFiles(self.home / ".aws" / "sso" / "cache", lambda _: None)
        cache.write(signed, self.center.issue("corp", "alice"))

    def run(self, *words: str, asking: Asking | None = None) -> Ended:
        """Run a command; without `asking` there is no terminal."""
        outside = replace(the_program(), asking=lambda: asking)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(words, outside)
        return Ended(status, out.getvalue(), err.getvalue())

    def profiles(self) -> list[str]:
        """Give the names of the profiles in the config, in its order."""
        lines = self.config.read_text().splitlines()
        start = "[profile "
        return [line[len(start) : -1] for line in lines if line.startswith(start)]

    def files(self) -> set[str]:
        """Give the names of all files in the AWS folder and below."""
        folder = self.home / ".aws"
        return {one.name for one in folder.rglob("*") if one.is_file()}


@contextmanager
def at_home(home: Path, patch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a home with one session that somebody is logged in to."""
    with a_center() as center:
        patch.setenv("AWS_ENDPOINT_URL", center.url)
        place = Place(home, center)
        place.write()
        place.sign_in()
        yield place
