"""What we ask of the world, and what it promises: one small protocol per concern.

Unless a promise says otherwise, an implementation raises `TrayError` and its leaves
only, and may be called from any thread.
"""

from __future__ import annotations

from tray.core.ports.aws import (
    Channel,
    ConfigReader,
    CredentialSource,
    IdentityCenter,
    Mirror,
    Portal,
    Redirect,
    Redirects,
    RoleAssumer,
    RoleCache,
    RoleEnds,
    RoleFiller,
    ServiceClock,
    TokenCache,
)
from tray.core.ports.desk import (
    Browser,
    Clipboard,
    Notifier,
    OwnFiles,
    PresenceSensor,
    Teller,
    Terminals,
    View,
)
from tray.core.ports.editing import ConfigEditor
from tray.core.ports.system import (
    AuditLog,
    Autostart,
    ChoiceStore,
    Clock,
    Keystore,
    Locks,
    LogReader,
    MemoryStore,
    Schedule,
    SettingsReader,
    TokenSafe,
    Workers,
)

__all__ = [
    "AuditLog",
    "Autostart",
    "Browser",
    "Channel",
    "ChoiceStore",
    "Clipboard",
    "Clock",
    "ConfigEditor",
    "ConfigReader",
    "CredentialSource",
    "IdentityCenter",
    "Keystore",
    "Locks",
    "LogReader",
    "MemoryStore",
    "Mirror",
    "Notifier",
    "OwnFiles",
    "Portal",
    "PresenceSensor",
    "Redirect",
    "Redirects",
    "RoleAssumer",
    "RoleCache",
    "RoleEnds",
    "RoleFiller",
    "Schedule",
    "ServiceClock",
    "SettingsReader",
    "Teller",
    "Terminals",
    "TokenCache",
    "TokenSafe",
    "View",
    "Workers",
]
