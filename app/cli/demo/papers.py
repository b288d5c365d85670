"""The demo's documents, drawn so that downloads have something real in them."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus import PageBreak, SimpleDocTemplate, Spacer

from app.thai_pdf import ThaiCanvas, safe_paragraph, thai_style

from .programmes import Paper

_HEADING = thai_style(size=22)
_LINE = thai_style(size=15)
_FOOT = thai_style(size=11)


def paper_pdf(event_name: str, paper: Paper) -> bytes:
    """One page for each heading with its lines, and a line that says it is a sample."""
    story: list[object] = []
    for heading, lines in paper.pages:
        if story:
            story.append(PageBreak())
        story += [safe_paragraph(heading, _HEADING), Spacer(1, 14)]
        story += [part for line in lines for part in (safe_paragraph(line, _LINE), Spacer(1, 8))]
        story += [Spacer(1, 20), safe_paragraph(f"เอกสารตัวอย่าง · {event_name}", _FOOT)]
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title=paper.title, author="ตัวอย่าง", invariant=True)
    document.build(story, canvasmaker=ThaiCanvas)
    return out.getvalue()
