"""What `configure` and `sync` need of the edges, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tray.app.drift import Lister, lister
from tray.app.house import here
from tray.aws.config_writer import ConfigWriter
from tray.aws.start_hosts import region_of
from tray.aws.start_urls import Resolved, resolve
from tray.core.edits import Kind
from tray.core.model import AwsConfig, SsoSession
from tray.core.ports import ChoiceStore, Clock, ConfigReader
from tray.core.ports.editing import ConfigEditor
from tray.core.syncing import Standing
from tray.flows.verbs import Verbs
from tray.system.choices_file import ChoicesFile
from tray.system.locks import FileLocks
from tray.system.paths import World


@dataclass
class WithOneMore:
    """A config with a session that is not written yet, so that one can log in to it."""

    config: ConfigReader
    """What is written."""

    session: SsoSession | None = None
    """What is not; one that is written wins."""

    def read(self) -> AwsConfig:
        """Give both together."""
        config, more = self.config.read(), self.session
        if more is None or any(one.name == more.name for one in config.sessions):
            return config
        return replace(config, sessions=(*config.sessions, more))


@dataclass(frozen=True, slots=True)
class SettingUp:
    """The edges and flows for setting up, while a block lasts."""

    clock: Clock
    """The wall clock."""

    config: WithOneMore
    """AWS's config, with the session that is being set up."""

    verbs: Verbs
    """Logs in and out, also to that session."""

    choices: ChoiceStore
    """What people chose before."""

    editor: ConfigEditor
    """AWS's config, to be changed."""

    other: ConfigEditor
    """The credentials file, whose profiles have names too."""

    resolve: Callable[[str, str], Resolved]
    """Finds the portal and region behind a start URL; see `aws/start_urls`."""

    listing: Lister
    """Gives a listing of all that can be reached."""

    def standing(self) -> Standing:
        """Give what stands in both files. Raises as `ConfigEditor` does."""
        heads = self.editor.heads() | self.other.heads()
        names = {one.name for one in heads if one.kind is not Kind.SESSION}
        managed = self.editor.managed()
        ours = {one.name for one in managed if one.kind is Kind.PROFILE}
        config = self.config.config.read()
        return Standing(config, frozenset(names), frozenset(ours))


@contextmanager
def setting_up(world: World) -> Iterator[SettingUp]:
    """Open what is needed, while the block lasts."""
    with here(world) as (house, net):
        config = WithOneMore(house.config)
        paths = house.config.paths
        locks = FileLocks(world.locks_folder, world.cache_folder)
        facts = replace(house.verbs.edges, config=config)
        yield SettingUp(
            clock=house.clock,
            config=config,
            verbs=replace(house.verbs, edges=facts),
            choices=ChoicesFile(world.choices_path),
            editor=ConfigWriter(lambda: paths.config, world.home, locks),
            other=ConfigWriter(lambda: paths.credentials, world.home, locks, bare=True),
            resolve=_resolved,
            listing=lister(house, net),
        )


def _resolved(start_url: str, likely: str) -> Resolved:
    """Find the portal of a start URL; the region that its address tells wins."""
    try:
        told = region_of(urlsplit(start_url).hostname or "")
    except ValueError:
        told = ""
    return resolve(start_url, told or likely)
