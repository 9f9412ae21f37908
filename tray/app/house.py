"""What the daemon and single commands share: files, memory and flows over them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from tray.app.looking import Files
from tray.app.net import Net
from tray.app.serving import serving
from tray.aws.cache import PATIENT_PAUSES, TORN_PAUSES
from tray.aws.callback import LoopbackRedirects
from tray.aws.cli_role_cache import CliRoleCache
from tray.aws.cli_role_filler import CliRoleFiller
from tray.aws.config import ConfigFile
from tray.aws.kept_tokens import KeptTokens
from tray.aws.mirror import SharedCredentials
from tray.core.model import Grant, SsoSession
from tray.core.ports import Browser, Keystore, Mirror, RoleFiller, Teller
from tray.desktop.browser import DesktopBrowser, can_reach_us
from tray.flows.activities import Activities
from tray.flows.auditing import Auditing
from tray.flows.doubting import Doubts
from tray.flows.holding import Holding
from tray.flows.lingering import StillServed
from tray.flows.login import LoginEdges, Logins
from tray.flows.logout import Logouts
from tray.flows.records import Records
from tray.flows.refresh import Refresher
from tray.flows.safekeeping import Safekeeping
from tray.flows.verbs import VerbEdges, Verbs
from tray.system.audit_log import AuditFile
from tray.system.clock import Pauses, SystemClock
from tray.system.locks import FileLocks
from tray.system.paths import World
from tray.system.settings_file import SettingsFile
from tray.system.workers import Pool

GRACE = timedelta(seconds=3)
"""How long an end waits for what is in flight; the child finishes by itself."""


class Followers(list[Callable[[SsoSession], None]]):
    """What is called after each log-in; those who come later are heard too."""

    def __call__(self, session: SsoSession) -> None:
        """Call all of them."""
        for follow in self:
            follow(session)


@dataclass(frozen=True, slots=True)
class House:
    """One world's files and flows."""

    world: World
    """Whose files these are."""

    clock: SystemClock
    """The clocks."""

    config: ConfigFile
    """AWS's config."""

    settings: SettingsFile
    """Our settings."""

    records: Records
    """What is remembered."""

    activities: Activities
    """What is in flight."""

    refresher: Refresher
    """Renews."""

    browser: Browser
    """Opens addresses."""

    verbs: Verbs
    """All that can be done."""

    doubts: Doubts
    """What the portal's refusals lead to."""

    after_login: Followers
    """What else follows from each log-in of ours."""


def token_files(
    world: World, keystore: Keystore, pauses: Sequence[float] = TORN_PAUSES
) -> KeptTokens:
    """Give a reader with a memory of its own; ticks and flows look at other keys.

    To look at all of them asks no keyring.
    """
    folders = (world.cache_folder, world.kept_folder)
    return KeptTokens(folders, keystore, Pauses().pause, pauses)


def safekeeping(house: House, net: Net, teller: Teller | None = None) -> Safekeeping:
    """Give what moves tokens into the keyring and back."""
    world = house.world
    safe, soon = token_files(world, net.keystore), house.verbs.on_change
    locks = FileLocks(world.locks_folder, world.cache_folder)
    places = (house.clock, house.settings, safe, locks)
    return Safekeeping(*places, net.workers, soon, teller)


def build(
    files: Files, net: Net, browser: Browser | None, soon: Callable[[], None]
) -> House:
    """Give the house of a world's files; `soon` asks for a tick."""
    world, clock = files.world, files.clock
    config, settings = files.config, files.settings
    tokens = token_files(world, net.keystore, PATIENT_PAUSES)
    records, activities = Records(files.store), Activities()
    locks = FileLocks(world.locks_folder, world.cache_folder)
    browser = browser or _browser(world.environ)
    facts = VerbEdges(clock, config, settings, tokens)
    refresher = Refresher(
        clock,
        tokens,
        net.center,
        locks,
        records,
        activities,
        random.random,
        net.service.ahead,
    )
    auditing = Auditing(clock, settings, AuditFile(world.audit_path), net.workers)
    places = (auditing, *_files(world, locks))
    serves, doubts = serving(net, facts, refresher, soon, places)
    after = Followers([serves.forget])
    roles = CliRoleCache(world.role_cache_folder)
    kept = StillServed(clock, config, roles)
    holding = Holding(clock, config, roles, serves.credentials, serves.delivery)
    logouts = Logouts(tokens, net.portal, locks, records, activities, soon, kept.note)
    back = LoopbackRedirects()
    edges = LoginEdges(
        clock, net.center, back, browser, locks, net.workers, logouts.end
    )
    logins = Logins(edges, records, activities, soon, after_login=after)
    grant = _default_grant(world.environ)
    doers = (refresher, logins, logouts, serves, soon, grant, holding)
    verbs = Verbs(facts, records, activities, *doers)
    known = (records, activities, refresher)
    return House(world, clock, config, settings, *known, browser, verbs, doubts, after)


def _files(world: World, locks: FileLocks) -> tuple[RoleFiller, Mirror]:
    """Give the files where other programs look without asking us."""
    return (
        CliRoleFiller(world.role_cache_folder, Pauses().pause),
        SharedCredentials(world.credentials_path, world.hash8, locks),
    )


def _browser(environ: Mapping[str, str]) -> Browser:
    from tray.system.processes import start

    return DesktopBrowser(environ, lambda argv: start(argv, environ))


def _default_grant(environ: Mapping[str, str]) -> Grant:
    return Grant.AUTHORIZATION_CODE if can_reach_us(environ) else Grant.DEVICE_CODE


@contextmanager
def direct(world: World) -> Iterator[Verbs]:
    """Do the work in this process, while the block lasts."""
    with here(world) as (house, _):
        yield house.verbs


@contextmanager
def here(world: World) -> Iterator[tuple[House, Net]]:
    """Give the house whose work is done in this process, while the block lasts."""
    from tray.aws.careful import CarefulCenter
    from tray.aws.clients import Clients
    from tray.aws.oidc import Oidc
    from tray.aws.portal import AccessPortal
    from tray.aws.registrations import RegistrationFiles
    from tray.aws.renewals import Renewals
    from tray.aws.start_urls import StartUrls
    from tray.aws.sts import Sts
    from tray.system.keystore import SystemKeystore

    clock, pool, pause = SystemClock(), Pool(), Pauses().pause
    keys = SystemKeystore()
    tokens, clients = Renewals(token_files(world, keys)), Clients(clock)
    registrations = RegistrationFiles(world.cache_folder, pause)
    find = StartUrls().sent_for
    center = Oidc(tokens, registrations, clients, clock, start_url_of=find)
    locks = FileLocks(world.locks_folder, world.cache_folder)
    careful = CarefulCenter(center, tokens, locks, pause)
    portal = AccessPortal(tokens, clients)
    net = Net(careful, portal, pool, center, portal, keys, Sts(clients))
    house = build(Files.of(world), net, None, lambda: None)
    try:
        yield house, net
    finally:
        house.verbs.logins.cancel_all()
        house.verbs.serving.auditing.close()
        safekeeping(house, net).settle_all(house.config.read().sessions)
        pool.stop(GRACE)
