"""What is wrong, and what to do: each part, one line."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence

from tray.cli.outside import STATUS_TIME, Tools
from tray.cli.printer import Printer, Tone
from tray.cli.reports import print_json
from tray.cli.seen import Seen, read_report
from tray.cli.tables import GAP, folded, shown
from tray.core.audit import audit_report
from tray.core.diagnosis import bundle
from tray.core.errors import TrayError
from tray.core.findings import Finding, Health, as_json, broken
from tray.core.wording import doctor as wording

TONES = {
    Health.OK: Tone.GOOD,
    Health.ATTENTION: Tone.WARN,
    Health.BROKEN: Tone.BAD,
}


def doctor(options: Namespace, tools: Tools) -> int:
    """Check each part."""
    seen = read_report(tools.report())
    running = _running(tools) if seen.daemon else None
    debug = bool(options.debug)
    findings = tools.outside.examine(tools.printer, debug, seen, running)
    if options.json:
        more = {
            "asked": audit_report(tools.outside.asked()),
            "machine": dict(tools.outside.machine()),
        }
        print_json({**as_json(findings, seen.now), **more}, tools.printer)
    else:
        _show(findings, tools.printer)
    if options.bundle is not None:
        _write(options.bundle, seen, findings, tools)
    return 1 if broken(findings) else 0


def _running(tools: Tools) -> str:
    return str(tools.ask("ping", STATUS_TIME).get("version", ""))


def _show(findings: Sequence[Finding], printer: Printer) -> None:
    room = printer.size[0] if printer.terminal else None
    parts = [one.part.value for one in findings]
    width = max(map(len, parts), default=0)
    for one in findings:
        tone = TONES[one.health]
        health = printer.paint(f"{one.health.value:9}", tone)
        printer.result(f"{health}{GAP}{one.part.value:{width}}{GAP}{shown(one.title)}")
        if one.remedy:
            indent = " " * (9 + width + 2 * len(GAP))
            for line in folded(shown(one.remedy), room, indent):
                printer.result(line)
    printer.say(wording.BROKEN if broken(findings) else wording.FINE)


def _write(path: str, seen: Seen, findings: Sequence[Finding], tools: Tools) -> None:
    about = tools.outside.machine()
    text = bundle(seen.board, findings, about, seen.now)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise TrayError(*wording.no_bundle(path, reason)) from None
    tools.printer.say(wording.bundled(path))
