"""The catalogues: ``python -m app.cli.messages extract|missing|fill FILE|compile``.

Thai is the language of the source, English the second. Both catalogues hold every string: the Thai one the string
itself, the English one its translation. Files are sorted and carry no line numbers, so that changes merge.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

APP = Path(__file__).resolve().parents[1]
FOLDER = APP / "translations"
LANGUAGES = ("th", "en")
_NO_DATE = datetime(2018, 8, 7, tzinfo=UTC)
_METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2)}


def po_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def source_strings() -> dict[str | tuple[str, str], bool]:
    """Every string of the source; whether it holds placeholders Python fills."""
    found: dict[Any, bool] = {}
    options = {"templates/**.html": {"extensions": "", "silent": "false"}}
    for _file, _line, text, _comments, _context in extract_from_dir(
        str(APP), _METHODS, options_map=options, keywords=_KEYWORDS
    ):
        key = tuple(text) if isinstance(text, list | tuple) else text
        if key:
            found[key] = "%(" in (key[0] if isinstance(key, tuple) else key)
    return found


def read(language: str) -> Catalog:
    """A language's catalogue as it is; empty when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def is_translated(message: Message | None) -> bool:
    """Whether a message has words in its language."""
    if message is None or message.fuzzy:
        return False
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(words)


def extract() -> None:
    """Bring both catalogues up to the source; what the source no longer says leaves them."""
    strings = source_strings()
    for language in LANGUAGES:
        old = read(language)
        fresh = Catalog(locale=language, project="Sammana", charset="utf-8", fuzzy=False)
        for key in sorted(strings, key=str):
            first = key[0] if isinstance(key, tuple) else key
            known = old.get(first)
            words = key if language == "th" else known.string if known is not None and is_translated(known) else ""
            if isinstance(key, tuple):
                words = words or ("",) * fresh.num_plurals
                words = tuple(words)[: fresh.num_plurals]
            fresh.add(key, words, flags=["python-format"] if strings[key] else [])
        _write(language, fresh)


def missing() -> list[str]:
    """The strings without English words, sorted."""
    english = read("en")
    firsts = (key[0] if isinstance(key, tuple) else key for key in source_strings())
    return sorted({first for first in firsts if not is_translated(english.get(first))})


def fill(translations: dict[str, str | list[str]]) -> None:
    """Put English words into the catalogue; a plural takes a list of two."""
    catalog = read("en")
    for text, words in translations.items():
        message = catalog.get(text)
        if message is not None:
            message.string = tuple(words) if isinstance(words, list) else words
    _write("en", catalog)


def compile_all() -> None:
    """Write the .mo files that the application reads."""
    for language in LANGUAGES:
        with po_path(language).with_suffix(".mo").open("wb") as out:
            write_mo(out, read(language))


def _write(language: str, catalog: Catalog) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Today's date in the head would make every run a change.
    catalog.creation_date = catalog.revision_date = _NO_DATE
    catalog.header_comment = f"# Sammana: strings in {language}; `make messages` gathers them."
    with path.open("wb") as out:
        write_po(out, catalog, sort_output=True, no_location=True, omit_header=False, width=110)


def main(arguments: list[str]) -> None:
    """Run the named step."""
    match arguments:
        case ["extract"]:
            extract()
        case ["missing"]:
            print(json.dumps(dict.fromkeys(missing(), ""), ensure_ascii=False, indent=1))
        case ["fill", path]:
            fill(json.loads(Path(path).read_text()))
        case ["compile"]:
            compile_all()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
