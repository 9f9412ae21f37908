"""All that is fuzzed, by name."""

from __future__ import annotations

from tests.fuzz import on_cache, on_config, on_own_files, on_records, on_wires
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for room in (on_config, on_cache, on_own_files, on_records, on_wires)
    for target in room.TARGETS
}
