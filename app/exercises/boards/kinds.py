"""The kinds of board as data: slots, how cards hang together, phases, what a card may become in the linkage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Slot:
    """A place for cards. ``becomes``: the kinds of linkage card a card of it may be carried into."""

    code: str
    label: object
    question: object
    becomes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # slots whose cards a card here may hang under
    cites: tuple[str, ...] = ()  # slots of which it must cite one card each
    most: int = 0  # of a group; 0 for any number
    needed: bool = False  # a table hands in nothing while it is empty


@dataclass(frozen=True)
class Kind:
    """A kind of board. ``silent``: everyone sees only the own cards until the facilitator reveals them."""

    code: str
    name: object
    lead: object
    slots: tuple[Slot, ...]
    phases: tuple[Mapping[str, Any], ...]
    silent: bool = False
    clusters: bool = False
    by_code: dict[str, Slot] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_code.update({slot.code: slot for slot in self.slots})


def _phase(code: str, name: str, minutes: int, prompt: str) -> dict[str, Any]:
    return {"code": code, "name": name, "minutes": minutes, "prompt": prompt}


SWOT = Kind(
    "swot",
    _l("SWOT / TOWS 45 นาที"),
    _l("จุดแข็ง จุดอ่อน โอกาส อุปสรรค แล้วจับคู่เป็นแนวทาง"),
    (
        Slot("s", _l("จุดแข็ง (S)"), _l("พื้นที่ของเรามีอะไรดี"), needed=True),
        Slot("w", _l("จุดอ่อน (W)"), _l("อะไรที่เรายังขาดหรือทำได้ไม่ดี"), becomes=("need",), needed=True),
        Slot("o", _l("โอกาส (O)"), _l("มีอะไรจากภายนอกที่ช่วยเราได้"), needed=True),
        Slot("t", _l("อุปสรรค (T)"), _l("มีอะไรจากภายนอกที่คุกคามเรา"), becomes=("need",), needed=True),
        Slot("so", _l("รุก (S+O)"), _l("ใช้จุดแข็งใดกับโอกาสใด"), ("project", "goal"), cites=("s", "o")),
        Slot("wo", _l("แก้ไข (W+O)"), _l("ใช้โอกาสใดแก้จุดอ่อนใด"), ("project", "goal"), cites=("w", "o")),
        Slot("st", _l("ป้องกัน (S+T)"), _l("ใช้จุดแข็งใดรับอุปสรรคใด"), ("project", "goal"), cites=("s", "t")),
        Slot("wt", _l("รับ (W+T)"), _l("ลดจุดอ่อนใดเพื่อเลี่ยงอุปสรรคใด"), ("project", "goal"), cites=("w", "t")),
    ),
    (
        _phase("swot", "SWOT", 25, "เขียนสั้น ๆ ข้อละหนึ่งเรื่อง ภายในคือ S และ W ภายนอกคือ O และ T"),
        _phase("tows", "TOWS", 20, "จับคู่ข้อภายในกับข้อภายนอก แล้วเขียนว่าจะทำอะไร"),
    ),
)
TREE = Kind(
    "tree",
    _l("ต้นไม้ปัญหา 45 นาที"),
    _l("ปัญหาหลัก สาเหตุเป็นชั้น ๆ และผลกระทบ แล้วพลิกเป็นเป้าหมาย"),
    (
        Slot("core", _l("ปัญหาหลัก"), _l("ปัญหาหลักของพื้นที่คืออะไร"), ("need", "goal"), most=1, needed=True),
        Slot(
            "cause",
            _l("สาเหตุ"),
            _l("เพราะเหตุใดจึงเกิดปัญหานี้"),
            ("need", "goal"),
            parents=("core", "cause"),
            needed=True,
        ),
        Slot("effect", _l("ผลกระทบ"), _l("ปัญหานี้ทำให้เกิดอะไร"), parents=("core", "effect")),
    ),
    (
        _phase("core", "ปัญหาหลัก", 10, "ตกลงกันให้เหลือหนึ่งข้อ"),
        _phase("causes", "สาเหตุ", 20, "ถามว่าเพราะเหตุใด ซ้ำไปจนถึงเหตุที่ลงมือแก้ได้"),
        _phase("effects", "ผลกระทบ", 15, "ถ้าไม่แก้ จะเกิดอะไรกับใคร"),
    ),
)
BRAINSTORM = Kind(
    "brainstorm",
    _l("ระดมสมองและจัดกลุ่ม 30 นาที"),
    _l("เขียนเงียบ ๆ ก่อน แล้วเปิดพร้อมกัน จัดเรื่องที่คล้ายกันไว้ด้วยกัน"),
    (Slot("idea", _l("ความคิด"), _l("ท่านคิดว่าควรทำอะไร"), ("need", "project"), needed=True),),
    (
        _phase("silent", "เขียนเงียบ ๆ", 10, "เขียนคนเดียว ข้อละหนึ่งเรื่อง ยังไม่มีใครเห็นของกัน"),
        _phase("cluster", "จัดกลุ่ม", 20, "เปิดอ่านพร้อมกัน ตั้งชื่อกลุ่มให้เรื่องที่คล้ายกัน"),
    ),
    silent=True,
    clusters=True,
)
KINDS = {kind.code: kind for kind in (SWOT, TREE, BRAINSTORM)}
