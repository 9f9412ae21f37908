"""What a notice is made of on the bus, and what servers answer, whatever it is.

Whoever owns the server's name may answer anything; what makes no sense counts as
nothing here, so that `notices` never meets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tray.desktop.exports import Variant
from tray.desktop.packets import Body, clean, escaped

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST: Final = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Text:
    """What one notice says."""

    title: str
    """Its first line, without markup."""
    body: str
    """The rest."""
    buttons: tuple[tuple[str, str], ...]
    """Pairs of id and label."""
    urgent: bool
    """Whether it shall stay until people answer."""
    without_buttons: str
    """A sentence more where the server has no buttons."""


@dataclass(frozen=True, slots=True)
class Server:
    """What a notification server says that it can do."""

    buttons: bool
    """Whether it shows buttons."""
    markup: bool
    """Whether it reads the body as markup."""
    renews: bool
    """Whether a notice must be closed and sent anew to keep its buttons."""


def described(capabilities: Body, information: Body) -> Server:
    """Give the server of two answers: GetCapabilities and GetServerInformation."""
    known: set[object] = set()
    match capabilities:
        case (list(names), *_):
            known = {name for name in names if isinstance(name, str)}
    product = information[0] if information else ""
    return Server(
        buttons="actions" in known,
        markup="body-markup" in known,
        # GNOME shows a replaced banner without its buttons
        renews=isinstance(product, str) and product.lower() == "gnome-shell",
    )


def number_of(answer: Body) -> int:
    """Give the server's number for a notice; 0 when it named none."""
    match answer:
        case (int(number), *_) if 0 < number <= _LARGEST:
            return number
    return 0


def pressed(signal: Body) -> tuple[int, str]:
    """Give number and text of ActionInvoked or ActivationToken, or 0 and nothing."""
    match signal:
        case (int(), str(text), *_):
            return number_of(signal), text
    return 0, ""


def body_of(text: Text, server: Server) -> str:
    """Give the body as this server has to get it."""
    body = text.body
    if text.buttons and text.without_buttons and not server.buttons:
        body = f"{body} {text.without_buttons}"
    return escaped(clean(body)) if server.markup else clean(body)


def hints(text: Text, app: str, picture: Image | None) -> Mapping[str, Variant]:
    """Give the hints: how urgent it is, whose it is, and its picture."""
    found: dict[str, Variant] = {
        "urgency": ("y", 2 if text.urgent else 1),
        "desktop-entry": ("s", app),
    }
    if picture is not None:
        image = picture.convert("RGBA")
        width, height = image.size
        data = (width, height, 4 * width, True, 8, 4, image.tobytes())
        found["image-data"] = ("(iiibiiay)", data)
    return found
