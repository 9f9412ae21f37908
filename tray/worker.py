"""The short-lived child's wiring: the edges that need boto3 or keyring, no others.

Run as `python -m tray.worker` by `system/child`. Requests and secrets come through the
pipes alone; boto3 is imported while the first request may still be on its way.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable

from tray.aws.careful import CarefulCenter
from tray.aws.clients import Clients
from tray.aws.kept_tokens import KeptTokens
from tray.aws.oidc import Oidc
from tray.aws.operations import operations
from tray.aws.portal import AccessPortal
from tray.aws.registrations import RegistrationFiles
from tray.aws.renewals import Renewals
from tray.aws.start_urls import StartUrls
from tray.aws.sts import Sts
from tray.system.answering import Answering, Operations, ignore_signals
from tray.system.child import KEYSTORE
from tray.system.clock import Pauses, SystemClock
from tray.system.keystore import SystemKeystore, keystore_operations
from tray.system.locks import FileLocks
from tray.system.paths import World


def main() -> None:
    """Serve the daemon's requests until it goes or has no more of them."""
    ignore_signals()
    # What botocore says below a warning may hold tokens.
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    if sys.argv[1:] == [KEYSTORE]:
        _serve(keystore_operations(SystemKeystore()))
    else:
        _serve_aws()


def _serve_aws() -> None:
    threading.Thread(
        target=importlib.import_module, args=("boto3.session",), daemon=True
    ).start()
    world, pause = World.of(os.environ), Pauses().pause
    folder, clock = world.cache_folder, SystemClock()
    kept = KeptTokens((folder, world.kept_folder), SystemKeystore(), pause)
    tokens, clients = Renewals(kept), Clients(clock)
    registrations, find = RegistrationFiles(folder, pause), StartUrls().sent_for
    center = Oidc(tokens, registrations, clients, clock, start_url_of=find)
    locks = FileLocks(world.locks_folder, folder)
    careful = CarefulCenter(center, tokens, locks, pause)
    portal = AccessPortal(tokens, clients, pause)
    served = operations(careful, portal, portal, center, Sts(clients))
    _serve(served, tokens.save_all)


def _serve(served: Operations, unfinished: Callable[[], bool] = lambda: False) -> None:
    reads, writes = sys.stdin.fileno(), sys.stdout.fileno()
    Answering(reads, writes, served).run(unfinished=unfinished)


if __name__ == "__main__":
    main()
