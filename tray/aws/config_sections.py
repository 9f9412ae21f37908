"""Reads one of AWS's two files into sections and says what is wrong with the file.

What stands under `[DEFAULT]` is lent to every section and a header that stands twice
is merged, the later line winning; AWS's tools refuse the second, other tools do this.
"""

from __future__ import annotations

from typing import NamedTuple

from tray.aws.config_text import ConfigText
from tray.aws.inifile import (
    DEFAULTS,
    Fault,
    Flaw,
    Section,
    Taker,
    is_sound,
    line_of,
    plain_values,
    scan,
)
from tray.core.model import ConfigProblem, Problem, Profile, Subject
from tray.core.wording import config as wording
from tray.core.wording import config_file as words

MOST_FAULTS = 20
"""So many faulty lines of one file are listed; the others are counted."""


class Findings:
    """Gathers what is wrong, to be given in the files' order."""

    def __init__(self) -> None:
        self._found: list[tuple[int, ConfigProblem]] = []

    def add(self, subject: Subject, name: str, spot: Spot, problem: Problem) -> None:
        """Note a problem with a profile or a session."""
        entry = ConfigProblem(subject, name, spot.line, problem)
        self._found.append((spot.rank, entry))

    def add_file(self, file: ConfigText, line: int, problem: Problem) -> None:
        """Note a problem with a file, or one that is about no single profile."""
        entry = ConfigProblem(Subject.FILE, str(file.path), line, problem)
        self._found.append((file.rank, entry))

    def extend(self, others: Findings) -> None:
        """Take over what others have gathered."""
        self._found += others._found

    def listed(self) -> tuple[ConfigProblem, ...]:
        """Give the problems by file and line."""
        self._found.sort(key=lambda found: (found[0], found[1].line))
        return tuple(problem for _, problem in self._found)


class Spot(NamedTuple):
    """A place in one of the files."""

    line: int
    """The line."""

    where: str
    """File and line in words."""

    rank: int
    """0 in the config, 1 in the credentials file."""


class Entry(NamedTuple):
    """A profile or an sso-session: what it says and where."""

    name: str
    """The name without the header's first word and without quotes."""

    values: dict[str, str]
    """Its values by lower-case key."""

    section: Section
    """Where it stands."""

    file: ConfigText
    """In which file."""

    extra: tuple[Section, ConfigText] | None = None
    """Where the credentials file says more about it."""

    @property
    def line(self) -> int:
        """The line of its header, as a profile has it."""
        return self.section.line

    def spot(self, key: str = "") -> Spot:
        """Tell where a key stands, or the header if it has no such key."""
        section, file = self.section, self.file
        if self.extra is not None and key in self.extra[0].values:
            section, file = self.extra
        line = line_of(section, key) if key else section.line
        return Spot(line, wording.place(file.shown, line), file.rank)


class Plain:
    """The profiles that have nothing odd about them, kept in little room.

    They are most of a large config: a session or a legacy sign-in, an account, a role.
    """

    def __init__(self, file: ConfigText) -> None:
        self._file = file
        self._texts: dict[str, str] = {}
        self._regions: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._texts)

    def keep(self, name: str, text: str, sso_region: str | None) -> None:
        """Keep a profile's section, and the `sso_region` of a legacy one."""
        self._texts[name] = text
        if sso_region:
            self._regions[name] = sso_region

    def sso_region(self, name: str) -> str:
        """Give the `sso_region` of a legacy one; empty for one with a session."""
        return self._regions.get(name, "")

    def entry(self, profile: Profile) -> Entry:
        """Give one of them in the form of the others."""
        name, line, text = profile.name, profile.line, self._texts[profile.name]
        values = plain_values(text)
        section = Section(name, line, values, text, line)
        return Entry(name, values, section, self._file)


class Sections(NamedTuple):
    """The sections of one file."""

    sections: dict[str, Section]
    """Those that `take` did not take, by header."""

    lent: bool
    """Whether a header twice or `[DEFAULT]` makes sections depend on one another."""


def read_sections(
    file: ConfigText, findings: Findings, take: Taker | None = None
) -> Sections:
    """Give a file's sections and note what is wrong with the file."""
    for line, problem in file.problems:
        findings.add_file(file, line, problem)
    faults: list[Fault] = []
    sections: dict[str, Section] = {}
    pool: dict[str, str] = {}
    share = pool.setdefault
    for section in scan(file.text, faults, take):
        values = {share(key, key): value for key, value in section.values.items()}
        known = sections.get(section.name)
        if known is None:
            sections[section.name] = section._replace(values=values)
        else:
            known.values.update(values)
    lent = any(fault.flaw is Flaw.SECTION_TWICE for fault in faults)
    defaults = sections.pop(DEFAULTS, None)
    if defaults is not None:
        lent = True
        problem = words.defaults_section(wording.place(file.shown, defaults.line))
        findings.add_file(file, defaults.line, problem)
        faults += _lend(defaults, sections)
    _report(file, faults, findings)
    return Sections(sections, lent)


def _lend(defaults: Section, sections: dict[str, Section]) -> list[Fault]:
    """Give each section the keys of `[DEFAULT]` that it has not itself."""
    faults = []
    for key, value in defaults.values.items():
        takers = [section for section in sections.values() if key not in section.values]
        for section in takers:
            section.values[key] = value
        if takers and not is_sound(value):
            line = line_of(defaults, key)
            faults.append(Fault(Flaw.NO_NESTED, line, DEFAULTS, key))
    return faults


def _report(file: ConfigText, faults: list[Fault], findings: Findings) -> None:
    refused = [fault for fault in faults if fault.flaw is not Flaw.CAPITALS]
    for fault in refused[:MOST_FAULTS]:
        findings.add_file(file, fault.line, _worded(fault, file))
    if len(refused) > MOST_FAULTS:
        problem = words.more_faults(file.shown, len(refused) - MOST_FAULTS)
        findings.add_file(file, refused[MOST_FAULTS].line, problem)
    for fault in faults:
        if fault.flaw is Flaw.CAPITALS and fault.key.startswith("sso_"):
            findings.add_file(file, fault.line, _worded(fault, file))


def _worded(fault: Fault, file: ConfigText) -> Problem:
    where = wording.place(file.shown, fault.line)
    match fault.flaw:
        case Flaw.BEFORE_HEADER:
            return words.before_header(where)
        case Flaw.SECTION_TWICE:
            return words.section_twice(where, fault.section)
        case Flaw.KEY_TWICE:
            return words.key_twice(where, fault.section, fault.key)
        case Flaw.NO_SETTING:
            return words.no_setting(where)
        case Flaw.NO_NESTED:
            return words.no_nested(where, fault.key)
        case Flaw.CAPITALS:
            return words.key_capitals(where, fault.section, fault.key)
