"""Sentences about sections of AWS's config: what is wrong and what to write instead.

`where` is a file with a line, from `place`. Values are shown only where they can't be
secret, and cut.
"""

from __future__ import annotations

from tray.core.model import Problem

LONGEST = 60
"""A value from the config is cut to so many characters."""


def bare(value: str) -> str:
    """Give a value from the config on one line and cut."""
    text = " ".join(value.split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return f"{text[: LONGEST - 1]}…" if len(text) > LONGEST else text


def shown(value: str) -> str:
    """Give a value from the config in quotes, on one line and cut."""
    return f"'{bare(value)}'"


def place(path: str, line: int) -> str:
    """Name a line of a file."""
    return f"{path}, line {line}" if line else path


def profile(name: str) -> str:
    """Name a profile."""
    return f"Profile {shown(name)}"


def session(name: str) -> str:
    """Name an SSO session."""
    return f"SSO session {shown(name)}"


def portal(start_url: str) -> str:
    """Name the sign-in of legacy profiles by their start URL."""
    return f"The sign-in to {shown(start_url)}"


# Values


def value_empty(who: str, where: str, key: str) -> Problem:
    """Say that a key has no value."""
    return Problem(f"{who} ({where}) has an empty {key}.", f"Give {key} a value.")


def value_quoted(who: str, where: str, key: str) -> Problem:
    """Say that quotes stand around a value and count as part of it."""
    return Problem(
        f"{who} ({where}) has quotes around {key}; they count as part of the value.",
        f"Take the quotes around the value of {key} away.",
    )


def value_commented(who: str, where: str, key: str) -> Problem:
    """Say that a comment stands behind a value and counts as part of it."""
    return Problem(
        f"{who} ({where}) has a comment behind {key}; the AWS CLI reads it as part of "
        "the value.",
        "Move the comment to a line of its own.",
    )


def value_broken(who: str, where: str, key: str) -> Problem:
    """Say that an indented line was taken as part of a value."""
    return Problem(
        f"{who} ({where}) has a {key} that runs over more than one line.",
        "Take the indent of the next line away.",
    )


def key_missing(who: str, where: str, names: str) -> Problem:
    """Say which keys are missing."""
    return Problem(
        f"{who} ({where}) has no {names}.",
        f"Add {names}, or run 'aws configure sso' to set it up again.",
    )


def key_mistyped(who: str, where: str, written: str, meant: str) -> Problem:
    """Say that a missing key seems to be there under a mistyped name."""
    return Problem(
        f"{who} ({where}) has {bare(written)} but no {meant}.",
        f"Write {meant}.",
    )


def account_malformed(who: str, where: str, value: str) -> Problem:
    """Say that an account ID is none."""
    short = value.isdigit() and len(value) < len("123456789012")
    return Problem(
        f"{who} ({where}) has sso_account_id {shown(value)}, which is not 12 digits.",
        "Add the leading zeros."
        if short
        else "Write the account ID as 12 digits, with nothing between them.",
    )


def role_malformed(who: str, where: str, value: str) -> Problem:
    """Say that a role name has characters that none has."""
    return Problem(
        f"{who} ({where}) has sso_role_name {shown(value)}, which is no role name.",
        "Write the permission set's name, not its ARN.",
    )


def url_not_https(who: str, where: str, value: str) -> Problem:
    """Say that a start URL is not safe or is no address."""
    rest = value.partition("://")[2] or value
    return Problem(
        f"{who} ({where}) has an sso_start_url that does not begin with https://.",
        f"Write https://{bare(rest)}.",
    )


def url_malformed(who: str, where: str) -> Problem:
    """Say that a start URL names no host."""
    return Problem(
        f"{who} ({where}) has an sso_start_url that is not a web address.",
        "Copy the AWS access portal URL, such as https://d-1234567890.awsapps.com/start.",
    )


def region_malformed(who: str, where: str, value: str) -> Problem:
    """Say that a region is none."""
    return Problem(
        f"{who} ({where}) has sso_region {shown(value)}, which is not a region.",
        "Write the region of IAM Identity Center, such as us-east-1.",
    )


# Profiles and their sessions


def session_unknown(who: str, where: str, name: str, near: str) -> Problem:
    """Say that a profile names a session that is not declared."""
    return Problem(
        f"{who} ({where}) uses the SSO session {shown(name)}, which does not exist.",
        f"Write sso_session = {near}, or add [sso-session {bare(name)}]."
        if near
        else f"Add [sso-session {bare(name)}], or run 'aws configure sso'.",
    )


def inconsistent(who: str, where: str, key: str, name: str) -> Problem:
    """Say that a profile and its session contradict each other."""
    return Problem(
        f"{who} ({where}) has another {key} than its SSO session {shown(name)}, "
        "so AWS's tools refuse it.",
        f"Take {key} out of the profile.",
    )


def inconsistent_bearer(who: str, where: str, key: str, name: str) -> Problem:
    """Say that a profile of a session alone has a key that contradicts it."""
    return Problem(
        f"{who} ({where}) has another {key} than its SSO session {shown(name)}; "
        "the session's counts.",
        f"Take {key} out of the profile.",
    )


def legacy_region(who: str, where: str, region: str) -> Problem:
    """Say that legacy profiles of one start URL name different regions."""
    return Problem(
        f"{who} ({where}) has another sso_region than the other profiles of its "
        "start URL.",
        f"Write sso_region = {region}, unless that one is wrong.",
    )


def ignored_session(who: str, where: str, winner: str) -> Problem:
    """Say that a profile's SSO keys do nothing because others win."""
    return Problem(
        f"{who} ({where}) has {winner}, so the AWS CLI ignores its sso_* keys.",
        "Make two profiles of it, one for each way to get credentials.",
    )


def tools_differ(who: str, where: str, other: str) -> Problem:
    """Say that a profile has two sources of credentials and SDKs differ over them."""
    return Problem(
        f"{who} ({where}) has {other} beside its sso_* keys; SSO wins in some tools, "
        "not in all.",
        "Make two profiles of it, one for each way to get credentials.",
    )


def role_wins(who: str, where: str) -> Problem:
    """Say that `source_profile` beats a profile's own SSO keys in most tools."""
    return Problem(
        f"{who} ({where}) has sso_* keys beside role_arn and source_profile; the AWS "
        "CLI ignores them, not every tool does.",
        "Take the sso_* keys out; the source profile has its own.",
    )


def role_without_source(who: str, where: str) -> Problem:
    """Say that a role is to be assumed from nothing."""
    return Problem(
        f"{who} ({where}) has role_arn but no source_profile, so AWS's tools refuse "
        "it in spite of its sso_* keys.",
        "Add source_profile with the name of an SSO profile, or take role_arn out.",
    )


def two_sources(who: str, where: str) -> Problem:
    """Say that a role is to be assumed from two sources."""
    return Problem(
        f"{who} ({where}) has both source_profile and credential_source, so AWS's "
        "tools refuse it.",
        "Take one of the two out.",
    )


def source_missing(who: str, where: str, source: str, near: str) -> Problem:
    """Say that the source profile does not exist."""
    return Problem(
        f"{who} ({where}) has the source_profile {shown(source)}, "
        "which does not exist.",
        f"Write source_profile = {near}."
        if near
        else "Correct the name, or add that profile.",
    )


def source_itself(who: str, where: str) -> Problem:
    """Say that a profile with a role is its own source."""
    return Problem(
        f"{who} ({where}) is its own source_profile, so AWS's tools refuse it.",
        "Move the sso_* keys to a profile of their own and name that one.",
    )


def source_loop(who: str, where: str, *chain: str) -> Problem:
    """Say that the source profiles go round in a circle."""
    return Problem(
        f"{who} ({where}) has source profiles that go round in a circle: "
        f"{' → '.join(bare(name) for name in chain)}.",
        "Let the last of them get its credentials by itself.",
    )


def source_broken(who: str, where: str, source: str) -> Problem:
    """Say that the source profile itself is wrong."""
    return Problem(
        f"{who} ({where}) can't work because its source_profile {shown(source)} "
        "does not.",
        f"Correct the profile {shown(source)}.",
    )


def source_bearer(who: str, where: str, source: str) -> Problem:
    """Say that the source profile has a session but no account and role."""
    return Problem(
        f"{who} ({where}) has the source_profile {shown(source)}, which has an SSO "
        "session but no account and role.",
        f"Add sso_account_id and sso_role_name to the profile {shown(source)}.",
    )
