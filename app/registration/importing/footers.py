"""Signatures and notes below the people of a list."""

from __future__ import annotations

import re

from . import labels
from .columns import Columns
from .content import is_name_like
from .wording import FOOTER

_PAGE_MARK = re.compile(r"[(\[]?\s*(?:หน้า\s*\d|แผ่นที่|พิมพ์เมื่อ|page\s)", re.IGNORECASE)
_NOTE = re.compile(r"[(\[]?\s*(?:หมายเหตุ|ข้อมูล\s?ณ|ณ\s?วันที่|วันที่|ส่งกลับ|ที่มา|โทร|โปรด|กรุณา)")
_SIGNED = re.compile(r"^\s*\(|(?:นาย(?!อำเภอ|ก)|นาง|น\.\s?ส\.)\s*[ก-ฮเ-ไ]")  # the signer's name is in the row
_SIGNER = re.compile(r"ผู้(?:รับรอง|ตรวจสอบ|ตรวจ|จัดทำ|รายงาน|ให้ข้อมูล|อนุมัติ|เสนอ|ประสานงาน)(?:ข้อมูล|รายชื่อ)?")


class Footers:
    """Which rows are such, read from top to bottom; ``is_below`` once one has begun."""

    def __init__(self) -> None:
        self.is_below = False
        self._has_signed = False  # the name of the signature that is being read was there

    def end(self) -> None:
        """A person, a heading or a section: the list goes on."""
        self.is_below = False

    def is_footer(self, texts: dict[int, str], numbered: bool, columns: Columns) -> bool:
        """Signatures and notes below the people; what follows them is theirs until the next person or heading."""
        if numbered or not texts or len(texts) > 2:
            return False
        named = [c for c, t in texts.items() if columns.field_of(c) in labels.NAMES and is_name_like(t)]
        footers = [c for c, t in texts.items() if FOOTER.match(t)]
        if footers and not (named and max(named) < min(footers) and not self._signs(texts[footers[0]], columns)):
            self._begin([texts[column] for column in footers])
            return True
        if not self.is_below or footers:
            return False
        if named and len(texts) == 1 and not self._has_signed:
            self._has_signed = True
            return True
        return not named

    def _begin(self, footers: list[str]) -> None:
        """Remember what may follow: a name and a post below a signature, no name below a note."""
        if all(_PAGE_MARK.match(text) for text in footers):
            return
        is_note = all(_NOTE.match(text) for text in footers)
        if not (is_note and self.is_below):
            self._has_signed = is_note or any(_SIGNED.search(text) for text in footers)
        self.is_below = True

    def _signs(self, role: str, columns: Columns) -> bool:
        """Whether a role beside a name makes a signature of the row: in a numbered list, or below another."""
        return self.is_below or (columns.number is not None and bool(_SIGNER.fullmatch(role.strip())))
