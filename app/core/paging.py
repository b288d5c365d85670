"""Long lists a page at a time, with two queries whatever the length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

PER_PAGE = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. ``number`` begins at 1 and is always a page that exists."""

    items: list[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are: at least one, though it may be empty."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The place of the page's first item in the whole list, counted from 1; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the page's last item in the whole list."""
        return min(self.number * self.per_page, self.total)


def paginate(session: Any, query: Select[Any], number: int, per_page: int = PER_PAGE) -> Page[Any]:
    """Read one page of a query of models; a number outside the list gives its nearest page."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // per_page))
    number = min(max(number, 1), pages)
    rows = session.scalars(query.limit(per_page).offset((number - 1) * per_page)).unique()
    return Page(list(rows), number, total, per_page)


def asked_page(value: str | None) -> int:
    """The page number of an address; anything that is no sensible number means the first."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 1
