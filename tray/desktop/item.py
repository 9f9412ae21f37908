"""What our icon says on the bus at all times, and the signals that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tray.desktop.exports import Variant

SIGNALS: Final = {
    "NewTitle": "",
    "NewIcon": "",
    "NewAttentionIcon": "",
    "NewOverlayIcon": "",
    "NewToolTip": "",
    "NewMenu": "",
    "NewStatus": "s",
}
FIXED: Final[Mapping[str, Variant]] = {
    "Category": ("s", "ApplicationStatus"),
    "WindowId": ("i", 0),
    "IconThemePath": ("s", ""),
    "IconName": ("s", ""),
    "OverlayIconName": ("s", ""),
    "OverlayIconPixmap": ("a(iiay)", []),
    "AttentionIconName": ("s", ""),
    "AttentionMovieName": ("s", ""),
}
LOOKALIKES: Final = str.maketrans("&<>", "\uff06\u2039\u203a")
"""For tooltips, which some panels (MATE, Plasma) read as markup and others do not."""
