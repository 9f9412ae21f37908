"""The house rules that no linter knows: size, words, places."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from tray.core.errors import KINDS

ROOT = Path(__file__).parent.parent
FILE_LINES = 300
FUNCTION_LINES = 40
SENTENCE_WORDS = 4
ROOT_ENTRIES = {
    ".ci",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "docs",
    "packaging",
    "pyproject.toml",
    "tests",
    "tray",
}
SPEAKERS = {leaf.__name__ for leaf in KINDS.values()} | {"Problem"}
Node = TypeVar("Node", bound=ast.AST)


@cache
def tracked() -> tuple[Path, ...]:
    """Give every file under version control that is there."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).exists())


@cache
def trees() -> dict[str, ast.Module]:
    """Give the syntax tree of every Python file of ours, by place."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix == ".py"
    }


def each(*kinds: type[Node], under: str = "") -> Iterator[tuple[str, Node]]:
    """Give each node of some kinds with its place."""
    for place, tree in trees().items():
        for node in ast.walk(tree) if place.startswith(under) else ():
            if isinstance(node, kinds):
                yield f"{place}:{getattr(node, 'lineno', 0)}", node


def lines(pattern: str) -> list[str]:
    """Give the place of each line, in any text file of ours, that fits a pattern."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in tracked()
        if path.suffix not in {".png", ".ico", ".seed"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def words_of(node: ast.expr) -> int:
    """Count the words that a literal, or the literals within an f-string, spell out."""
    return sum(
        len(part.value.split())
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def name_of(node: ast.expr) -> str:
    """Give the last name of `a.b.name`, `name` or a call of either."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def fields(node: ast.ClassDef) -> Iterator[tuple[ast.AnnAssign, bool]]:
    """Give a class's fields, and whether a line below tells what each means."""
    for statement, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign):
            told = isinstance(below, ast.Expr) and words_of(below.value) > 0
            yield statement, told


def test_files_are_short() -> None:
    """No file of ours needs scrolling for minutes."""
    long = [
        path.name
        for path in tracked()
        if path.suffix == ".py"
        and len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
    ]

    assert not long


def test_functions_are_short() -> None:
    """Every function can be seen at one glance."""
    long = [
        f"{place} {node.name}"
        for place, node in each(ast.FunctionDef)
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]

    assert not long


def test_nothing_is_global_or_asynchronous() -> None:
    """State is handed over, and threads are few and plain."""
    assert not [place for place, _ in each(ast.Global)]
    assert not [place for place, _ in each(ast.AsyncFunctionDef, under="tray/")]


def test_every_test_says_its_promise() -> None:
    """Each test has a docstring."""
    silent = [
        f"{place} {node.name}"
        for place, node in each(ast.FunctionDef, under="tests/")
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert not silent


def test_every_field_is_explained() -> None:
    """Each field of a public dataclass has a line below that says what it means."""
    silent = [
        f"{place} {node.name}.{name_of(statement.target)}"
        for place, node in each(ast.ClassDef, under="tray/")
        if "dataclass" in map(name_of, node.decorator_list) and node.name[0] != "_"
        for statement, told in fields(node)
        if not told and not name_of(statement.target).startswith("_")
    ]

    assert not silent


def test_values_of_the_core_are_frozen() -> None:
    """No value of the core can be edited."""
    loose = [
        f"{place} {node.name}"
        for place, node in each(ast.ClassDef, under="tray/core/")
        for decorator in node.decorator_list
        if name_of(decorator) == "dataclass"
        and "frozen=True" not in ast.unparse(decorator)
    ]

    assert not loose


def test_sentences_stand_in_wording() -> None:
    """What an error or a problem tells people comes from `core/wording`."""
    loose = [
        place
        for place, node in each(ast.Call, under="tray/")
        if not place.startswith("tray/core/wording/")
        and name_of(node) in SPEAKERS
        and any(words_of(argument) > SENTENCE_WORDS for argument in node.args)
    ]

    assert not loose


def test_programs_are_started_in_one_place() -> None:
    """`subprocess` is imported by `system/processes.py` and by nothing else of ours."""
    importers = {
        place.rsplit(":", 1)[0]
        for place, node in each(ast.Import, ast.ImportFrom, under="tray/")
        if "subprocess" in ast.unparse(node).replace(",", " ").split()
    }

    assert importers <= {"tray/system/processes.py"}


def test_no_test_is_skipped_and_nothing_of_ours_is_replaced() -> None:
    """Every test runs everywhere, against the real thing or an honest fake."""
    escapes = (
        r"mark\.ski" + r"p|pytest\.ski" + r"p|xfai" + r"l\(|mark\.xfai" + r"l|"
        r"importorski" + r"p|unittest\.moc" + r"k|monkeypatch\.setatt" + r"r"
    )

    assert not lines(escapes)


def test_nothing_is_left_unfinished() -> None:
    """No file holds a reminder instead of the work."""
    assert not lines(r"\bTOD" + r"O\b|\bFIXM" + r"E\b|\bXX" + r"X\b")


def test_no_path_of_one_machine() -> None:
    """No file names a folder that only one machine has."""
    assert not lines(r"(?<![\w.*~])/(?:root|work|farm)/")


def test_lock_files_name_no_host() -> None:
    """Packages are named by name and version, wherever they come from."""
    assert not lines(r'"resolved": "htt' + "p")


def test_the_root_stays_calm() -> None:
    """The first level has its agreed entries and no others."""
    entries = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert entries <= ROOT_ENTRIES


def test_packaging_is_no_package() -> None:
    """The folder `packaging` must not hide the library of that name."""
    assert not (ROOT / "packaging" / "__init__.py").exists()
