"""`Asking` on a real terminal, by prompt_toolkit; imported only where people are asked.

The questions go to stderr, because stdout is for results.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import PromptSession
from prompt_toolkit.validation import ValidationError, Validator

from tray.cli.asking import Check, any_text, summary
from tray.core.errors import Cancelled
from tray.core.picking import Picking
from tray.core.wording import configure as wording

ROOM = 5
"""Lines of a list that are no rows: question, keys, search, counts, one below."""

PAGE = 10
"""Rows that one page key moves by."""


class Terminal:
    """Asks on the terminal of this process."""

    def __init__(self) -> None:
        self._input = create_input(sys.stdin)
        self._output = create_output(sys.stderr)

    def text(
        self,
        question: str,
        proposed: str = "",
        check: Check = any_text,
        preview: Callable[[str], str] | None = None,
    ) -> str:
        """Give a line that passes the check."""
        session: PromptSession[str] = PromptSession(
            input=self._input, output=self._output
        )

        def below() -> str:
            typed = session.default_buffer.text.strip()
            return preview(typed) if preview and not check(typed) else check(typed)

        with _leaving():
            answer = session.prompt(
                f"{question}: ",
                default=proposed,
                validator=_Checking(check),
                validate_while_typing=False,
                bottom_toolbar=below if preview else None,
            )
        return answer.strip()

    def confirm(self, question: str, *, proposed: bool = True) -> bool:
        """Give yes or no."""
        usual = wording.YES_NO if proposed else wording.NO_YES
        answer = self.text(f"{question} {usual}", check=wording.yes_or_no)
        return proposed if not answer else answer.lower().startswith("y")

    def pick(self, question: str, rows: Sequence[str]) -> tuple[int, ...]:
        """Give the numbers of the rows that were picked."""
        picker = _Picker(question, tuple(rows))
        with _leaving():
            picked = picker.application(self._input, self._output).run()
        return tuple(sorted(picked.chosen))


class _Checking(Validator):
    """Our check as prompt_toolkit has it."""

    def __init__(self, check: Check) -> None:
        self._check = check

    def validate(self, document: Document) -> None:
        """Say what is wrong, below the line."""
        wrong = self._check(document.text.strip())
        if wrong:
            raise ValidationError(len(document.text), wrong)


class _Picker:
    """A list with ticks, for as long as it is on the screen."""

    def __init__(self, question: str, rows: tuple[str, ...]) -> None:
        self._question = question
        self._picking = Picking(rows)

    def application(self, source: Any, output: Any) -> Application[Picking]:  # noqa: ANN401 - prompt_toolkit's own, of which it has several
        """Give it as prompt_toolkit runs it."""
        control = FormattedTextControl(self._text, focusable=True, show_cursor=False)
        return Application(
            layout=Layout(HSplit([Window(control, wrap_lines=False)])),
            key_bindings=self._keys(),
            input=source,
            output=output,
            erase_when_done=True,
        )

    def _text(self) -> FormattedText:
        height = max(get_app().output.get_size().rows - ROOM, 1)
        head = [("bold", self._question), ("", f"\n  {wording.PICK_KEYS}\n")]
        return FormattedText([*head, *summary(self._picking, height)])

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        steps: dict[Any, Callable[[Picking], Picking]] = {
            Keys.Down: lambda now: now.moved(1),
            Keys.Up: lambda now: now.moved(-1),
            Keys.PageDown: lambda now: now.moved(PAGE),
            Keys.PageUp: lambda now: now.moved(-PAGE),
            Keys.Tab: lambda now: now.toggled().moved(1),
            Keys.ControlA: lambda now: now.toggled_all(),
            Keys.Backspace: lambda now: now.erased(),
            Keys.ControlU: lambda now: now.erased(whole=True),
            " ": lambda now: now.toggled(),
        }
        for key, step in steps.items():
            keys.add(key, eager=True)(self._stepping(step))
        keys.add(Keys.Any)(self._typed)
        keys.add(Keys.Enter)(lambda event: event.app.exit(result=self._picking))
        for key, error in (
            (Keys.ControlC, KeyboardInterrupt),
            (Keys.ControlD, EOFError),
        ):
            keys.add(key)(_ending(error))
        return keys

    def _stepping(
        self, step: Callable[[Picking], Picking]
    ) -> Callable[[KeyPressEvent], None]:
        def act(_: KeyPressEvent) -> None:
            self._picking = step(self._picking)

        return act

    def _typed(self, event: KeyPressEvent) -> None:
        if event.data.isprintable():
            self._picking = self._picking.typed(event.data)


def _ending(error: type[BaseException]) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        event.app.exit(exception=error)

    return act


@contextmanager
def _leaving() -> Iterator[None]:
    """Tell that people have left as what it is."""
    try:
        yield
    except (EOFError, KeyboardInterrupt):
        raise Cancelled(*wording.LEFT) from None
