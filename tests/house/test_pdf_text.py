"""Text typed by a person reaches a PDF as text: no markup, no pictures by path, no other way to a paragraph."""

from __future__ import annotations

import ast

from tests.house.test_imports import APP

# What reads markup or opens a file by its name; thai_pdf holds the one guarded door.
FORBIDDEN = {
    "Paragraph": "use app.thai_pdf.safe_paragraph",
    "XPreformatted": "use app.thai_pdf.safe_paragraph",
    "drawImage": "draw with the vetted picture loader, never by a path",
    "Image": "draw with the vetted picture loader, never by a path",
    "Canvas": "use app.thai_pdf.ThaiCanvas",
    "QrCodeWidget": "use app.core.qr.matrix",
}


def test_documents_use_the_guarded_ways_only():
    wrong = []
    for path in sorted(APP.rglob("*.py")):
        source = path.read_text()
        if path.is_relative_to(APP / "thai_pdf") or "reportlab" not in source and "thai_pdf" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in FORBIDDEN:
                wrong.append(f"{path.relative_to(APP.parent)}:{node.lineno} calls {called}: {FORBIDDEN[called]}")
            if called == "ThaiParagraph" and not isinstance(node.args[0], ast.Constant):
                wrong.append(
                    f"{path.relative_to(APP.parent)}:{node.lineno} makes markup of a value: use safe_paragraph"
                )
    assert not wrong, "\n".join(wrong)
