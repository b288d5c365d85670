"""The graph of an exercise for other programs: GraphML for Gephi and yEd, CSV of nodes and edges for Kumu.

No person stands in them: items, places, groups, links. Cells of CSV that a spreadsheet would take for a formula
are neutralised by whoever writes the bytes (`app.core.spreadsheets.csv_bytes`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from .analysis.figures import money
from .analysis.graph import Item, strength, total_budget
from .map.columns import natural_key
from .map.words import area_name
from .rules import title_of
from .workbook.source import Book

# Kumu reads an edge by these headings, and a node by Label.
EDGE_HEADER = ("From", "To", "Type", "Strength", "Label")
NODE_HEADER = ("Id", "Label", "Level", "Kind", "Group", "District", "Status", "Budget", "Chain", "Stage")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NS = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = {
    "label": "string",
    "level": "string",
    "rank": "double",
    "kind": "string",
    "group": "string",
    "district": "string",
    "status": "string",
    "origin": "string",
    "budget": "double",
}
_EDGE_KEYS = {"type": "string", "strength": "int", "weight": "double", "rationale": "string"}


def node_rows(document: Mapping[str, Any]) -> list[list[str]]:
    """Every item, reference items too, under NODE_HEADER."""
    book = _book(document)
    return [list(NODE_HEADER), *(_node_row(book, item) for item in _nodes(book))]


def _node_row(book: Book, item: Item) -> list[str]:
    pairs = sorted(book.graph.chain_stages(item["id"]))
    return [
        item["id"],
        title_of(item) or item["id"],
        item["level"],
        item["kind"],
        book.group(item),
        _districts(book, item),
        item.get("status") or "",
        str(money(total_budget(item))),
        " ".join(book.chains.get(chain, chain) for chain, _stage in pairs),
        " ".join(stage for _chain, stage in pairs),
    ]


def edge_rows(document: Mapping[str, Any]) -> list[list[str]]:
    """Every link under EDGE_HEADER; From and To are ids, the label is the reason."""
    book = _book(document)
    return [
        list(EDGE_HEADER),
        *(
            [
                link["source"],
                link["target"],
                link["type"],
                str(strength(link)),
                link.get("rationale") or "",
            ]
            for link in sorted(book.graph.links, key=lambda one: natural_key(one["id"]))
        ),
    ]


def graphml(document: Mapping[str, Any]) -> bytes:
    """The whole graph, directed, with what each node and edge is."""
    book = _book(document)
    root = ET.Element("graphml", {"xmlns": _NS})
    for holder, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            attributes = {"id": f"{holder}-{name}", "for": holder, "attr.name": name, "attr.type": kind}
            ET.SubElement(root, "key", attributes)
    graph = ET.SubElement(root, "graph", {"id": "linkage", "edgedefault": "directed"})
    for item in _nodes(book):
        node = ET.SubElement(graph, "node", {"id": _clean(item["id"])})
        facts = {
            "label": title_of(item) or item["id"],
            "level": item["level"],
            "rank": str(float(book.graph.rank(item["id"]))),
            "kind": item["kind"],
            "group": book.group(item),
            "district": _districts(book, item),
            "status": item.get("status") or "",
            "origin": item.get("origin") or "",
            "budget": str(float(total_budget(item))),
        }
        _data(node, "node", facts)
    for link in sorted(book.graph.links, key=lambda one: natural_key(one["id"])):
        ends = {"id": link["id"], "source": link["source"], "target": link["target"]}
        edge = ET.SubElement(graph, "edge", {name: _clean(value) for name, value in ends.items()})
        facts = {
            "type": link["type"],
            "strength": str(strength(link)),
            "weight": str(float(strength(link))),
            "rationale": link.get("rationale") or "",
        }
        _data(edge, "edge", facts)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _data(parent: ET.Element, holder: str, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        if value:
            ET.SubElement(parent, "data", {"key": f"{holder}-{name}"}).text = _clean(value)


def _book(document: Mapping[str, Any]) -> Book:
    return Book(document, {}, "")


def _nodes(book: Book) -> list[Item]:
    return sorted(
        book.graph.nodes.values(), key=lambda item: (book.graph.rank(item["id"]), natural_key(item["id"]))
    )


def _districts(book: Book, item: Item) -> str:
    return " ".join(area_name(book.graph, code) for code in sorted(book.graph.districts(item["id"])))


def _clean(text: str) -> str:
    """Without what XML cannot hold even escaped."""
    return _NO_XML.sub("", text)
