"""The sheets of the workbook that say what the analyses found, each figure with how to read it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.core.spreadsheets import Sheet

from ..analysis.graph import STAGES as STAGE_CODES
from ..map.broken import REASONS
from ..map.columns import natural_key
from ..map.words import area_name
from ..vocabulary import BANDS, OVERLAP, STAGES, SUPPORT
from .source import Book, Cell


def summary_sheet(book: Book) -> Sheet:
    """The figures on one page, each with a unit and a line that says what it means."""
    notes = [book.event_name, _("ตัวเลขในแผ่นนี้นับ: %(what)s", what=book.counted)]
    rows = [*_size_rows(book), *_chain_rows(book), *_money_rows(book), *_quality_rows(book)]
    return Sheet(_("สรุป"), [_("เรื่อง"), _("ค่า"), _("หน่วย"), _("อ่านว่า")], rows, notes, money=[1])


def _size_rows(book: Book) -> list[list[Cell]]:
    counts = book.analyses["counts"]
    unit = _("รายการ")
    what = _("การ์ดของกลุ่มตามที่นับข้างบน ไม่รวมแผนอ้างอิง แผ่นรายการมีการ์ดทุกสถานะ ดูช่อง “นับในสรุป”")
    return [
        [_("รายการของกลุ่ม"), counts["items"], unit, what],
        [_("ปัญหา/ความต้องการ"), counts["needs"], unit, None],
        [_("โครงการ"), counts["projects"], unit, None],
        [_("ข้อเชื่อมโยง"), counts["links"], _("ข้อ"), None],
        [_("ประเด็น/เป้าหมายจังหวัด"), counts["anchors"], unit, None],
    ]


def _chain_rows(book: Book) -> list[list[Cell]]:
    orphans, chain = book.analyses["orphans"], book.analyses["full_chain"]
    percent = _("ร้อยละ")
    return [
        [_("ยังไม่มีการเชื่อมขึ้น"), _percent(orphans["rate"]), percent, _("รายการที่ไม่เชื่อมกับแผนระดับบนเลย")],
        [
            _("ไปไม่ถึงแผนจังหวัด"),
            _percent(orphans["not_reaching_rate"]),
            percent,
            _("รวมรายการที่เชื่อมแล้วแต่ขาดกลางทาง"),
        ],
        [
            _("ปัญหาที่เชื่อมถึงแผนจังหวัด"),
            _percent(chain["loose_rate"]),
            percent,
            _("ทางใดก็ได้ แม้ข้ามบางระดับ"),
        ],
        [_("ร้อยละที่เชื่อมโยงครบทุกระดับ"), _percent(chain["strict_rate"]), percent, _("ผ่านทุกระดับที่กำหนด")],
        [_("ปัญหาที่เชื่อมถึงยุทธศาสตร์ชาติ"), _percent(chain["national_rate"]), percent, None],
        [
            _("ประเด็นจังหวัดที่มีปัญหาเชื่อมครบทุกระดับ"),
            _percent(chain["anchor_rate"]),
            percent,
            None,
        ],
        [
            _("เป้าหมายที่ยังไม่มีโครงการรองรับ"),
            len(book.analyses["unsupported_goals"]),
            _("เป้าหมาย"),
            ", ".join(book.title(goal) for goal in book.analyses["unsupported_goals"]) or None,
        ],
        [
            _("โครงการที่ไม่มีปัญหารองรับ"),
            len(book.analyses["projects_without_need"]),
            _("โครงการ"),
            ", ".join(book.title(project) for project in book.analyses["projects_without_need"]) or None,
        ],
    ]


def _money_rows(book: Book) -> list[list[Cell]]:
    budget = book.analyses["budget"]
    baht, percent = _("บาท"), _("ร้อยละ")
    spread = _("เท่ากับกระจายเท่า ๆ กันใน %(n)s ประเด็น", n=budget["effective_goals"])
    rows: list[list[Cell]] = [
        [_("งบประมาณรวมทุกโครงการ"), budget["gross_total"], baht, None],
        [_("งบประมาณที่นับ"), budget["counted_total"], baht, _("ไม่นับโครงการที่ส่งต่อให้โครงการอื่นซึ่งมีงบแล้ว")],
        [_("งบประมาณที่ไม่สอดคล้องประเด็นใด"), round(budget["unaligned"], 2), baht, None],
        [_("สัดส่วนที่ไม่สอดคล้อง"), _percent(budget["unaligned_share"]), percent, None],
        [_("การกระจุกตัวของงบประมาณ (HHI)"), budget["hhi"], None, spread if budget["hhi"] else None],
        [_("ประเด็นที่ได้งบมากที่สุด"), _percent(budget["top_share"]), percent, _("ของงบที่สอดคล้องทั้งหมด")],
    ]
    for anchor in sorted(budget["by_anchor"], key=natural_key):
        rows.append(
            [_("งบประมาณ: %(issue)s", issue=book.title(anchor)), round(budget["by_anchor"][anchor], 2), baht, None]
        )
    return rows


def _quality_rows(book: Book) -> list[list[Cell]]:
    evidence, sectors = book.analyses["evidence"], book.analyses["pracharat"]
    agreed = book.analyses["screening"]["alpha_ordinal"]["all"]
    percent = _("ร้อยละ")
    return [
        [_("ข้อมูลที่เป็นปัจจุบัน"), _percent(evidence["current_rate"]), percent, None],
        [_("ปัญหาที่ไม่มีข้อมูลรองรับ"), len(evidence["needs_without_evidence"]), _("รายการ"), None],
        [_("ภาคส่วนเฉลี่ยต่อโครงการ"), round(sectors["mean"], 2), _("ภาคส่วน"), None],
        [_("โครงการที่มี 3 ภาคส่วนขึ้นไป"), _percent(sectors["share_3plus"]), percent, None],
        [_("ความเห็นตรงกันของผู้กลั่นกรอง (α)"), agreed, None, agreement_reading(agreed)],
    ]


def agreement_reading(alpha: float | None) -> str:
    """Alpha in one line."""
    if alpha is None:
        return _("ยังไม่มีคะแนนพอให้เทียบกัน")
    if alpha >= 0.80:
        return _("ผู้กลั่นกรองเห็นตรงกันดี")
    if alpha >= 0.667:
        return _("พอใช้ ควรคุยกันเพิ่มในข้อที่ต่างกัน")
    return _("เห็นต่างกันมาก ข้อความของเกณฑ์อาจไม่ชัด ควรทำความเข้าใจร่วมกันก่อน")


def _percent(share: float) -> float:
    return round(share * 100, 2)


# -- coverage ----------------------------------------------------------------------------------------------


def coverage_sheet(book: Book) -> Sheet:
    """Item × provincial issue, 1 to 3, empty without a path; then who reaches each issue."""
    columns = book.analyses["coverage_by_anchor"]
    anchors = sorted(columns, key=natural_key)
    header = [_("อำเภอ"), _("กลุ่ม"), _("รหัส"), _("รายการ"), *(book.title(anchor) for anchor in anchors)]
    matrix = book.analyses["coverage_matrix"]
    items = [book.graph.nodes[i] for i in sorted(matrix, key=book.place)]
    rows: list[list[Cell]] = [
        [
            book.district(item["id"]),
            book.group(item),
            item["id"],
            book.title(item["id"]),
            *(matrix[item["id"]].get(anchor) for anchor in anchors),
        ]
        for item in items
    ]
    for label, figure in ((_("โครงการที่ไปถึง"), "projects"), (_("ปัญหาที่ไปถึง"), "needs")):
        rows.append([None, None, None, label, *(columns[anchor][figure] for anchor in anchors)])
    districts = ["\n".join(area_name(book.graph, d) for d in columns[a]["districts"]) for a in anchors]
    rows.append([None, None, None, _("อำเภอที่มีโครงการไปถึง"), *districts])
    note = _("ตัวเลขคือข้อที่อ่อนที่สุดบนเส้นทางที่แข็งแรงที่สุด: 3 ทางตรง/มาก 2 ปานกลาง 1 ทางอ้อม/น้อย ว่างคือไปไม่ถึง")
    return Sheet(_("ตารางครอบคลุม"), header, rows, [note])


def goals_sheet(book: Book) -> Sheet:
    """Every provincial issue and district goal with what stands under it, the empty ones first."""
    support = book.analyses["goal_support"]
    order = list(SUPPORT)
    ranked = sorted(support, key=lambda goal: (order.index(support[goal]), natural_key(goal)))
    rows: list[list[Cell]] = [
        [
            book.title(goal),
            book.level(book.graph.nodes[goal]["level"]),
            str(SUPPORT[support[goal]]),
            book.district(goal),
            goal,
        ]
        for goal in ranked
    ]
    header = [_("ประเด็น/เป้าหมาย"), _("ระดับแผน"), _("สิ่งที่รองรับ"), _("อำเภอ"), _("รหัส")]
    return Sheet(_("เป้าหมายที่ไม่มีโครงการรองรับ"), header, rows)


def broken_sheet(book: Book) -> Sheet:
    """What does not reach the province: where the way ends, and whose card must be linked next."""
    orphans = book.analyses["orphans"]
    ends = {**{i: [i] for i in orphans["all"]}, **orphans["break_points"]}
    rows = []
    for item_id in sorted(ends, key=book.place):
        item = book.graph.nodes[item_id]
        why = "orphan" if item_id in orphans["all"] else "detached"
        owners = {
            book.group(book.graph.nodes[end]) or book.level(book.graph.nodes[end]["level"])
            for end in ends[item_id]
        }
        rows.append(
            [
                book.title(item_id),
                REASONS[why](),
                "\n".join(book.title(end) for end in ends[item_id]),
                "\n".join(sorted(owners)),
                item_id,
                book.group(item),
                book.district(item_id),
            ]
        )
    header = [_("รายการ"), _("ผล"), _("ขาดที่"), _("ผู้ที่ต้องเชื่อมต่อ"), _("รหัส"), _("กลุ่ม"), _("อำเภอ")]
    return Sheet(_("ขาดการเชื่อมโยง"), header, rows)


# -- chains, doubles, scores, votes ------------------------------------------------------------------------


def chains_sheet(book: Book) -> Sheet:
    """Stages of each product in the province and in every district."""
    rows: list[list[Cell]] = []
    for chain, found in book.analyses["value_chain"].items():
        places = {_("ทั้งจังหวัด"): found["all"]}
        places |= {area_name(book.graph, d): part for d, part in found["by_district"].items()}
        for place, part in places.items():
            missing = ", ".join(str(STAGES[stage]) for stage in part["missing"])
            counts = [part["count"][stage] for stage in STAGE_CODES]
            money = [part["budget"][stage] if "budget" in part else None for stage in STAGE_CODES]
            rows.append(
                [book.chains.get(chain, chain), place, *counts, *money, missing, part.get("balance_count")]
            )
    header = [_("ห่วงโซ่คุณค่า"), _("พื้นที่")]
    header += [str(STAGES[stage]) for stage in STAGE_CODES]
    header += [_("งบประมาณ %(stage)s (บาท)", stage=STAGES[stage]) for stage in STAGE_CODES]
    header += [_("ขั้นที่ขาด"), _("ความสมดุล (1 = เท่ากันทุกขั้น)")]
    return Sheet(_("ห่วงโซ่คุณค่า"), header, rows, money=[5, 6, 7])


def overlap_sheet(book: Book) -> Sheet:
    """Projects of different groups with alike titles; a person decides."""
    rows = [_overlap_row(book, pair) for pair in book.analyses["overlap"]]
    header = [_("โครงการ"), _("กลุ่ม"), _("คล้ายกับ"), _("กลุ่ม (คล้ายกับ)"), _("ความคล้าย (ร้อยละ)")]
    header += [_("ระดับ"), _("ข้อเสนอ"), _("รหัส"), _("รหัส (คล้ายกับ)")]
    return Sheet(_("ซ้ำซ้อน"), header, rows, [_("ระบบเทียบจากชื่อเท่านั้น โปรดให้คนตัดสิน")])


def _overlap_row(book: Book, pair: dict[str, Any]) -> list[Cell]:
    one, other = book.graph.nodes[pair["a"]], book.graph.nodes[pair["b"]]
    return [
        book.title(pair["a"]),
        book.group(one),
        book.title(pair["b"]),
        book.group(other),
        _percent(pair["dice"]),
        str(OVERLAP[pair["level"]]),
        str(OVERLAP[pair["cls"]]),
        pair["a"],
        pair["b"],
    ]


def screening_sheet(book: Book) -> Sheet:
    """Scores, the items to discuss first, and below them how far the reviewers agree."""
    settings = (book.document.get("settings") or {}).get("screening") or {}
    criteria = settings.get("criteria") or [{"code": c.code} for c in book.graph.settings.screening.criteria]
    found = book.analyses["screening"]
    ranked = sorted(
        found["items"].items(), key=lambda p: (not p[1]["discuss"], -(p[1]["score"] or 0), natural_key(p[0]))
    )
    rows: list[list[Cell]] = [
        [
            book.title(item_id),
            *(row["mean"].get(c["code"]) for c in criteria),
            row["score"],
            str(BANDS.get(row["band"], "")),
            row["reviewers"],
            ", ".join(row["discuss"]),
            item_id,
            book.group(book.graph.nodes[item_id]),
        ]
        for item_id, row in ranked
    ]
    alpha = found["alpha_ordinal"]
    if ranked:
        rows.append([_("ความเห็นตรงกันของผู้กลั่นกรอง (α)"), *(alpha[c["code"]] for c in criteria), alpha["all"]])
    header = [_("รายการ"), *(f"{c['code']} {c.get('th') or ''}".strip() for c in criteria)]
    header += [_("คะแนน (เต็ม 100)"), _("ผล"), _("ผู้กลั่นกรอง (คน)"), _("ข้อที่ควรหารือ"), _("รหัส"), _("กลุ่ม")]
    return Sheet(_("ผลกลั่นกรอง"), header, rows)


def votes_sheet(book: Book) -> Sheet:
    """Both orders of the priority vote side by side."""
    votes = book.analyses["dot_vote"]
    equal = {item_id: (n, share) for n, (item_id, share) in enumerate(votes["equal_group_weight"], 1)}
    rows: list[list[Cell]] = []
    for place, (item_id, dots) in enumerate(votes["raw"], 1):
        other, share = equal.get(item_id, (None, None))
        rows.append(
            [
                place,
                book.title(item_id),
                dots,
                other,
                None if share is None else _percent(share),
                item_id,
                book.group(book.graph.nodes[item_id]),
            ]
        )
    header = [_("ลำดับตามคะแนนรวม"), _("รายการ"), _("คะแนนรวม"), _("ลำดับเมื่อทุกกลุ่มหนักเท่ากัน")]
    header += [_("สัดส่วน (ร้อยละ)"), _("รหัส"), _("กลุ่ม")]
    return Sheet(_("คะแนนโหวต"), header, rows)
