"""The objects that we show on the bus, and the answers to calls of them.

What an interface offers is data, so that dispatch, type checks and the introspection
that hosts read can't differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from tray.desktop.packets import Packet, Payload, escaped

Variant: TypeAlias = tuple[str, Any]
"""A signature and a value of that type."""

_FDO: Final = "org.freedesktop.DBus"


class CallRefused(Exception):
    """A call can't be answered; carries the D-Bus error name and a text."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text)
        self.name = name
        self.text = text


def refuse(error: str, text: str) -> CallRefused:
    """Give one of D-Bus's own errors, by its last word."""
    return CallRefused(f"{_FDO}.Error.{error}", text)


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an interface."""

    takes: str
    """The signature of its arguments."""
    gives: str
    """The signature of its answer."""
    run: Callable[..., Payload]
    """Called in the bus thread with the arguments; must be quick."""


def _no_properties() -> Mapping[str, Variant]:
    return {}


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface of an object."""

    name: str
    """Its name on the bus."""
    methods: Mapping[str, Method]
    """By name."""
    signals: Mapping[str, str]
    """The signature of each signal, by name."""
    properties: Callable[[], Mapping[str, Variant]] = _no_properties
    """Gives the values as they are now, by name; all are read-only."""


class Exports:
    """Every object we show, by path."""

    def __init__(self) -> None:
        self._objects: dict[str, dict[str, Interface]] = {}

    def add(self, path: str, interface: Interface) -> None:
        """Show an interface at a path, in place of one with the same name."""
        known = self._objects.setdefault(path, self._standard(path))
        self._objects[path] = {**known, interface.name: interface}

    def signature(self, path: str, interface: str, signal: str) -> str:
        """Give the signature of a signal that we declare."""
        return self._objects[path][interface].signals[signal]

    def answer(self, call: Packet) -> tuple[str, Payload]:
        """Give the signature and the body that answer a call.

        Raises `CallRefused`.
        """
        method = self._method(call.path, call.interface, call.member)
        if call.signature != method.takes:
            raise refuse("InvalidArgs", f"expected {method.takes or 'nothing'}")
        return method.gives, method.run(*call.body)

    def _method(self, path: str, interface: str, member: str) -> Method:
        interfaces = self._objects.get(path) or self._standard(path)
        if len(interfaces) == len(self._standard(path)) and not self._below(path):
            raise refuse("UnknownObject", path)
        if interface and interface not in interfaces:
            raise refuse("UnknownInterface", interface)
        chosen = [interfaces[interface]] if interface else list(interfaces.values())
        for one in chosen:
            if member in one.methods:
                return one.methods[member]
        raise refuse("UnknownMethod", member)

    def _below(self, path: str) -> set[str]:
        prefix = path.rstrip("/") + "/"
        return {
            other.removeprefix(prefix).split("/")[0]
            for other in self._objects
            if other.startswith(prefix)
        }

    # -- what every object offers ---------------------------------------------------
    def _standard(self, path: str) -> dict[str, Interface]:
        def get(interface: str, name: str) -> Payload:
            values = self._properties(path, interface)
            if name not in values:
                raise refuse("UnknownProperty", name)
            return (values[name],)

        def get_all(interface: str) -> Payload:
            return (dict(self._properties(path, interface)),)

        def change(_interface: str, name: str, _value: Variant) -> Payload:
            raise refuse("PropertyReadOnly", name)

        tables = {
            f"{_FDO}.Properties": {
                "Get": Method("ss", "v", get),
                "GetAll": Method("s", "a{sv}", get_all),
                "Set": Method("ssv", "", change),
            },
            f"{_FDO}.Introspectable": {
                "Introspect": Method("", "s", lambda: (self._describe(path),))
            },
            f"{_FDO}.Peer": {
                "Ping": Method("", "", lambda: ()),
                "GetMachineId": Method("", "s", _machine_id),
            },
        }
        return {name: Interface(name, table, {}) for name, table in tables.items()}

    def _properties(self, path: str, interface: str) -> Mapping[str, Variant]:
        one = self._objects.get(path, {}).get(interface)
        if one is None:
            raise refuse("UnknownInterface", interface)
        return one.properties()

    def _describe(self, path: str) -> str:
        interfaces = self._objects.get(path) or self._standard(path)
        parts = ["<node>"]
        for interface in interfaces.values():
            parts += _describe_interface(interface)
        parts += [f"<node name={_quoted(name)}/>" for name in self._below(path)]
        return "".join([*parts, "</node>"])


def _describe_interface(interface: Interface) -> Iterator[str]:
    yield f"<interface name={_quoted(interface.name)}>"
    for name, method in interface.methods.items():
        yield f"<method name={_quoted(name)}>"
        yield from _arguments(method.takes, ' direction="in"')
        yield from _arguments(method.gives, ' direction="out"')
        yield "</method>"
    for name, signature in interface.signals.items():
        yield f"<signal name={_quoted(name)}>"
        yield from _arguments(signature, "")
        yield "</signal>"
    for name, (signature, _) in interface.properties().items():
        yield (
            f'<property name={_quoted(name)} type={_quoted(signature)} access="read"/>'
        )
    yield "</interface>"


def _quoted(text: str) -> str:
    return f'"{escaped(text)}"'


def _arguments(signature: str, direction: str) -> Iterator[str]:
    for one in split_signature(signature):
        yield f"<arg type={_quoted(one)}{direction}/>"


def split_signature(signature: str) -> list[str]:
    """Give the complete types of a signature: `a(ia{sv})as` is two."""
    types, depth, current = [], 0, ""
    for char in signature:
        current += char
        depth += (char in "({") - (char in ")}")
        if depth == 0 and char != "a":
            types.append(current)
            current = ""
    return types


def _machine_id() -> Payload:
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return (Path(place).read_text(encoding="ascii").strip(),)
        except OSError:
            continue
    raise refuse("Failed", "this machine has no id")
