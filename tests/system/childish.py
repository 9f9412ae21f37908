"""A child for tests, run as a program: the real answering side, made-up operations."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tray.core.errors import SessionOver
from tray.system.answering import Answering, ignore_signals

Frame = Mapping[str, object]


def _echo(data: Frame) -> Frame:
    return {"pid": os.getpid(), **data}


def _refuse(data: Frame) -> Frame:
    raise SessionOver(str(data["title"]), "Log in.")


def _fail(data: Frame) -> Frame:
    raise RuntimeError(data["secret"])


def _sleep(data: Frame) -> Frame:
    time.sleep(float(str(data["seconds"])))
    if "touch" in data:
        Path(str(data["touch"])).write_text("done", encoding="utf-8")
    return _echo(data)


def _die(_: Frame) -> Frame:
    os._exit(7)


def _garble(_: Frame) -> Frame:
    os.write(1, b"no frame at all\n")
    time.sleep(60)
    return {}


def _odd(_: Frame) -> Frame:
    os.write(1, b'{"id": 1, "result": 7}\n{"id": "x"}\n')
    time.sleep(0.2)
    return {}


def _shout(data: Frame) -> Frame:
    sys.stderr.write(str(data["text"]) * int(str(data["times"])))
    sys.stderr.flush()
    return {}


if __name__ == "__main__":
    ignore_signals()
    operations = {
        each.__name__.strip("_"): each
        for each in (_echo, _refuse, _fail, _sleep, _die, _garble, _odd, _shout)
    }
    idle = timedelta(seconds=float(sys.argv[1]))
    Answering(sys.stdin.fileno(), sys.stdout.fileno(), operations).run(idle)
