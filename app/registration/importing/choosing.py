"""Columns corrected by hand: what a page offers, and which of the answers are worth keeping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import labels
from .preparing import NO_TITLE, Prepared


@dataclass
class ColumnEntry:
    """One heading of a list: its key and words, the sheets it stands in, samples, and the field it gives."""

    key: str
    heading: str
    letter: str
    mapped_to: str
    samples: list[str]
    sheets: list[str] = field(default_factory=list)


def entries(prepared: Prepared, chosen: Mapping[str, str]) -> list[ColumnEntry]:
    """Each heading of a list once, in order; ``chosen`` goes before what the list was read with."""
    found: dict[str, ColumnEntry] = {}
    for sheet in prepared.mapping:
        for column in sheet.columns:
            if not column.heading and not column.samples:
                continue
            entry = found.get(column.key)
            if entry is None:
                chosen_field = chosen.get(column.key, column.field)
                entry = ColumnEntry(column.key, column.heading, column.letter, chosen_field, column.samples)
                found[column.key] = entry
            if sheet.name not in entry.sheets:
                entry.sheets.append(sheet.name)
    return list(found.values())


def changed(guessed: Prepared, chosen: Mapping[str, str]) -> dict[str, str]:
    """The choices that differ from the guess: only they are kept, so that better guesses are not frozen out."""
    guess = {column.key: column.field for sheet in guessed.mapping for column in sheet.columns}
    return {
        key: field
        for key, field in chosen.items()
        if key in guess and field != guess[key] and (field in labels.FIELDS or field == "")
    }


def no_titles(chosen: Mapping[str, str]) -> list[str]:
    """The beginnings of names that a choice says are no titles."""
    return [key.removeprefix(NO_TITLE) for key in chosen if key.startswith(NO_TITLE)]


def with_titles(chosen: Mapping[str, str], titles: Iterable[str]) -> dict[str, str]:
    """The choice of columns as it was, with other beginnings of names that are no titles."""
    columns = {key: field for key, field in chosen.items() if not key.startswith(NO_TITLE)}
    return {**columns, **{f"{NO_TITLE}{title}": "" for title in titles}}
