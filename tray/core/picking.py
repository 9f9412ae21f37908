"""Picking many from a long list: what is typed narrows it, what was ticked stays.

A frozen value; each key gives the next one. How it looks is the terminal's affair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Picking:
    """How a list with ticks stands."""

    labels: tuple[str, ...]
    """The rows."""

    chosen: frozenset[int] = frozenset()
    """The numbers of the rows that are ticked, shown or not."""

    query: str = ""
    """What is looked for: all of its words, with blanks or commas between them."""

    at: int = 0
    """The row that a key is about, among those shown."""

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the rows that fit the query."""
        words = self.query.casefold().replace(",", " ").split()
        if not words:
            return tuple(range(len(self.labels)))
        return tuple(
            number
            for number, label in enumerate(self.labels)
            if all(word in label.casefold() for word in words)
        )

    def typed(self, text: str) -> Picking:
        """Give what follows from more letters in the query."""
        return replace(self, query=self.query + text, at=0)

    def erased(self, *, whole: bool = False) -> Picking:
        """Give what follows from a letter less, or from an empty query."""
        return replace(self, query="" if whole else self.query[:-1], at=0)

    def moved(self, rows: int) -> Picking:
        """Give what follows from a step down, or up where negative; ends hold."""
        last = max(len(self.shown) - 1, 0)
        return replace(self, at=min(max(self.at + rows, 0), last))

    def toggled(self) -> Picking:
        """Give what follows from ticking the row, or taking its tick away."""
        return replace(self, chosen=self.chosen ^ frozenset(self.shown[self.at :][:1]))

    def toggled_all(self) -> Picking:
        """Give what follows from ticking all that are shown, or none if all are."""
        shown = frozenset(self.shown)
        if shown <= self.chosen:
            return replace(self, chosen=self.chosen - shown)
        return replace(self, chosen=self.chosen | shown)

    def window(self, height: int) -> tuple[int, ...]:
        """Give the numbers of as many rows as there is room for, `at` among them."""
        shown = self.shown
        first = min(max(self.at - height // 2, 0), max(len(shown) - height, 0))
        return shown[first : first + height]
