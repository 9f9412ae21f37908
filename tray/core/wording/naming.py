"""What is said about templates for profile names."""

from __future__ import annotations

from collections.abc import Iterable

from tray.core.wording.labels import label

Words = tuple[str, str]
"""What happened, and what to do."""

EXAMPLE = "{account_name|lower|dash}-{role}"


def brace(template: str, sign: str) -> Words:
    """Say that a brace has no partner."""
    title = f"In the template {label(template)} a {sign} stands alone."
    return title, f"Write fields in braces, such as {EXAMPLE}."


def empty() -> Words:
    """Say that a template is empty."""
    return "The template for profile names is empty.", f"Write one such as {EXAMPLE}."


def unknown_field(template: str, field: str, known: Iterable[str]) -> Words:
    """Say that a template names a field that does not exist."""
    shown = label(field) if field else "{}"
    title = f"The template {label(template)} has an unknown field: {shown}."
    return title, f"There are: {', '.join(known)}."


def unknown_filter(template: str, name: str, known: Iterable[str]) -> Words:
    """Say that a template passes a value through a filter that does not exist."""
    shown = label(name) if name else "(empty)"
    title = f"The template {label(template)} has an unknown filter: {shown}."
    return title, f"There are: {', '.join(known)}."
