"""Thai in ReportLab: shaped, broken between words, searchable in the finished PDF.

How to use it::

    from app.thai_pdf import BOLD, REGULAR, ThaiCanvas, fit_lines, safe_paragraph, thai_style

    canvas = ThaiCanvas(buffer, pagesize=A4)          # fonts register themselves
    canvas.setFont(BOLD, 16)
    canvas.drawCentredString(x, y, "บัญชีลายมือชื่อ")      # every drawing method of Canvas shapes its text

    paragraph = safe_paragraph(person.position, thai_style(size=11), max_len=200)
    width, height = paragraph.wrapOn(canvas, 200, 400)
    paragraph.drawOn(canvas, x, y)

    SimpleDocTemplate(buffer).build(story, canvasmaker=ThaiCanvas)   # plain str in Table cells is fine

    fitted = fit_lines(text, REGULAR, max_width, size=14, min_size=9, max_lines=3)   # fitted.lines, .size, .fits
    break_lines(label, measure=len, max_width=20)     # any measure: labels of drawings, workbook cells

Text that a person typed is never markup: it goes through ``safe_paragraph``, a plain table cell or
``drawString`` (through ``drawable`` first where it did not come through clean_text). ``ThaiParagraph`` is for
markup that the program wrote.

Names that the dictionary would cut go to a ``Breaker(keep=names)``, made once per document. ``<nobr>`` in markup
works as well, and U+200B in a text is an explicit place to break.

Do not: use a plain Canvas (draws unshaped), ``shaping=1`` or ``wordWrap="CJK"`` in styles, ``setCharSpace``
(marks drift), or ReportLab's QrCodeWidget (slow). Leading of running text is 1.6 of the size (``thai_style``);
the tallest marks reach ASCENT x size above the base line and the deepest DESCENT x size below it.

ReportLab is pinned: shaping.py, canvas.py and paragraph.py each say which of its inner parts they stand on, and
tests/thai_pdf/test_acceptance.py is what has to stay green when the pin moves.
"""

from .breaking import Breaker, break_lines, break_points
from .canvas import ThaiCanvas
from .fitting import ASCENT, DESCENT, Fitted, Wish, column_height, fit_column, fit_lines, fit_name
from .fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, missing_characters, register_fonts, text_width
from .paragraph import ThaiParagraph, drawable, safe_paragraph, thai_style
from .shaping import ThaiFont

__all__ = [
    "ASCENT",
    "BOLD",
    "BOLD_ITALIC",
    "DESCENT",
    "ITALIC",
    "REGULAR",
    "Breaker",
    "Fitted",
    "ThaiCanvas",
    "ThaiFont",
    "ThaiParagraph",
    "Wish",
    "break_lines",
    "break_points",
    "column_height",
    "drawable",
    "fit_column",
    "fit_lines",
    "fit_name",
    "missing_characters",
    "register_fonts",
    "safe_paragraph",
    "text_width",
    "thai_style",
]
