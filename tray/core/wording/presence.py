"""What the log says about who is at the screen."""

from __future__ import annotations

PRESENCE_FAULT = "it could not be told whether somebody is at the screen"
