"""Templates, styles and scripts keep the house's rules; each failure says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
SCRIPTS = sorted((APP / "static" / "js").rglob("*.js"))
PYTHON = sorted(APP.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(APP).as_posix()


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        (r"\sstyle=", "put the rule into app/static/css/components"),
        (r"<style", "put the rule into app/static/css/components"),
        (r"\son[a-z]+=", "listen in a module of app/static/js/modules"),
        (r"<script(?![^>]*\ssrc=)", "move the script into app/static/js/modules"),
        (r"\|\s*safe\b", "let the template escape; an SVG of ours comes as Markup from its own function"),
        (r"https?://(?!www\.w3\.org)", "nothing is loaded from another host"),
    ],
)
def test_no_template_has(pattern, advice):
    wrong = [name(path) for path in TEMPLATES if re.search(pattern, path.read_text())]
    assert not wrong, f"{pattern} in {wrong}: {advice}"


def test_pages_extend_a_layout_and_fragments_begin_with_an_underscore():
    wrong = []
    for path in TEMPLATES:
        kind = path.relative_to(APP / "templates").parts[0]
        is_page = kind not in ("layouts", "components") and not path.name.startswith("_")
        if is_page and not re.search(r'{% extends "layouts/\w+\.html" %}', path.read_text()):
            wrong.append(name(path))
    assert not wrong, f"extend a layout, or begin the fragment's name with _: {wrong}"


def test_every_imported_macro_is_used():
    wrong = []
    for path in TEMPLATES:
        text = path.read_text()
        for names in re.findall(r'{% from "[^"]+" import ([^%]+?)(?: with context)? %}', text):
            for macro in (part.split(" as ")[-1].strip() for part in names.split(",")):
                if len(re.findall(rf"\b{re.escape(macro)}\b", text)) < 2:
                    wrong.append(f"{name(path)}: {macro}")
    assert not wrong, f"unused macro imports: {wrong}"


def test_scripts_write_text_not_markup():
    wrong = [
        name(path)
        for path in SCRIPTS
        if re.search(r"innerHTML|outerHTML\s*=|document\.write|eval\(", path.read_text())
    ]
    assert not wrong, f"use textContent or replaceChildren: {wrong}"


def test_python_never_trusts_text_as_markup():
    """Markup() is allowed where a function of ours draws SVG from escaped parts."""
    allowed = {"core/templating.py", "core/qr.py", "exercises/linkage/map/svg.py"}
    wrong = [
        name(path)
        for path in PYTHON
        if re.search(r"\bMarkup\(|render_template_string", path.read_text()) and name(path) not in allowed
    ]
    assert not wrong, f"text from people is never markup: {wrong}"


def test_thai_is_marked_for_translation_in_templates():
    """Thai letters stand inside _() or a comment, so that every string reaches the catalogues."""
    wrong = []
    for path in TEMPLATES:
        text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.S)
        text = re.sub(
            r"\b(?:_|gettext|ngettext)\((?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^()\"']|\([^()]*\))*\)",
            "",
            text,
        )
        bare = set(re.findall(r"[ก-๙][ก-๙ ]*", text)) - {"ไทย", "น"}
        if bare:
            wrong.append(f"{name(path)}: {sorted(bare)[:5]}")
    assert not wrong, "wrap in _(): " + "; ".join(wrong)
