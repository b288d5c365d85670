"""How far a plan book is, in lines of its tables: what takes the time."""

from __future__ import annotations

from collections.abc import Callable

from app.exercises.linkage.book import PlanBook
from app.exercises.linkage.book.blocks import Block, Drawing, Grid, Points

Tell = Callable[[int, int], None]
DRAWING = 20  # a drawing takes as long as so many lines


def silent(_done: int, _whole: int) -> None:
    """For who asks for no progress."""


def weight(block: Block) -> int:
    """About how much work a block is."""
    if isinstance(block, Grid):
        return len(block.rows) + 1
    if isinstance(block, Points):
        return len(block.lines)
    return DRAWING if isinstance(block, Drawing) else 1


class Progress:
    """Adds up what is done and tells it; every block counts once for each of the ``passes``."""

    def __init__(self, book: PlanBook, tell: Tell, passes: int = 1) -> None:
        blocks = [block for chapter in book.chapters for block in chapter.blocks]
        self.whole = passes * sum(map(weight, blocks))
        self.done = 0
        self.tell = tell

    def add(self, steps: int) -> None:
        """So many steps more."""
        self.done += steps
        self.tell(min(self.done, self.whole), self.whole)
