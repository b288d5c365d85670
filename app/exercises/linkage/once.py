"""What is worked out of an exercise once for each change, however many screens ask; kept per process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from app.exercises.models import Exercise

KEPT = 8
Result = TypeVar("Result")


class OncePerChange(Generic[Result]):
    """Keeps what ``work`` makes of the last few exercises; a new change number is a new piece of work.

    Ask in requests that only read: in one that writes, the number may stand for a change that is undone.
    """

    def __init__(self, work: Callable[[Exercise], Result]) -> None:
        self.work = work
        self.kept: OrderedDict[str, tuple[int, Result]] = OrderedDict()
        self.lock = Lock()

    def get(self, exercise: Exercise) -> Result:
        """The result for the exercise as it stands."""
        with self.lock:
            seq, result = self.kept.get(exercise.public_id, (None, None))
        if seq != exercise.last_seq or result is None:
            seq, result = exercise.last_seq, self.work(exercise)
            with self.lock:
                self.kept[exercise.public_id] = seq, result
                self.kept.move_to_end(exercise.public_id)
                while len(self.kept) > KEPT:
                    self.kept.popitem(last=False)
        return result
