"""Reading an exercise from a JSON file: a document that can be analysed, or one sentence why not.

What is refused here is what no analysis could read. Whether the plan itself keeps the rules (a cycle, a
wrong pair of kinds) is asked of `rules.block_problems` before a file becomes an exercise.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken

from .shapes import DOCUMENT, WrongShape

# Raised when a file of the new shape could be misread by the old program; absent means 1.
SCHEMA_VERSION = 1
MAX_BYTES = 8 * 1024 * 1024
MAX_ITEMS = 20_000
MAX_LINKS = 60_000


class DocumentUnreadable(RuleBroken):
    """The file is no exercise; the sentence says what is wrong and where."""


def load_document(source: bytes | str | Path) -> dict[str, Any]:
    """The exercise in a file (a path) or in its bytes. Keys this version does not know are kept."""
    raw = source if isinstance(source, bytes) else _read(Path(source))
    if len(raw) > MAX_BYTES:
        raise DocumentUnreadable(
            _l("ไฟล์มีขนาดเกิน %(mb)s เมกะไบต์ โปรดแยกเป็นหลายแบบฝึกแล้วนำเข้าทีละไฟล์", mb=MAX_BYTES // 1024**2)
        )
    document = _parse(raw)
    _refuse_odd_characters(document)
    _refuse_newer(document)
    try:
        DOCUMENT(document, "")
    except WrongShape as problem:
        raise DocumentUnreadable(problem.sentence) from None
    _check_sizes(document)
    _check_ids(document)
    _check_ends(document)
    _check_scores(document)
    return document


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise DocumentUnreadable(_l("เปิดไฟล์ %(name)s ไม่ได้ โปรดตรวจชื่อและที่อยู่ของไฟล์", name=str(path))) from None


def _parse(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentUnreadable(_l("ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8 โปรดบันทึกไฟล์ใหม่เป็น UTF-8")) from None
    try:
        return json.loads(
            text, parse_constant=_not_a_number, parse_float=_finite, object_pairs_hook=_without_repeats
        )
    except json.JSONDecodeError as problem:
        raise DocumentUnreadable(
            _l(
                "ไฟล์ไม่ใช่ JSON ที่ถูกต้อง (บรรทัด %(line)s ตำแหน่ง %(column)s) โปรดส่งออกไฟล์ใหม่จากระบบ",
                line=problem.lineno,
                column=problem.colno,
            )
        ) from None
    except RecursionError:
        raise DocumentUnreadable(_l("ไฟล์ซ้อนกันลึกเกินไป ไม่ใช่ไฟล์แบบฝึกการเชื่อมโยงแผน")) from None
    except ValueError:  # an integer of thousands of digits
        raise DocumentUnreadable(_l("ในไฟล์มีตัวเลขที่ยาวเกินไป โปรดตรวจตัวเลขแล้วบันทึกใหม่")) from None


def _not_a_number(name: str) -> NoReturn:
    raise DocumentUnreadable(_l("ในไฟล์มีค่า %(value)s ซึ่งไม่ใช่ตัวเลข โปรดแก้เป็นตัวเลขหรือลบออก", value=name))


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        _not_a_number(text[:20])
    return number


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise DocumentUnreadable(
            _l("ในไฟล์มีชื่อข้อมูล “%(name)s” ซ้ำกันในรายการเดียว โปรดเหลือไว้เพียงหนึ่ง", name=_shown(repeated))
        )
    return found


def _refuse_newer(document: Any) -> None:
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version is not None and (type(version) is not int or not 1 <= version <= SCHEMA_VERSION):
        raise DocumentUnreadable(_l("ไฟล์นี้มาจากระบบรุ่นใหม่กว่า โปรดปรับรุ่นของระบบนี้ก่อนนำเข้า"))


def _refuse_odd_characters(document: Any) -> None:
    """NUL and lone surrogates are refused wherever they stand: no database or file can hold them."""
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            if "\0" in value or not _encodable(value):
                raise DocumentUnreadable(_l("ในไฟล์มีอักขระที่เสียหาย โปรดส่งออกไฟล์ใหม่จากระบบ"))
        elif isinstance(value, dict):
            stack.extend(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_sizes(document: Mapping[str, Any]) -> None:
    for name, most in (("items", MAX_ITEMS), ("links", MAX_LINKS)):
        if len(document[name]) > most:
            raise DocumentUnreadable(
                _l(
                    "ในไฟล์มี %(name)s เกิน %(most)s รายการ โปรดแยกเป็นหลายแบบฝึก",
                    name=name,
                    most=f"{most:,}",
                )
            )


def _check_ids(document: Mapping[str, Any]) -> None:
    lists = {"levels": "code", "areas": "code", "groups": "id", "chains": "id", "items": "id", "links": "id"}
    for name, key in lists.items():
        _refuse_repeats((row[key] for row in document.get(name) or ()), name)
    criteria = (document["settings"].get("screening") or {}).get("criteria") or ()
    _refuse_repeats((row["code"] for row in criteria), "settings.screening.criteria")
    _refuse_repeats((f"{r['item']} · {r['reviewer']}" for r in document.get("reviews") or ()), "reviews")


def _refuse_repeats(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise DocumentUnreadable(
                _l("รหัส “%(id)s” ใน %(where)s ซ้ำกัน โปรดให้แต่ละรายการมีรหัสของตน", id=_shown(one), where=where)
            )
        seen.add(one)


def _check_ends(document: Mapping[str, Any]) -> None:
    """Whatever names a level or an item names one that is there."""
    levels = {level["code"] for level in document["levels"]}
    items = {item["id"] for item in document["items"]}
    for item in document["items"]:
        _must_be_in(levels, item["level"], _l("รายการ %(id)s", id=_shown(item["id"])))
    for link in document["links"]:
        for end in ("source", "target"):
            _must_be_in(items, link[end], _l("ความเชื่อมโยง %(id)s", id=_shown(link["id"])))
    for review in document.get("reviews") or ():
        _must_be_in(items, review["item"], _l("ผลกลั่นกรองของ %(who)s", who=_shown(review["reviewer"])))
    for group, votes in ((document.get("dot_votes") or {}).get("by_group") or {}).items():
        for item_id in votes:
            _must_be_in(items, item_id, _l("คะแนนโหวตของกลุ่ม %(id)s", id=_shown(group)))


def _must_be_in(known: set[str], wanted: str, who: object) -> None:
    if wanted not in known:
        raise DocumentUnreadable(_l("%(who)s อ้างถึง “%(id)s” ซึ่งไม่มีในไฟล์ โปรดแก้ให้ตรงกัน", who=who, id=_shown(wanted)))


def _check_scores(document: Mapping[str, Any]) -> None:
    most = (document["settings"].get("screening") or {}).get("scale_max")
    most = 3 if most is None else most
    for review in document.get("reviews") or ():
        if any(score is not None and score > most for score in (review.get("scores") or {}).values()):
            raise DocumentUnreadable(
                _l(
                    "คะแนนกลั่นกรองของรายการ %(id)s เกินคะแนนเต็ม %(most)s โปรดตรวจคะแนน",
                    id=_shown(review["item"]),
                    most=most,
                )
            )


def _shown(text: str) -> str:
    """A name from the file, short enough for a sentence."""
    return text if len(text) <= 40 else text[:40] + "…"
