"""What the cards of a page need beside themselves: addresses, questions, and the words that may be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from app.exercises.linkage.models import new_card_id
from app.exercises.linkage.vocabulary import STRENGTH_WORDS
from app.exercises.models import Exercise, Submission
from app.exercises.ops import Author
from app.exercises.templates_data import default_form

from ..linkage.document.storing import chains_of
from ..linkage.group_work import work as group_work

Pairs = list[tuple[Any, Any]]

STRENGTHS = STRENGTH_WORDS
# kind → the id of its section, its heading, its button
SECTIONS = {
    "need": ("needs", _l("ปัญหา/ความต้องการ"), _l("เพิ่มปัญหา/ความต้องการ")),
    "project": ("projects", _l("โครงการ"), _l("เพิ่มโครงการ")),
    "goal": ("goals", _l("เป้าหมายของอำเภอ"), _l("เพิ่มเป้าหมาย")),
}
TABS = {"need": _l("ปัญหา"), "project": _l("โครงการ"), "goal": _l("เป้าหมาย")}
# Links that are not "helps" are named in front of their other end.
TYPES = {"feeds": _l("ส่งต่อไปยัง"), "joint_with": _l("ทำร่วมกับ"), "escalated_to": _l("ส่งประสานแผน")}
PEN = {
    "mine": _l("ท่านเป็นผู้บันทึก สมาชิกอื่นเสนอ"),
    "of": _l("ผู้บันทึก: {name} สิ่งที่ท่านเขียนเป็นข้อเสนอ"),
    "none": _l("ยังไม่มีผู้บันทึก ทุกคนเขียนได้"),
    "adviser": _l("ท่านเป็นที่ปรึกษา สิ่งที่ท่านเขียนเป็นข้อเสนอให้กลุ่ม"),
    "take": _l("เป็นผู้บันทึก"),
    "over": _l("รับช่วงบันทึก"),
}
# What a facilitator should look at, on a tile.
SIGNALS = {
    "hand": _l("ขอให้วิทยากรไปที่โต๊ะ"),
    "not_begun": _l("ยังไม่เริ่มเขียน"),
    "away": _l("ไม่มีโทรศัพท์เปิดอยู่ เงียบ %(minutes)d นาที"),
    "quiet": _l("เงียบ %(minutes)d นาที"),
    "behind": _l("มี %(cards)d การ์ด ห้องนี้มักมี %(median)d"),
    "to_read": _l("ส่งแล้ว รอตรวจ"),
    "suggestions": _l("ข้อเสนอค้าง %(count)d ข้อ"),
    "one_writer": _l("คนเดียวเขียนเกือบทั้งหมด"),
    "returned": _l("กำลังแก้การ์ดที่ส่งกลับ"),
}
CHANGES = {
    "create": _l("เพิ่ม"),
    "update": _l("แก้ไข"),
    "delete": _l("ลบ"),
    "restore": _l("กู้คืน"),
    "refused": _l("ไม่ได้บันทึก"),
    "return": _l("ส่งกลับให้แก้"),
    "comment": _l("ความเห็นของวิทยากร"),
    "merge": _l("รวมกับรายการอื่น"),
    "unmerge": _l("เลิกการรวม"),
    "suggest": _l("เสนอ"),
    "accept_suggestion": _l("รับข้อเสนอ"),
    "decline_suggestion": _l("ไม่ใช้ข้อเสนอ"),
    "carry": _l("ส่งต่อไปยังการเชื่อมโยงแผน"),
    "submit": _l("ส่งงาน"),
    "reopen": _l("เปิดให้แก้อีกครั้ง"),
}
BOARD_FIELDS = {
    "text": _l("ข้อความ"),
    "slot": _l("ช่อง"),
    "cluster": _l("กลุ่มเรื่อง"),
}


@dataclass(frozen=True)
class PageWords:
    """The one argument the macros of cards take beside the card."""

    card_url: Callable[[str], str]
    suggestion_url: Callable[[str], str]
    links_url: str
    add_url: str
    token: str
    closed: bool
    full: bool  # whether the scribe's part of a card stands open
    questions: dict[str, str]
    issues: list[dict[str, Any]]
    ranks: dict[str, float]
    sections: list[tuple[str, str, Any, Any]]
    levels: Pairs
    year_pairs: Pairs
    source_pairs: Pairs
    sector_pairs: Pairs
    evidence_pairs: Pairs
    stage_pairs: Pairs
    chains: Pairs
    strengths: dict[int, Any]
    tab_names: dict[str, Any]
    type_words: dict[str, Any]
    pen_words: dict[str, Any]

    @staticmethod
    def new_id() -> str:
        """An id for a card that a form makes: sending the form twice makes one card."""
        return new_card_id()


def group_arg(submission: Submission, author: Author) -> str | None:
    """The team's links name the group, and an adviser's, who has several; a member's cookie does."""
    return submission.group.public_id if author.is_staff or author.is_adviser else None


def page_words(exercise: Exercise, submission: Submission, author: Author, work: group_work.Work) -> PageWords:
    """The words of one group's page."""
    group = group_arg(submission, author)
    of: dict[str, Any] = {"exercise_id": exercise.public_id}
    choices = group_work.choices(exercise)
    kinds = exercise.form.get("kinds") or default_form()["kinds"]
    return PageWords(
        card_url=lambda card_id: url_for("exercises.card", card_id=card_id, group=group, **of),
        suggestion_url=lambda one: url_for("exercises.settle_suggestion", suggestion_id=one, group=group, **of),
        links_url=url_for("exercises.add_link", group=group, **of),
        add_url=url_for("exercises.add_card", group=group, **of),
        token=generate_csrf(),
        closed=work.state["closed"],
        full=work.state["pen"]["full"],
        questions=_questions(exercise),
        issues=work.issues(exercise),
        ranks={level["code"]: level["rank"] for level in exercise.levels},
        sections=[
            (kind, section, exercise.form.get("labels", {}).get(kind) or heading, button)
            for kind, (section, heading, button) in SECTIONS.items()
            if kind in kinds
        ],
        levels=choices["levels"],
        year_pairs=[(year, str(year)) for year in choices["years"]],
        source_pairs=[(source, source) for source in choices["sources"]],
        sector_pairs=list(choices["sectors"].items()),
        evidence_pairs=list(choices["evidence_types"].items()),
        stage_pairs=list(choices["stages"].items()),
        chains=[(chain.code, chain.title_th or chain.title_en or chain.code) for chain in chains_of(exercise)],
        strengths=STRENGTHS,
        tab_names=TABS,
        type_words=TYPES,
        pen_words=PEN,
    )


def _questions(exercise: Exercise) -> dict[str, str]:
    """The exercise's own questions; the template's where it has none. Ours are translated."""
    asked = {**default_form()["questions"], **exercise.form.get("questions", {})}
    return {name: _(question) for name, question in asked.items()}
