"""Messages on the bus, as values and as bytes.

The byte format is that of the D-Bus specification
(https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from jeepney import (  # type: ignore[import-untyped]
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
)
from jeepney.low_level import Endianness, Header  # type: ignore[import-untyped]

Body: TypeAlias = tuple[Any, ...]
Payload: TypeAlias = Body | bytes
"""What a message carries: values to be marshalled, or bytes marshalled already."""
Type: TypeAlias = Literal["call", "reply", "error", "signal"]

_KINDS: Final[Mapping[Type, MessageType]] = {
    "call": MessageType.method_call,
    "reply": MessageType.method_return,
    "error": MessageType.error,
    "signal": MessageType.signal,
}
_TYPES: Final = {kind: name for name, kind in _KINDS.items()}
_FIELDS: Final = {
    "reply_to": HeaderFields.reply_serial,
    "sender": HeaderFields.sender,
    "destination": HeaderFields.destination,
    "path": HeaderFields.path,
    "interface": HeaderFields.interface,
    "member": HeaderFields.member,
    "error": HeaderFields.error_name,
    "signature": HeaderFields.signature,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One message, to the bus or from it."""

    type: Type
    """Call, reply, error or signal."""
    serial: int = 0
    """The sender's number for it, which a reply names."""
    reply_to: int = 0
    """The serial of the call that this one answers."""
    sender: str = ""
    """The connection it came from, as the bus names it."""
    destination: str = ""
    """The bus name of the one who shall get it."""
    path: str = ""
    """The object."""
    interface: str = ""
    """The interface of the object."""
    member: str = ""
    """The method or the signal."""
    error: str = ""
    """The name of an error."""
    signature: str = ""
    """The types of the values."""
    body: Payload = ()
    """The values; empty for none."""
    wants_reply: bool = True
    """Whether a call's sender waits for an answer."""

    def encode(self, serial: int) -> bytes:
        """Give the whole message as bytes.

        Raises TypeError or ValueError when the values do not fit the signature.
        """
        fields = {
            field: value
            for name, field in _FIELDS.items()
            if (value := getattr(self, name))
        }
        flags = MessageFlag(0 if self.wants_reply else MessageFlag.no_reply_expected)
        kind = _KINDS[self.type]
        header = Header(Endianness.little, kind, flags, 1, 0, serial, fields)
        if not isinstance(self.body, bytes):
            return bytes(Message(header, self.body).serialise(serial=serial))
        header.body_length = len(self.body)
        head = bytes(header.serialise(serial=serial))
        return head + bytes(-len(head) % 8) + self.body


def decode(message: Message) -> Packet:
    """Give what jeepney has read."""
    header = message.header
    known = {name: header.fields.get(field) for name, field in _FIELDS.items()}
    return Packet(
        type=_TYPES[header.message_type],
        serial=header.serial,
        body=message.body,
        wants_reply=not MessageFlag.no_reply_expected & header.flags,
        **{name: value for name, value in known.items() if value is not None},
    )


def clean(text: str) -> str:
    """Give a text that D-Bus allows; one with a NUL would cost the connection."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def escaped(text: str) -> str:
    """Give a text for markup; the library's own ways load a megabyte of tables."""
    for char, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(char, f"&{name};")
    return text


@dataclass(frozen=True, slots=True)
class Call:
    """A method call to make."""

    destination: str
    """The bus name of the one who is asked."""
    path: str
    """The object."""
    interface: str
    """The interface."""
    member: str
    """The method."""
    signature: str = ""
    """The types of the arguments."""
    body: Body = ()
    """The arguments."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from a call."""

    body: Body = ()
    """The values; empty after an error."""
    error: str = ""
    """The D-Bus error name; empty when all went well."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which signals somebody wants to hear."""

    interface: str
    """The interface that must have sent it."""
    member: str
    """The signal's name."""
    path: str = ""
    """The object; empty for any."""
    sender: str = ""
    """The bus name; empty for any."""
    arg0: str = ""
    """The first argument; empty for any."""

    def rule(self) -> str:
        """Give the match rule for the bus."""
        parts = {
            "type": "signal",
            "interface": self.interface,
            "member": self.member,
            "path": self.path,
            "sender": self.sender,
            "arg0": self.arg0,
        }
        return ",".join(f"{key}='{value}'" for key, value in parts.items() if value)

    def fits(self, packet: Packet) -> bool:
        """Tell whether a signal is one of these; the sender is the bus's to check."""
        return (
            packet.interface == self.interface
            and packet.member == self.member
            and self.path in {"", packet.path}
            and (not self.arg0 or packet.body[:1] == (self.arg0,))
        )
