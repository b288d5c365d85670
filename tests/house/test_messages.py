"""Every string is in both catalogues, in words, with the same placeholders."""

from __future__ import annotations

import re

import pytest

from app.cli.messages import LANGUAGES, is_translated, read, source_strings

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_in_the_catalogue(language):
    catalog = read(language)
    absent = [
        first
        for key in source_strings()
        if not is_translated(catalog.get(first := key[0] if isinstance(key, tuple) else key))
    ]
    assert not absent, f"run `make messages`, then add {language} words for: {absent[:20]} ({len(absent)} in all)"


def test_translations_keep_the_placeholders():
    wrong = []
    for message in read("en"):
        if not message.id or not is_translated(message):
            continue
        first = message.id[0] if isinstance(message.id, tuple) else message.id
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if any(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(first)) for text in words):
            wrong.append(first)
    assert not wrong, f"the English of these names a value the Thai does not give: {wrong}"


def test_thai_has_no_english_leftovers_and_english_no_thai():
    thai_letters = re.compile(r"[ก-๙]")
    examples = ("พ.ศ.", "ชื่อ-สกุล", "เป้าหมาย:", "ผ.02")  # what an English reader has to type or see in Thai
    wrong = [
        message.string
        for message in read("en")
        if message.id
        and isinstance(message.string, str)
        and thai_letters.search(message.string)
        and not any(example in message.string for example in examples)
    ]
    assert not wrong, f"English words with Thai letters: {wrong[:10]}"
