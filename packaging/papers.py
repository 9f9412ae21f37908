"""Makes manual page, completions, icons and some pages from the program.

    python packaging/papers.py

To be run again when a command, an option, a refusal or the artwork changes. It needs
`shtab`, which is in the group `test` of pyproject.toml. A test holds the kept copies
against what this makes.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

SESSIONS = dict.fromkeys(("bash", "zsh"), "_sso_tray_sessions")
PROFILES = dict.fromkeys(("bash", "zsh"), "_sso_tray_profiles")
SESSIONS["fish"], PROFILES["fish"] = "(_sso_tray_sessions)", "(_sso_tray_profiles)"
NAMED = {"session": SESSIONS, "profile": PROFILES}
ICONS = (16, 22, 24, 32, 48, 64, 128, 256)
COLUMNS = "80"
FAST = "sso-tray-credential-process"
FAST_HEAD = """\
#!/bin/sh
''':'
# Made by packaging/papers.py from tray/cli/fast.py, where the reasons stand.
it=$0
[ ! -h "$it" ] || it=$(readlink -f "$it")
here=${it%/*}
if [ ! -x "$here/sso-tray" ]; then
    echo "$it: sso-tray itself is missing here; install it again." >&2
    exit 1
fi
python=$here/python3
[ -x "$python" ] || python=python3
exec "$python" -I -S -c '
import sys
from _frozen_importlib_external import SourceFileLoader
it = sys.argv.pop(0) and sys.argv[0]
lib = "/../lib/python%d.%d/site-packages/" % sys.version_info[:2]
module = it.rpartition("/")[0] + lib + "tray/cli/fast.py"
try:
    code = SourceFileLoader("__main__", module).get_code("__main__")
except OSError:
    code = compile(open(it, "rb").read(), it, "exec")
exec(code)' "$it" "$@"
'''
"""
"""How it begins: as a shell script, which starts Python and takes what pip compiled.

To compile takes a sixth of the whole time. Where the module is not beside it, as in a
system's own package, what follows is compiled; `importlib.machinery` would be the
loader's public name, and takes as long to import.
"""


def papers() -> dict[str, str]:
    """Give every text by its place in this folder."""
    import messages_page
    import refusals_page
    import settings_page
    import simulate_page
    from manpage import page

    import tray
    from tray.cli.arguments import make_parser

    os.environ["COLUMNS"] = COLUMNS  # argparse folds by it
    return {
        "man/sso-tray.1": page(make_parser(), tray.__version__, released()),
        "completions/sso-tray.bash": completion("bash"),
        "completions/_sso-tray": completion("zsh"),
        "completions/sso-tray.fish": completion("fish"),
        "../docs/refusals.md": refusals_page.page(),
        "../docs/settings.md": settings_page.page(),
        "../docs/messages.md": messages_page.page(),
        f"fast/{FAST}": fast_script(),
        "../docs/simulate.md": simulate_page.page(),
        "../docs/images/simulate.svg": simulate_page.picture(),
    }


def fast_script() -> str:
    """Give the fast script: the module without what costs it time at each start."""
    module = ast.parse((HERE.parent / "tray/cli/fast.py").read_text(encoding="utf-8"))
    return FAST_HEAD + ast.unparse(_Bare().visit(module)) + "\n"


class _Bare(ast.NodeTransformer):
    """Drops docstrings, annotations, and what only tools read."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node

    def visit_Assert(self, node: ast.Assert) -> None:
        del node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        del node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
        self.generic_visit(node)
        return node

    def visit_If(self, node: ast.If) -> ast.If | None:
        typing = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        self.generic_visit(node)
        return None if typing else node


def released() -> str:
    """Give the day of the newest version that the changelog tells of."""
    text = (HERE.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    [day, *_] = re.findall(r"^## .* - (\d{4}-\d\d-\d\d)", text, re.MULTILINE)
    return day


def completion(shell: str) -> str:
    """Give one shell's completion: options from the parser, names from the program."""
    import shtab

    from tray.cli.arguments import make_parser

    parser = make_parser()
    _mark(parser)
    names = (HERE / "completions" / "names" / shell).read_text(encoding="utf-8")
    text = shtab.complete(parser, shell=shell, preamble=names.rstrip())
    if shell == "bash":
        words = (HERE / "completions" / "names" / "bash-words").read_text("utf-8")
        text = f"{text.rstrip()}\n\n{words}"
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


def _mark(parser: argparse.ArgumentParser) -> None:
    """Say at each option, and each word, that takes a name where names come from."""
    for action in parser._actions:  # noqa: SLF001 - there is no public name
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                _mark(command)
        elif action.nargs != 0 and action.dest in NAMED:
            action.complete = NAMED[action.dest]  # type: ignore[attr-defined]


def main() -> None:
    """Write all of it."""
    from icons import draw_icons

    for place, text in papers().items():
        (HERE / place).parent.mkdir(exist_ok=True)
        (HERE / place).write_text(text, encoding="utf-8")
        if text.startswith("#!"):
            (HERE / place).chmod(0o755)
        sys.stdout.write(f"{HERE / place}\n")
    for place in draw_icons(HERE / "icons", ICONS):
        sys.stdout.write(f"{place}\n")


if __name__ == "__main__":
    main()
