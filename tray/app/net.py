"""Who asks AWS and the keyring: the daemon by children, single commands directly."""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.ports import (
    CredentialSource,
    IdentityCenter,
    Keystore,
    Portal,
    RoleAssumer,
    ServiceClock,
)
from tray.system.workers import Pool


@dataclass(frozen=True, slots=True)
class Net:
    """Who asks AWS, and the threads to do it on."""

    center: IdentityCenter
    """The OIDC service."""

    portal: Portal
    """The access portal."""

    workers: Pool
    """Threads that may wait."""

    service: ServiceClock
    """The clock of AWS's servers."""

    source: CredentialSource
    """Where role credentials come from."""

    keystore: Keystore
    """The system's keyring."""

    assumer: RoleAssumer
    """Where credentials for further roles come from."""
