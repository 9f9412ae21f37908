"""The rest of the daemon, which is imported and built while `status` is answered.

From `daemon.py`'s first answer on: who asks AWS, what is done, the desktop, the ticks.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tray import __version__
from tray.app.house import GRACE, House, build, safekeeping, token_files
from tray.app.looking import Files
from tray.app.net import Net
from tray.aws.remote import RemoteIdentityCenter, RemotePortal, RemoteSts
from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.ports import View
from tray.flows.opening import Opening
from tray.flows.requests import Requests
from tray.flows.serving import Forgetting
from tray.system.callers import program_of
from tray.system.child import KEYSTORE, Child, worker_command
from tray.system.keystore import RemoteKeystore
from tray.system.paths import World
from tray.system.ready import ready, stopping
from tray.system.schedule import ApsSchedule
from tray.system.workers import Pool

if TYPE_CHECKING:
    from tray.app import Guests
    from tray.app.desk import Desk
    from tray.flows.monitor import Monitor
    from tray.flows.reach import AccountLooks

KEYRING_TIME = timedelta(seconds=10)
"""How long a keyring is waited for; a desktop's own answers in far less."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """What there is of the daemon so far."""

    files: Files
    """What the world's files say."""

    opening: Opening
    """Whose first answers are given already."""

    stopped: threading.Event
    """Set when all is to end."""

    stack: ExitStack
    """What is stopped in reverse."""


def finish(start: Start, guests: Guests, *, headless: bool) -> Desk:
    """Build and start the rest; gives the desk, which the main thread is to serve."""
    world, stack = start.files.world, start.stack
    schedule, net = ApsSchedule(), _remote(world, stack)
    house = build(start.files, net, guests.browser, schedule.soon)
    stack.callback(house.verbs.logins.cancel_all)
    _answer(start.opening, house, net)
    desk = _desk(house, net, (start.stopped, schedule.soon), stack)
    views = [*_serving_views(house, net, desk, stack), *guests.views]
    views.append(_look_after_logins(house, net, desk))
    monitor = _monitor(world, house, net, (schedule, desk, views, guests.lasting))
    token_files(world, net.keystore).tidy(house.clock.now())
    monitor.tick()
    stack.callback(schedule.stop)
    schedule.start(monitor.tick)
    views.append(_watch(world, house, schedule, stack))
    tray = None if headless else desk.open_tray()
    if tray is not None:
        views.append(tray)
        tray.show(monitor.board, house.clock.now())
    schedule.soon()
    guests.started(house.verbs, desk.end)
    _begun(world, stack)
    return desk


def _serving_views(
    house: House, net: Net, desk: Desk, stack: ExitStack
) -> tuple[View, ...]:
    """Give what follows the board for the programs that we serve."""
    serving = house.verbs.serving
    serving.broker.asks = serving.guard.asks = desk.can_tell
    stack.callback(serving.delivery.stop)
    stack.callback(serving.auditing.close)
    keeping = safekeeping(house, net, desk.notifier)
    return Forgetting(serving.forget), serving.broker, serving.delivery, keeping


def _begun(world: World, stack: ExitStack) -> None:
    """Tell that the start is over; the end is told first of all that ends.

    What is there by now stays to the end, so that no later look for garbage walks
    through it: that was half the cost of a long menu.
    """
    gc.collect()
    gc.freeze()
    log.info("sso-tray %s watches %s", __version__, world.config_path)
    ready(world.environ)
    stack.callback(stopping, world.environ)


def _desk(
    house: House,
    net: Net,
    told: tuple[threading.Event, Callable[[], None]],
    stack: ExitStack,
) -> Desk:
    """Give the desktop's part, which is only imported now."""
    from tray.app.desk import Desk

    desk = Desk(house.world.environ, house, net.workers, *told)
    stack.callback(desk.presence.stop)
    desk.presence.start()
    return desk


def _remote(world: World, stack: ExitStack) -> Net:
    child, pool = Child(worker_command(), world.environ), Pool()
    keys = Child(worker_command(KEYSTORE), world.environ, KEYRING_TIME)
    stack.callback(child.close)
    stack.callback(keys.close)
    stack.callback(pool.stop, GRACE)
    center, portal = RemoteIdentityCenter(child), RemotePortal(child)
    keystore, sts = RemoteKeystore(keys), RemoteSts(child)
    return Net(center, portal, pool, center, portal, keystore, sts)


def _monitor(
    world: World,
    house: House,
    net: Net,
    ends: tuple[ApsSchedule, Desk, list[View], bool],
) -> Monitor:
    from tray.flows.monitor import Monitor, MonitorEdges

    schedule, desk, views, lasting = ends
    edges = MonitorEdges(
        clock=house.clock,
        config=house.config,
        settings=house.settings,
        tokens=token_files(world, net.keystore),
        schedule=schedule,
        workers=net.workers,
        notifier=desk.notifier,
        presence=desk.presence,
        open_logins=desk.open_logins,
        views=views,
        starts_at_login=desk.starts_at_login if lasting else lambda: None,
        holdings=partial(_at_hand, house),
    )
    return Monitor(edges, house.records, house.activities, house.refresher)


def _at_hand(house: House) -> Holdings:
    """Look what is held for the profiles that people have at hand."""
    holding = house.verbs.holding
    return holding.at_hand(house.records, house.settings) if holding else NOTHING_HELD


def _look_after_logins(house: House, net: Net, desk: Desk) -> AccountLooks:
    """See which accounts each new sign-in reaches, and whether it is the right one."""
    from tray.app.drift import drift_of
    from tray.flows.doubting import DoubtingPortal
    from tray.flows.reach import AccountLooks, ReachEdges

    soon = house.verbs.on_change
    portal = DoubtingPortal(net.portal, house.doubts)
    note, clock, config = house.verbs.logouts.note, house.clock, house.config
    edges = ReachEdges(clock, config, portal, desk.notifier, net.workers, note)
    looks = AccountLooks(edges, house.records, soon)
    house.after_login.append(looks.soon)
    house.after_login.append(drift_of(house, net, desk.notifier).soon)
    return looks


def _answer(opening: Opening, house: House, net: Net) -> None:
    about = {"pid": os.getpid(), "version": __version__}
    opening.open(
        Requests(house.verbs, net.workers, about, program_of, waits=True).answer
    )


def _watch(world: World, house: House, schedule: ApsSchedule, stack: ExitStack) -> View:
    from tray.system.heartbeat import Heartbeat
    from tray.system.watch import Watch
    from tray.system.watchplan import Watched

    paths = house.config.paths
    watched = Watched(
        world.home,
        (paths.config, paths.credentials),
        world.cache_folder,
        (world.settings_path, world.policy_path),
    )
    watch = Watch(watched, schedule.soon)
    stack.callback(watch.stop)
    watch.start()
    heart = Heartbeat(house.clock, schedule.soon, lambda: schedule.deadline, watch.look)
    stack.callback(heart.stop)
    heart.start()
    return watch
