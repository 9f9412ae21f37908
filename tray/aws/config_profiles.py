"""Makes profiles of the config: which get their credentials through SSO, and how.

The order of sources inside a profile and the rules for chains are botocore's
(`credentials.py`, `AssumeRoleProvider` and `SSOProvider`); where other SDKs decide
otherwise, that is said. A profile that AWS's tools would refuse is reported only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf

from tray.aws.config_headers import Headers
from tray.aws.config_sections import Entry, Findings
from tray.aws.config_sessions import SignIn
from tray.aws.config_values import (
    STATIC,
    TOKEN_FILE,
    Judge,
    assumed_role,
    assumes,
    check_account,
    check_role,
    check_spelling,
    has_keys,
    nearest,
)
from tray.core.model import Problem, Profile, Subject
from tray.core.roles import MOST_ROLES
from tray.core.wording import config as wording

SSO_KEYS = (
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
)
"""The keys that make a profile one of SSO."""

_LEGACY = SSO_KEYS[1:]
_ACCOUNT, _ROLE = "sso_account_id", "sso_role_name"
_SSO = frozenset(SSO_KEYS)
_RIVALS = (*STATIC, "credential_process", "login_session")
_RIVAL_SET = frozenset(_RIVALS)


class Broken:
    """Stands for a profile that AWS's tools would refuse; it is reported already."""


BROKEN = Broken()
Outcome = Profile | Broken | None
"""What a profile is: one of SSO, a broken one, or None, which is not our matter."""


class Profiles:
    """Finds out what each profile is."""

    def __init__(self, headers: Headers, found: Findings) -> None:
        self._entries = headers.profiles
        self._sessions = headers.sessions
        self._plain = headers.plain
        self._found = found
        self._own: dict[str, Outcome] = {}
        self._chained: dict[str, Outcome] = {}

    def sound(self) -> tuple[Profile, ...]:
        """Give the profiles of SSO, in order."""
        sessions, outcomes = self._sessions, []
        for known in self._entries.values():
            outcome: Outcome
            if isinstance(known, Entry):
                outcome = self._chain(known) if assumes(known) else self.own(known)
            elif known.session in sessions or self._plain.sso_region(known.name):
                outcome = known
            else:
                outcome = self.own(self._plain.entry(known))
            if isinstance(outcome, Profile):
                outcomes.append(outcome)
        outcomes.sort(key=lambda profile: profile.line or inf)
        return tuple(outcomes)

    def sign_ins(self) -> list[SignIn]:
        """Give what profiles say of a sign-in themselves, in order, after `sound`."""
        found = []
        for name, known in self._entries.items():
            if isinstance(known, Profile):
                region = self._plain.sso_region(name)
                if region:
                    found.append(SignIn(0, known.line, name, known.session, region))
            elif "sso_session" not in known.values:
                own = self._own.get(name)
                if isinstance(own, Profile):
                    region = known.values["sso_region"]
                    place = known.file.rank, known.line
                    found.append(SignIn(*place, name, own.session, region))
        return sorted(found)

    def entry(self, name: str) -> Entry:
        """Give what stands about a profile that there is."""
        known = self._entries[name]
        return self._plain.entry(known) if isinstance(known, Profile) else known

    def own(self, entry: Entry) -> Outcome:
        """Tell what a profile's own keys make of it, roles and sources left aside."""
        values, name = entry.values, entry.name
        if _SSO.isdisjoint(values):
            return self._unrelated(entry)
        if name in self._own:
            return self._own[name]
        session = values.get("sso_session")
        outcome: Outcome
        if TOKEN_FILE in values:
            outcome = self._refuse(entry, wording.ignored_session, TOKEN_FILE)
        elif session is None:
            outcome = self._legacy_profile(entry)
        else:
            outcome = self._session_profile(entry, session)
        if isinstance(outcome, Profile) and not _RIVAL_SET.isdisjoint(values):
            rival = next(key for key in _RIVALS if key in values)
            self._judge(entry).report(wording.tools_differ, rival, key=rival)
        self._own[name] = outcome
        return outcome

    def _unrelated(self, entry: Entry) -> Outcome:
        if not any(key.startswith("sso") for key in entry.values):
            return None
        return BROKEN if self._judge(entry).mistyped(SSO_KEYS) else None

    def _session_profile(self, entry: Entry, session: str) -> Outcome:
        values, declared = entry.values, self._sessions.get(session)
        if declared is None:
            return self._unknown(entry, session)
        account, role = values.get(_ACCOUNT), values.get(_ROLE)
        bearer = account is None and role is None
        if not declared.values.keys().isdisjoint(values):
            for key, value in declared.values.items():
                if values.get(key, value) == value:
                    continue
                if not bearer:
                    return self._refuse(
                        entry, wording.inconsistent, key, session, key=key
                    )
                judge = self._judge(entry)
                judge.report(wording.inconsistent_bearer, key, session, key=key)
        if bearer:
            if self._judge(entry).mistyped((_ACCOUNT, _ROLE)):
                return BROKEN
            return _profile(entry, session, "", "")
        account = account or declared.values.get(_ACCOUNT, account)
        role = role or declared.values.get(_ROLE, role)
        return self._with_role(entry, session, account, role)

    def _legacy_profile(self, entry: Entry) -> Outcome:
        values, judge = entry.values, self._judge(entry)
        if any(key not in values for key in _LEGACY):
            if not judge.mistyped(("sso_session",)):
                judge.missing(_LEGACY)
            return BROKEN
        url = values["sso_start_url"]
        if not url or "\n" in url:
            judge.wrong("sso_start_url", url)
            return BROKEN
        return self._with_role(entry, url, values[_ACCOUNT], values[_ROLE])

    def _with_role(
        self, entry: Entry, session: str, account: str | None, role: str | None
    ) -> Outcome:
        if account is None or role is None:
            self._judge(entry).missing((_ACCOUNT, _ROLE))
            return BROKEN
        good = check_account("", "", account) is None
        if good and check_role("", "", role) is None:
            return _profile(entry, session, account, role)
        judge = self._judge(entry)
        judge.wrong(_ACCOUNT, account)
        judge.wrong(_ROLE, role)
        return BROKEN

    def _unknown(self, entry: Entry, session: str) -> Broken:
        near = nearest(session, self._sessions)
        spot, who = entry.spot("sso_session"), wording.profile(entry.name)
        problem = check_spelling(who, spot.where, "sso_session", session)
        if problem is None:
            problem = wording.session_unknown(who, spot.where, session, near)
        self._found.add(Subject.PROFILE, entry.name, spot, problem)
        return BROKEN

    def _chain(self, entry: Entry) -> Outcome:
        """Follow the source profiles of one that assumes a role, to their end."""
        if has_keys(entry) and self._comes_back(entry):
            return self._loop({entry.name: entry}, entry)
        path: dict[str, Entry] = {}
        current = entry
        outcome: Outcome
        while current.name not in self._chained:
            if current.name in path:
                return self._loop(path, current)
            path[current.name] = current
            source = self._source(current)
            if not isinstance(source, Entry):
                self._chained[path.popitem()[0]] = outcome = source
                break
            if source is current or not assumes(source) or has_keys(source):
                outcome = self.own(source)
                break
            current = source
        else:
            outcome = self._chained[current.name]
        for name in reversed(path):
            outcome = self._chained[name] = self._through(path[name], outcome)
        return outcome

    def _comes_back(self, entry: Entry) -> bool:
        """Tell whether a profile with keys starts from itself by way of others."""
        seen, current = set[str](), entry
        while current.name not in seen:
            seen.add(current.name)
            source = current.values.get("source_profile", "")
            if source == entry.name or source not in self._entries:
                return source == entry.name and current is not entry
            current = self.entry(source)
            if not assumes(current) or has_keys(current):
                return False
        return False

    def _source(self, entry: Entry) -> Entry | Broken | None:
        """Tell which profile this one starts from, or what it is if from none."""
        name = entry.values.get("source_profile")
        if name is None or "credential_source" in entry.values:
            return self._sourceless(entry)
        if name not in self._entries:
            near = nearest(name, self._entries)
            return self._refuse(
                entry, wording.source_missing, name, near, key="source_profile"
            )
        if name == entry.name and not has_keys(entry):
            return self._refuse(entry, wording.source_itself, key="source_profile")
        return self.entry(name)

    def _sourceless(self, entry: Entry) -> Broken | None:
        """Tell what a profile with a role is that starts from no other profile."""
        values, own = entry.values, not _SSO.isdisjoint(entry.values)
        if "source_profile" in values:
            return self._refuse(entry, wording.two_sources, key="credential_source")
        if "credential_source" in values:
            if own:
                self._refuse(entry, wording.ignored_session, "credential_source")
            return None
        if own:
            return self._refuse(entry, wording.role_without_source, key="role_arn")
        return None

    def _through(self, entry: Entry, outcome: Outcome) -> Outcome:
        """Tell what a profile is whose source is this."""
        source, own = entry.values["source_profile"], not _SSO.isdisjoint(entry.values)
        if isinstance(outcome, Broken):
            return self._refuse(
                entry, wording.source_broken, source, key="source_profile"
            )
        if outcome is None:
            if own:
                self._refuse(entry, wording.ignored_session, "source_profile")
            return None
        if not outcome.account_id:
            return self._refuse(
                entry, wording.source_bearer, source, key="source_profile"
            )
        if own and source != entry.name:
            self._judge(entry).report(wording.role_wins, key="role_arn")
        profile = _profile(
            entry, outcome.session, outcome.account_id, outcome.role_name
        )
        roles = (*outcome.roles, assumed_role(entry.values))[: MOST_ROLES + 1]
        return replace(profile, source_profile=source, roles=roles)

    def _loop(self, path: Mapping[str, Entry], last: Entry) -> Broken:
        for entry in path.values():
            self._refuse(
                entry, wording.source_loop, *path, last.name, key="source_profile"
            )
            self._chained[entry.name] = BROKEN
        return BROKEN

    def _refuse(
        self, entry: Entry, sentence: Callable[..., Problem], *words: str, key: str = ""
    ) -> Broken:
        self._judge(entry).report(sentence, *words, key=key)
        return BROKEN

    def _judge(self, entry: Entry) -> Judge:
        return Judge(Subject.PROFILE, entry.name, entry, self._found)


def _profile(entry: Entry, session: str, account: str, role: str) -> Profile:
    line = 0 if entry.file.rank else entry.section.line
    region = entry.values.get("region", "")
    return Profile(entry.name, session, account, role, region, None, line)
