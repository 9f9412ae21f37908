"""Names and values that formats stumble over, and programs that tell what they got."""

from __future__ import annotations

from pathlib import Path

from tray.system.autostart.technology import Launch

ODD_FOLDER = "a b%c$d\"e\\f;g#h'i`j~k&l=m(n)%%o$$p${HOME}ü😀"
ODD_VALUES = {
    "HTTPS_PROXY": "http://proxy.example:3128/a%20b",
    "NO_PROXY": "localhost,.example.com,*.corp, 10.0.0.0/8",
    "AWS_CONFIG_FILE": '/o d/%h/$HOME/${HOME}/"q"/it\'s/back\\slash/`x`/ü😀;#',
}


def stand_in(folder: Path, told: Path) -> Path:
    """Write a program that tells its arguments and variables, each with a NUL."""
    folder.mkdir(parents=True)
    program = folder / "sso-tray"
    quoted = str(told).replace("'", "'\\''")
    program.write_text(
        f"#!/bin/sh\n{{ printf '%s\\0' \"$#\" \"$@\"; env -0; }} >'{quoted}.new'\n"
        f"mv '{quoted}.new' '{quoted}'\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def plain() -> Launch:
    """Give what a package would start."""
    return Launch(("/usr/bin/sso-tray", "run"), {})
