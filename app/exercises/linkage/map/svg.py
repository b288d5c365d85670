"""SVG built as a tree, so that no text can become markup; presentation attributes only (strict CSP)."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from markupsafe import Markup

FONT = "Noto Sans Thai Looped, Sarabun, Noto Sans Thai, Leelawadee UI, Thonburi, sans-serif"

# What XML cannot hold even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ET.Element


def picture(width: float, height: float, label: str, css_class: str) -> Element:
    """An empty drawing that scales; its label is read out instead of the lines."""
    size = f"0 0 {_number(width)} {_number(height)}"
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": size,
            "width": _number(width),
            "height": _number(height),
            "role": "group",
            "class": css_class,
            "font-family": FONT,
        },
    )
    root.set("aria-label", clean(label))
    add(root, "rect", width=width, height=height, fill="#ffffff")
    return root


def add(parent: Element, tag: str, words: str | None = None, **attributes: str | float | None) -> Element:
    """A child; `stroke_width` becomes stroke-width, `class_` class; None leaves the attribute out."""
    child = ET.SubElement(parent, tag)
    for name, value in attributes.items():
        if value is not None:
            written = clean(value) if isinstance(value, str) else _number(value)
            child.set(name.rstrip("_").replace("_", "-"), written)
    if words is not None:
        child.text = clean(words)
    return child


def link(parent: Element, href: str | None, label: str, css_class: str) -> Element:
    """A group that leads somewhere, or a plain one when there is no address; the label is its tooltip."""
    if href is None:
        made = add(parent, "g", class_=css_class, role="img", aria_label=label)
    else:
        made = add(parent, "a", href=href, class_=css_class, aria_label=label)
    add(made, "title", label)
    return made


def size(markup: str) -> tuple[float, float]:
    """Width and height of a finished drawing, in its own units."""
    root = ET.fromstring(markup)
    return float(root.get("width", "0")), float(root.get("height", "0"))


def finished(root: Element) -> Markup:
    """The drawing as markup a template may show; every text in it went through the tree and is escaped."""
    return Markup(ET.tostring(root, encoding="unicode"))


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _NO_XML.sub("", text)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
