"""What edits would change, as people read it: a diff that shows no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tray.aws.config_editor import Edited
from tray.aws.config_lines import read_sheet, split_lines

SHOWN = frozenset(
    {
        "output",
        "region",
        "role_arn",
        "source_profile",
        "sso_account_id",
        "sso_region",
        "sso_registration_scopes",
        "sso_role_name",
        "sso_session",
        "sso_start_url",
    }
)
"""Keys whose values are shown; those of all others are dots."""

_DELIMITER = re.compile("[=:]")


def diff_of(edited: Edited, shown: str) -> str:
    """Give a diff in the unified form; empty where nothing changes."""
    rows = list(_rows(edited))
    return "\n".join([f"--- {shown}", f"+++ {shown}", *rows, ""]) if rows else ""


def _rows(edited: Edited) -> Iterator[str]:
    sections = _sections(edited)
    told = None
    for number, (old, new) in enumerate(zip(edited.before, edited.after, strict=True)):
        if old == new:
            continue
        if not new.startswith(old) or not old:
            gone, come = split_lines(old), split_lines(new)
        else:
            gone, come = [], split_lines(new.removeprefix(old))
        if sections[number] != told:
            told = sections[number]
            yield f"@@ {number + 1} @@ {told}".rstrip()
        yield from (f"-{_masked(line)}" for line in gone)
        yield from (f"+{_masked(line)}" for line in come)


def _sections(edited: Edited) -> list[str]:
    """Give the header that each line stands under, if it does not begin one itself."""
    lines = ["" for _ in edited.before]
    blocks = read_sheet("".join(edited.before)).blocks
    ends = [*(block.at for block in blocks[1:]), len(lines) - 1]
    for block, after in zip(blocks, ends, strict=False):  # no section, but an end
        header = f"[{block.header}]"
        lines[block.at + 1 : after] = [header] * (after - block.at - 1)
    return lines


def _masked(line: str) -> str:
    """Give a line without its end, and without what may be secret."""
    text = line.rstrip("\r\n")
    word = text.strip()
    if not word or word[0] in "[#;":
        return text
    delimiter = _DELIMITER.search(text)
    if delimiter is None or text[0].isspace():  # a value may go on there
        return f"{text[: len(text) - len(text.lstrip())]}…"
    known = text[: delimiter.start()].rstrip().lower() in SHOWN
    return text if known else f"{text[: delimiter.end()]} …"
