"""Makes the manual page from the command line's own parser.

`papers.py` writes it. The text of every option is the one of `--help`; what is added
here is roff and the order that manual pages have.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator

NAME = "keeps AWS IAM Identity Center sign-ins alive"
FILES = (
    ("~/.aws/config", "the sessions and profiles; only read"),
    ("~/.aws/sso/cache", "the sign-ins, shared with the AWS CLI and the SDKs"),
)
SEE_ALSO = "aws(1)"
SECTION = re.compile(r"^([a-z ]+):\n", re.MULTILINE)


def page(parser: argparse.ArgumentParser, version: str, date: str) -> str:
    """Give the whole page in roff's man macros; the date is the version's own."""
    about = str(parser.description)
    lines = [
        '.\\" made by packaging/papers.py from the parser of the command line',
        f'.TH {parser.prog.upper()} 1 {date} "{parser.prog} {version}" "User Commands"',
        ".SH NAME",
        f"{roff(parser.prog)} \\- {roff(NAME)}",
        ".SH SYNOPSIS",
        *_synopsis(parser),
        ".SH DESCRIPTION",
        roff(about),
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    for command, about in _commands(parser):
        lines += _command(command, about)
    for title, text in _epilog(parser):
        lines += [f".SH {title.upper()}", *_literal(text)]
    lines.append(".SH FILES")
    for place, what in FILES:
        lines += [".TP", f"\\fI{roff(place)}\\fR", roff(what)]
    return (
        "\n".join([*lines, ".SH SEE ALSO", f".BR {SEE_ALSO}".replace("(", " (")]) + "\n"
    )


def roff(text: str) -> str:
    """Give a text so that roff shows just that."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = text.replace("~", "\\(ti").replace("^", "\\(ha").replace("`", "\\(ga")
    return re.sub(r"^\.", r"\\&.", text, flags=re.MULTILINE)


def _filled(text: str) -> list[str]:
    """Give a running text in lines that are short enough to be looked at."""
    return textwrap.wrap(roff(text), 78, break_long_words=False, break_on_hyphens=False)


def subcommands(parser: argparse.ArgumentParser) -> argparse._SubParsersAction:  # type: ignore[type-arg]
    """Give the action that holds the commands of a parser."""
    [found] = (
        action
        for action in parser._actions  # noqa: SLF001 - there is no public name
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    return found


def _commands(
    parser: argparse.ArgumentParser,
) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    action = subcommands(parser)
    for choice in action._choices_actions:  # noqa: SLF001 - there is no public name
        yield action.choices[choice.dest], str(choice.help)


def _command(parser: argparse.ArgumentParser, about: str) -> list[str]:
    lines = [f".SS {roff(parser.prog)}", f"{roff(about[:1].upper() + about[1:])}."]
    lines += [".PP", *_synopsis(parser), *_options(parser)]
    for title, text in _epilog(parser):
        lines += [
            ".PP",
            f"{roff(title.capitalize())}:" if title else "",
            *_literal(text),
        ]
    return [line for line in lines if line]


def _synopsis(parser: argparse.ArgumentParser) -> list[str]:
    usage = " ".join(parser.format_usage().split()[1:])
    words = usage.removeprefix(parser.prog).strip()
    return [f".B {roff(parser.prog)}", *_filled(words)]


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - there is no public name
        if action.help in {None, argparse.SUPPRESS} or action.nargs == argparse.PARSER:
            continue
        yield ".TP"
        value = str(action.metavar or "|".join(action.choices or [action.dest]))
        if not action.option_strings:
            yield f"\\fI{roff(value)}\\fR"
        else:
            names = ", ".join(f"\\fB{roff(name)}\\fR" for name in action.option_strings)
            yield names if action.nargs == 0 else f"{names} \\fI{roff(value)}\\fR"
        yield roff(str(action.help))


def _epilog(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Give each titled part of what stands below the options, and the rest."""
    parts = SECTION.split(parser.epilog or "")
    if parts[0].strip():
        yield ("" if parser.prog.count(" ") else "notes"), parts[0]
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        told, _, after = text.partition("\n\n")
        yield title, told
        if after.strip():
            yield ("" if parser.prog.count(" ") else "notes"), after


def _literal(text: str) -> list[str]:
    if not text.startswith(" "):
        return _filled(" ".join(text.split()))
    return [".nf", *(roff(line) for line in text.rstrip().splitlines()), ".fi"]
