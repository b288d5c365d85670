"""The first pages: the cover and the preface, in the words of the year the plan was made."""

from __future__ import annotations

from flask_babel import gettext as _

from app.core.formatting import thai_number

from .blocks import Chapter, Cover, Grid, Words
from .source import BookSource

# From this year on the district's committee is written with dots and is an integrated one.
INTEGRATED_FROM = 2562
INNER_QUOTES = str.maketrans("“”", "‘’")


def cover(source: BookSource) -> Cover:
    """What the book is, of whom and for which years."""
    if source.scope.district is not None:
        title = _("ร่างแผนพัฒนาอำเภอ%(name)s", name=bare(source.place_name, "อำเภอ"))
        place = _("จังหวัด%(name)s", name=bare(str(source.document["meta"].get("province") or "–"), "จังหวัด"))
    else:
        title = _("ร่างแผนพัฒนาจังหวัด%(name)s", name=bare(source.place_name, "จังหวัด"))
        place = _("รวมผลการประชุมกลุ่มย่อยทุกอำเภอ")
    return Cover(
        title=title,
        period=period_words(source),
        place=place,
        made_for=source.event_name,
        state=_("ฉบับร่าง ณ %(when)s · นับ%(counted)s", when=source.made_at, counted=source.counted),
        note=str(source.document["meta"].get("note_th") or ""),
    )


def bare(name: str, prefix: str) -> str:
    """A place's name without the word for what it is."""
    return name.removeprefix(prefix).strip()


def period_words(source: BookSource) -> str:
    """4 ปี (พ.ศ. 2561–2564), or nothing when the exercise does not say."""
    if source.period is None:
        return ""
    first, last = source.period
    return _("%(years)d ปี (พ.ศ. %(first)d–%(last)d)", years=last - first + 1, first=first, last=last)


def committee(source: BookSource) -> str:
    """Who decides on the draft, as the year calls it."""
    year = source.document["meta"].get("event_year_be") or INTEGRATED_FROM
    if source.scope.district is not None:
        if year < INTEGRATED_FROM:
            return _("คณะกรรมการบริหารงานอำเภอ (กบอ.)")
        return _("คณะกรรมการบริหารงานอำเภอแบบบูรณาการ (ก.บ.อ.)")
    return _("คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ (ก.บ.จ.)")


def preface(source: BookSource) -> Chapter:
    """What the draft was made of, and what its reader is asked to do."""
    counts, budget = source.analyses["counts"], source.analyses["budget"]
    groups = {item.get("group") for item in source.graph.items.values()} - {None}
    made = _(
        "ร่างแผนฉบับนี้รวบรวมจากผลการประชุมกลุ่มย่อยใน%(event)s โดยกลุ่มจำนวน %(groups)d กลุ่ม "
        "ร่วมกันเขียนปัญหา/ความต้องการของหมู่บ้าน %(needs)d ข้อ และโครงการ %(projects)d โครงการ "
        "แล้วเชื่อมโยงขึ้นไปถึงประเด็นของจังหวัดและยุทธศาสตร์ชาติ",
        event=_event_words(source.event_name),
        groups=len(groups),
        needs=counts["needs"],
        projects=counts["projects"],
    )
    asked = _(
        "เสนอ%(committee)s เพื่อพิจารณากลั่นกรอง ข้อความทั้งหมดเป็นของกลุ่มผู้เขียน ตัวเลขทุกตัวคำนวณจากข้อความเหล่านั้น "
        "สิ่งที่ยังขาดรวมไว้ในภาคผนวก ง",
        committee=committee(source),
    )
    return Chapter(_("คำนำ"), [Words(made), Words(asked), _in_figures(source, budget)])


def _event_words(name: str) -> str:
    """The event in a sentence: a name that says itself that it is a project needs no word and no quotes."""
    if name.startswith("โครงการ"):
        return name
    return _("โครงการ “%(event)s”", event=name.translate(INNER_QUOTES))


def _in_figures(source: BookSource, budget: dict[str, float]) -> Grid:
    chain, orphans = source.analyses["full_chain"], source.analyses["orphans"]
    lost = len(orphans["all"]) + len(orphans["detached"])
    rows = [
        [_("ปัญหาที่เชื่อมโยงครบทุกระดับ"), share(len(chain["strict"]), chain["needs"])],
        [_("เป้าหมายที่ยังไม่มีโครงการรองรับ"), number(len(source.unsupported))],
        [_("รายการที่ขาดการเชื่อมโยง"), number(lost)],
        [_("โครงการเกินศักยภาพที่ยังไม่ส่งประสานแผน"), number(len(source.analyses["beyond_capacity_not_escalated"]))],
        [_("งบประมาณที่นับ (บาท)"), number(budget["counted_total"])],
        [_("ในนั้นยังไม่สอดคล้องประเด็นใด (บาท)"), number(round(budget["unaligned"], 2))],
    ]
    return Grid([_("ภาพรวม"), _("จำนวน")], rows, [7, 3], frozenset({1}))


def share(part: int, whole: int) -> str:
    """6 จาก 10 (ร้อยละ 60)."""
    if not whole:
        return "–"
    return _(
        "%(part)d จาก %(whole)d (ร้อยละ %(percent)d)", part=part, whole=whole, percent=round(100 * part / whole)
    )


def number(value: int | float) -> str:
    """A number with commas."""
    return thai_number(int(value) if float(value).is_integer() else value)
