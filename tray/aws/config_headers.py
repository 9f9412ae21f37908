"""Sorts the sections of both files into profiles and sso-sessions.

Which header names what is botocore's rule (`configloader.py`, `build_profile_map`; the
credentials file is merged in as `session.py`, `full_config`, does). Headers that those
rules skip, though they were meant, are reported with the right spelling.
"""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

from tray.aws.config_sections import Entry, Findings, Plain, Spot, read_sections
from tray.aws.config_text import ConfigText
from tray.aws.inifile import Section
from tray.core.model import Problem, Profile, Subject
from tray.core.wording import config as wording
from tray.core.wording import config_file as words

PROFILE = "profile"
"""The first word of a profile's header."""

SESSION = "sso-session"
"""The first word of a session's header."""

_SUBJECTS = {PROFILE: Subject.PROFILE, SESSION: Subject.SESSION}
_SIMPLE = re.compile(r"""profile ([^\s"'\\]+)""")
_PLAIN = re.compile(
    r"""profile[ ]([^\s"'\\\]]+)\]
    (?:\n(?:
        sso_session[ ]*=[ ]*([^\s"';\#]+)
        |sso_account_id[ ]*=[ ]*([0-9]{12})
        |sso_role_name[ ]*=[ ]*([A-Za-z0-9_+=,.@-]{1,64})
        |sso_start_url[ ]*=[ ]*(https://[^\s"';\#]+)
        |sso_region[ ]*=[ ]*([a-z0-9-]+)
        |region[ ]*=[ ]*([a-z0-9-]+)
        |output[ ]*=[ ]*([a-z-]+)
    ))+(\n*)""",
    re.VERBOSE,
)
_PLAIN_KEYS = 7
_COMMENT = re.compile(r"\n[ \t]*[#;].*")
_PLAIN_SESSION = {"sso_start_url", "sso_region", "sso_registration_scopes"}
_MEANT = re.compile(
    r"\s*(?:(profiles?)|(sso[-_ ]?sessions?))[\s:=/]*(.*)", re.IGNORECASE
)
_PORTABLE = re.compile(r"[\w@+.%:/-]+", re.ASCII)
_SESSION_ONLY = {"sso_session", "sso_account_id", "sso_role_name"}


class Headers(NamedTuple):
    """What the headers of both files name."""

    profiles: dict[str, Entry | Profile]
    """The profiles by name; those with nothing odd as what they are."""

    plain: Plain
    """More about the latter."""

    sessions: dict[str, Entry]
    """The sso-sessions by name, in file order."""


def sort_sections(
    config: ConfigText, credentials: ConfigText, findings: Findings
) -> Headers:
    """Read both files and give what they name; what is odd goes into `findings`."""
    tried = Findings()
    sorter = _Sorter(config, tried)
    read = read_sections(config, tried, sorter.take)
    sorter.sort_all(read.sections)
    if sorter.plain and (read.lent or not sorter.independent()):
        tried = Findings()
        sorter = _Sorter(config, tried)
        sorter.sort_all(read_sections(config, tried).sections)
    findings.extend(tried)
    sections = read_sections(credentials, findings).sections
    _merge(sorter, sections, credentials, findings)
    return Headers(sorter.profiles, sorter.plain, sorter.sessions)


class _Sorter:
    """Sorts the config file's sections."""

    def __init__(self, file: ConfigText, findings: Findings) -> None:
        self.profiles: dict[str, Entry | Profile] = {}
        self.sessions: dict[str, Entry] = {}
        self.file = file
        self.plain = Plain(file)
        self._pool: dict[str, str] = {}
        self._findings = findings
        self._stray: list[tuple[str, str, int, Problem]] = []

    def take(self, text: str, line: int) -> bool:
        """Take a profile of the usual form at once; most are, so this is fast."""
        bare = _COMMENT.sub("", text) if "#" in text or ";" in text else text
        found = _PLAIN.fullmatch(bare)
        if found is None:
            return False
        keys = found.groups()
        name, session, account, role, url, sso_region, region, _, end = keys
        lines = bare.count("\n") - len(end)
        if not account or not role or lines != _PLAIN_KEYS - keys.count(None):
            return False
        if session is None:
            if not url or not sso_region:
                return False
            session = url
        elif url or sso_region:
            return False
        share = self._pool.setdefault
        session, role = share(session, session), share(role, role)
        region = share(region, region) if region else ""
        self.plain.keep(name, text, sso_region)
        self.profiles[name] = Profile(name, session, account, role, region, None, line)
        return True

    def independent(self) -> bool:
        """Tell whether no session has a key that a taken profile may have too."""
        return all(
            _PLAIN_SESSION.issuperset(entry.values) for entry in self.sessions.values()
        )

    def sort_all(self, sections: dict[str, Section]) -> None:
        """Put the sections where their headers say."""
        for section in sections.values():
            self._sort(section)
        self._settle()

    def _sort(self, section: Section) -> None:
        name = section.name
        simple = _SIMPLE.fullmatch(name)
        if simple is not None:
            self._keep(PROFILE, simple[1], section)
        elif name == "default":
            self._keep(PROFILE, name, section)
        elif name.startswith(PROFILE):
            self._split(PROFILE, section)
        elif name.startswith(SESSION):
            self._split(SESSION, section)
        elif not name.startswith("services"):
            self._skip(section)

    def _settle(self) -> None:
        """Report the skipped headers, each under the name that it was meant to be.

        A session that is declared properly elsewhere must not look broken by one.
        """
        for word, name, line, problem in self._stray:
            if word == SESSION and (name in self.sessions or not name):
                self._findings.add_file(self.file, line, problem)
            else:
                spot = Spot(line, "", self.file.rank)
                self._findings.add(_SUBJECTS[word], name, spot, problem)

    def _keep(self, word: str, name: str, section: Section) -> None:
        """Keep a profile or session; of two with one name the later one counts."""
        entry = Entry(name, section.values, section, self.file)
        if word == SESSION:
            who = wording.session(name)
            known: Entry | Profile | None = self.sessions.pop(name, None)
            self.sessions[name] = entry
            if not _PORTABLE.fullmatch(name):
                where = self._where(section)
                self._odd(words.session_name_not_portable(who, where), section)
        else:
            who = wording.profile(name)
            known = self.profiles.get(name)
            if known is None or known.line < section.line:
                self.profiles[name] = entry
        if known is not None:
            line = max(known.line, section.line)
            problem = words.name_twice(wording.place(self.file.shown, line), who)
            self._findings.add_file(self.file, line, problem)

    def _split(self, word: str, section: Section) -> None:
        where, header = self._where(section), section.name
        try:
            parts = shlex.split(header)
        except ValueError:
            parts = []
        if len(parts) == len((word, "name")) and parts[1]:
            if parts[0] != word:
                better = f"{word} {_quoted(parts[1])}"
                self._odd(words.header_odd_word(where, header, better), section)
            self._keep(word, parts[1], section)
        elif len(parts) == 1 and parts[0] != word:
            name = header.removeprefix(word).lstrip("-_:=/.")
            better = f"{word} {name or 'NAME'}"
            problem = words.header_mistyped(where, header, better)
            self._stray.append((word, name, section.line, problem))
        elif "".join(parts[1:]) or not parts:
            name = header.removeprefix(word).strip()
            problem = words.header_unquoted(where, header, word)
            self._stray.append((word, name, section.line, problem))
        else:
            problem = words.header_nameless(where, word)
            self._stray.append((word, "", section.line, problem))

    def _skip(self, section: Section) -> None:
        """Report a section that AWS's tools skip if it was meant as something."""
        header, values = section.name, section.values
        meant = _MEANT.fullmatch(header)
        if header.strip().lower() == "default":
            word, name, better = PROFILE, "default", "default"
        elif meant is not None:
            word, name = (PROFILE if meant[1] else SESSION), meant[3].strip()
            better = f"{word} {name or 'NAME'}"
        elif any(key.startswith("sso_") for key in values):
            session = "sso_start_url" in values and _SESSION_ONLY.isdisjoint(values)
            word, name = (SESSION if session else PROFILE), header
            better = f"{word} {_quoted(name)}"
        else:
            return
        problem = words.header_mistyped(self._where(section), header, better)
        self._stray.append((word, name, section.line, problem))

    def _odd(self, problem: Problem, section: Section) -> None:
        """Report what works all the same; a session must not look broken by it."""
        self._findings.add_file(self.file, section.line, problem)

    def _where(self, section: Section) -> str:
        return wording.place(self.file.shown, section.line)


def _merge(
    sorter: _Sorter, sections: dict[str, Section], file: ConfigText, findings: Findings
) -> None:
    """Add the credentials file, where each header is a profile's bare name."""
    profiles = sorter.profiles
    for name, section in sections.items():
        word, _, rest = name.partition(" ")
        where = wording.place(file.shown, section.line)
        if word == PROFILE and rest:
            problem = words.header_wrong_file(where, name, words.without_prefix(rest))
            findings.add_file(file, section.line, problem)
        elif word == SESSION and rest:
            better = words.move_to_config(sorter.file.shown)
            problem = words.header_wrong_file(where, name, better)
            findings.add_file(file, section.line, problem)
        else:
            entry = profiles.get(name)
            if isinstance(entry, Profile):
                entry = sorter.plain.entry(entry)
            profiles[name] = (
                Entry(name, section.values, section, file)
                if entry is None
                else entry._replace(
                    values=entry.values | section.values, extra=(section, file)
                )
            )


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search(r"\s", name) else name
