"""What the guided set-up says and asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tray.core.wording.labels import label

Words = tuple[str, str]
"""What happened, and what to do."""

MOST_NAMED = 6
"""Names in a remedy; more are nobody's help."""

LEFT = ("Left before the end.", "Nothing was written.")

YES_NO = "[Y/n]"
NO_YES = "[y/N]"

PICK_KEYS = "Type to search (prod,admin); Space ticks, Ctrl-A all shown; Enter goes on"

START_URL = "Start URL of your access portal, or your company's name in it"
REGION = "Region of your IAM Identity Center"
NAME = "Name of this session in the config"
PICK = "For which accounts and roles do you want profiles?"
DEFAULT_REGION = "Default region of the profiles (may be empty)"
OUTPUT = "Output format of the AWS CLI (may be empty)"
TEMPLATE = "Names of the profiles"
WRITE = "Write this?"

NOTHING_PICKED = (
    "No account and role was picked.",
    "Nothing was written. Run it again, or add profiles later with: sso-tray sync",
)


def yes_or_no(text: str) -> str:
    """Say what is wrong with an answer that is neither."""
    known = {"", "y", "yes", "n", "no"}
    return "" if text.lower() in known else "Answer y or n."


def unanswered(question: str, flag: str) -> Words:
    """Say that a question has no answer, and nobody can be asked."""
    return (
        f"This needs an answer, and nobody is asked here: {question}.",
        f"Answer it with {flag}; --yes takes all other answers as proposed.",
    )


def start_url_wanted(text: str) -> str:
    """Say that this can't be a start URL."""
    return f"{label(text) if text else 'This'} is no start URL; write one like acme or https://acme.awsapps.com/start"


def region_wanted(text: str) -> str:
    """Say that this can't be a region."""
    return f"{label(text) if text else 'This'} is no region; write one like eu-west-1"


def output_wanted(known: Iterable[str]) -> str:
    """Say that this is no output format."""
    return f"Write one of: {', '.join(known)}"


def name_wanted(text: str) -> str:
    """Say that this can't be the name of a session."""
    shown = label(text) if text else "This"
    return f"{shown} can't be a name; use letters, digits and . - _"


def name_taken(name: str, start_url: str) -> str:
    """Say that a session of this name leads elsewhere."""
    return f"{label(name)} leads to {label(start_url)} already; take another name"


def wrong_flag(flag: str, problem: str) -> Words:
    """Say that the answer in a flag can't be taken."""
    return f"{problem}.", f"Correct {flag}."


def no_such_account(account: str, known: Sequence[str]) -> Words:
    """Say that an account can't be reached."""
    title = f"You can't reach an account {label(account)} through this portal."
    return title, f"You can reach: {_some(known)}."


def no_such_role(role: str, known: Iterable[str]) -> Words:
    """Say that nobody gave this role."""
    title = f"You have no role {label(role)} in what you chose."
    return title, f"There you have: {_some(sorted(known))}."


def no_access(start_url: str) -> Words:
    """Say that somebody was logged in who can reach nothing."""
    return (
        f"You are logged in to {label(start_url)}, and no account is assigned to you.",
        "Ask your administrator to assign you one. Nothing was written.",
    )


def found_portal(start_url: str) -> str:
    """Say where a start URL leads to."""
    return f"That is the portal {label(start_url)}."


def found_region(region: str) -> str:
    """Say which region an address tells."""
    return f"Its region is {region}."


def reusing(name: str) -> str:
    """Say that the config has this sign-in already."""
    return f"Your config has this portal already: {label(name)}. New profiles join it."


def preview(names: Sequence[str], total: int) -> str:
    """Show what profiles would be called."""
    shown = ", ".join(names[:3])
    more = f" and {total - 3} more" if total > len(names[:3]) else ""
    return f"{shown}{more}"


def next_command(profile: str, region: str) -> str:
    """Say what to try now."""
    more = "" if region else " --region us-east-1"
    return f"Try: aws sts get-caller-identity --profile {profile}{more}"


def _some(names: Sequence[str]) -> str:
    shown = [label(name) for name in names[:MOST_NAMED]]
    more = len(names) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown) or "none"
