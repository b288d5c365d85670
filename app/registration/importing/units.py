"""From what a list writes about where a person comes from to one of the event's units."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from app.core.text import clean_name, search_key

DISTRICT = "district"
PROVINCE_AGENCIES = "province_agencies"
LONGEST = 100  # characters of a unit's name

_COUNT = re.compile(
    r"[(\[]?\s*(?:(?:รวม|จำนวน|ทั้งหมด)\s*)*\d+\s*(?:คน|ราย|ท่าน|รูป)\s*[)\]]?|[(\[]\s*\d+\s*[)\]]|จำนวน\s*$"
)
_CONTINUED = re.compile(r"\s*(?:\(\s*ต่อ\s*\)|(?<=\s)ต่อ)\s*$")
_NUMBERING = re.compile(r"^[\s*•\-–=]*(?:(?:กลุ่ม|ลำดับ)?ที่\s*)?\d{0,3}\s*[.):\-]?\s*")
_BEFORE = re.compile(
    r"^(?:รายชื่อ|กลุ่ม|พื้นที่|สังกัด|จาก|หน่วยงาน|ที่ว่าการ|ที่ทำการปกครอง|ปกครอง|กิ่ง)?\s*"
    r"(?:อำเภอ|อ\s*\.|อ\s+|เขต(?=\s)|(?:amphoe|amphur|district|khet)\s)[\s:._…]*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+district$", re.IGNORECASE)
_PROVINCE = re.compile(r"(?:จังหวัด|จว?\s*\.)[\s:._…]*([ก-๙]+)\s*$")
_PROVINCE_SAID = re.compile(r"(?:จังหวัด|(?<![ก-๙])จว?\s*\.)[\s:._…]*(?P<name>[ก-๙]+)")
_DISTRICT_WORD = r"(?:อำเภอ|(?<![ก-๙.])อ\s*\.)[\s:._…]*"
_ANY_DISTRICT_WORD = r"(?:อำเภอ|(?<![ก-๙])อ\s*\.)[\s:._…]*"  # สถ.อ.เมือง too, as the name of a district follows
_AND_ANOTHER = re.compile(r"\s*(?:[/,+&–-]|และ|กับ)\s*(?:อำเภอ|อ\s*\.)?\s*([ก-๙]+)")
_VENUE = re.compile(r"(?:^|\s)ณ\s|ณ(?=โรงแรม|ห้อง|หอ|ศาลา|ที่ว่า|อาคาร|วัน)|วันที่|สถานที่|ระหว่างวัน|โรงแรม|ห้องประชุม|หอประชุม")
_AGENCIES = re.compile(
    r"(?:กลุ่ม|คณะ)?(?:หัวหน้า|ผู้แทน|ตัวแทน)*(?:ส่วนราชการ|หน่วยงาน(?:ราชการ)?|ราชการ|ศาลากลาง|สำนักงาน|ส่วน)?(?:ส่วนภูมิภาค)?"
    r"(?:ประจำ|ระดับ|ใน|ของ)?จังหวัด(?P<province>[ก-๙]*)"
    r"|(?:หัวหน้า)?(?:ส่วนราชการ|หน่วยงาน|ราชการ)?(?:ส่วน)?ภูมิภาค|หัวหน้าส่วนราชการ|ศาลากลาง"
)
_ABBREVIATED_AGENCY = re.compile(
    r"(?:ทสจ|สสจ|พมจ|อบจ|ศธจ|ภ\.จว|สนจ|ทกจ|สถจ|พช\.?จ|ปภ\.?จ|กอ\.?รมน|สปก\.?จ|กษจ|รง\.?จ)"
)
_LOCAL = re.compile(r"ตำบล|(?<![ก-๙])ต\s*\.|อบต|เทศบาล|หมู่บ้าน|หมู่ที่|อำเภอ|(?<![ก-๙.])อ\s*\.|^ชุมชน")


@dataclass(frozen=True)
class UnitChoice:
    """A unit as plain data: its key, name, kind ("district", "province_agencies" …) and other spellings."""

    key: Hashable
    name: str
    kind: str = DISTRICT
    aliases: tuple[str, ...] = ()


class Units:
    """The units of an event, found by what people write for them.

    ``elsewhere`` holds district names of the whole country: a name that is one of those is never taken for a
    misspelling of one of ours. ``provinces`` holds the names of all provinces: a district beside another one's
    name is not ours, even without จังหวัด.
    """

    def __init__(
        self,
        choices: Sequence[UnitChoice],
        province: str = "",
        elsewhere: Iterable[str] = frozenset(),
        provinces: Iterable[str] = frozenset(),
    ) -> None:
        self.choices = list(choices)
        self.province = _squeezed(province)
        self._other_provinces = frozenset(map(_squeezed, provinces)) - {self.province}
        self.agencies = next((unit for unit in choices if unit.kind == PROVINCE_AGENCIES), None)
        self._by_name: dict[str, UnitChoice] = {}
        for unit in choices:
            for name in (unit.name, *unit.aliases):
                self._by_name.setdefault(_squeezed(name), unit)
        capital = self._by_name.get(_squeezed(f"เมือง{province}")) if province else None
        if capital:
            for short in ("เมือง", "mueang", "muang"):
                self._by_name.setdefault(short, capital)
        self._by_sound = self._unambiguous_sounds()
        self._elsewhere = {_squeezed(name) for name in elsewhere} - set(self._by_name)
        names = sorted((re.escape(name) for name in self._by_name if name != "เมือง"), key=len, reverse=True)
        self._mention = re.compile(rf"{_ANY_DISTRICT_WORD}(?P<name>{'|'.join([*names, 'เมือง(?![ก-ํ])'])})")
        self._inside = re.compile("|".join(names) or "(?!)")

    def _unambiguous_sounds(self) -> dict[str, UnitChoice]:
        sounds: dict[str, set[UnitChoice]] = {}
        for name, unit in self._by_name.items():
            sounds.setdefault(search_key(name), set()).add(unit)
        return {sound: units.pop() for sound, units in sounds.items() if len(units) == 1}

    def find(self, text: str) -> UnitChoice | None:
        """The unit that a whole cell names: "อ.แกลง จ.ระยอง", "เมืองฯ", "ระดับจังหวัด", or a name with a slip."""
        written = clean_name(text)
        if self._says_agencies(written):
            return self.agencies
        name = self._bare(written)
        if name is None:
            return None
        return self._named(name) or self._nearly(name)

    def find_exact(self, text: str) -> UnitChoice | None:
        """Like ``find``, but no misspelling is forgiven: for cells that may hold anything."""
        written = clean_name(text)
        if self._says_agencies(written):
            return self.agencies
        name = self._bare(written)
        return self._named(name) if name else None

    def _named(self, name: str) -> UnitChoice | None:
        return self._by_name.get(name) or self._by_name.get(name.removeprefix("เขต"))

    def mentioned(self, text: str) -> UnitChoice | None:
        """The one district that a text names with อำเภอ before it: "สำนักงานเกษตรอำเภอแกลง"."""
        written = _without_dots(text)
        found = set()
        for match in self._mention.finditer(written):
            after = written[match.end() :]
            if self._names_another(after):
                return None
            if not self._is_of_another_province(after):
                found.add(self._by_name[match["name"]])
        return found.pop() if len(found) == 1 else None

    def _names_another(self, after: str) -> bool:
        """Whether a second district is joined to the first: อำเภอบ้านค่าย/ปลวกแดง."""
        joined = _AND_ANOTHER.match(after)
        return joined is not None and (self.find(joined[1]) is not None or self.is_elsewhere(joined[1]))

    def _is_of_another_province(self, after: str) -> bool:
        """Whether what stands behind a district's name says another province: "จ.ชลบุรี", "ชลบุรี"."""
        said = _PROVINCE_SAID.search(after)
        if said and self.province:
            return not said["name"].startswith(self.province)
        beside = re.match(r"[\s,(]+([ก-๙]+)", after)
        return beside is not None and beside[1] in self._other_provinces

    def heading(self, text: str) -> UnitChoice | None:
        """The unit that a row between people names: "๑. อำเภอแกลง จำนวน ๒๕ คน"."""
        written = bare_heading(text)
        return self.find_exact(written) if written else None

    def is_elsewhere(self, name: str) -> bool:
        """Whether a name is a district's of another province."""
        return _squeezed(_BEFORE.sub("", clean_name(name))) in self._elsewhere

    def is_province(self, name: str) -> bool:
        """Whether a name is a province's."""
        return _squeezed(name) in self._other_provinces | {self.province}

    def knows(self, name: str) -> bool:
        """Whether a name is, begins or nearly is a district's of the event, or is one of another province."""
        bare = _squeezed(name)
        begins = len(bare) > 2 and any(known.startswith(bare) for known in self._by_name)
        return begins or bare in self._elsewhere or self.nearest(name) is not None

    def in_title(self, text: str) -> UnitChoice | None:
        """The unit that a title row is about; the place where the training is held does not count."""
        about = before_venue(clean_name(text))
        found = self.mentioned(about) or self.heading(about)
        if found is None and self.agencies and "ส่วนราชการประจำจังหวัด" in about.replace(" ", ""):
            return self.agencies
        return found

    def in_sheet_name(self, name: str) -> UnitChoice | None:
        """The unit that a sheet or a file is named after: "แกลง", "1.อ.แกลง", "รายชื่อแกลง (25)"."""
        written = _COUNT.sub(" ", clean_name(name).replace("_", " "))
        found = self.heading(written) or self.mentioned(written) or self.find(bare_heading(written))
        if found:
            return found
        inside = {
            self._by_name[match.group()]
            for match in self._inside.finditer(written)
            if not written[: match.start()].rstrip().endswith(("ตำบล", "ต.", "อบต.", "เทศบาล", "ทต."))
        }
        return inside.pop() if len(inside) == 1 else None

    def nearest(self, text: str) -> UnitChoice | None:
        """A unit to suggest for a name that was not recognised, or None when nothing is near."""
        name = _squeezed(_BEFORE.sub("", clean_name(text)))
        if len(name) < 3 or name in self._elsewhere:
            return None
        near = [(OSA.normalized_similarity(name, known), unit) for known, unit in self._by_name.items()]
        likeness, unit = max(near, key=lambda pair: pair[0], default=(0.0, None))
        return unit if likeness >= 0.7 else None

    def is_provincial(self, organisation: str, position: str) -> bool:
        """Whether an office or a post is one of the province: สำนักงานคลังจังหวัดระยอง, คลังจังหวัด."""
        office, post = clean_name(organisation), clean_name(position)
        if _LOCAL.search(office):
            return False
        if _ABBREVIATED_AGENCY.match(office) or self._of_this_province(office):
            return True
        return not office and self._of_this_province(post) and not _LOCAL.search(post)

    def is_local(self, organisation: str, position: str) -> bool:
        """Whether an office or a post belongs below the province, so that a district is missing."""
        return bool(_LOCAL.search(clean_name(organisation)) or _LOCAL.search(clean_name(position)))

    def _of_this_province(self, text: str) -> bool:
        found = re.search(r"(?<=[ก-๙.])(?<!ต่าง)(?:จังหวัด|\s?จว?\.\s?)\s*([ก-๙]*)", text)
        return found is not None and (not found[1] or found[1].startswith(self.province or " "))

    def _says_agencies(self, written: str) -> bool:
        found = _AGENCIES.fullmatch(re.sub(r"\s", "", written).replace("จ.", "จังหวัด"))
        return found is not None and (found["province"] or self.province) == self.province

    def _bare(self, written: str) -> str | None:
        """The name alone, without อำเภอ before and the province after it; None when it is in another province."""
        name = re.sub(r"\([^()]*\)", " ", written)
        province = _PROVINCE.search(name)
        if province and province.start():
            if self.province and _squeezed(province[1]) != self.province:
                return None
            name = name[: province.start()]
        name = _squeezed(_AFTER.sub("", _BEFORE.sub("", name.strip(" :*-–"))))
        return name if 0 < len(name) <= LONGEST else None

    def _nearly(self, name: str) -> UnitChoice | None:
        """A unit whose name differs by sound-alike letters or one slip, when no other place is meant."""
        if name in self._elsewhere:
            return None
        if unit := self._by_sound.get(search_key(name)):
            return unit
        if len(name) < 5:
            return None
        near = {unit for known, unit in self._by_name.items() if len(known) > 4 and OSA.distance(name, known) <= 1}
        return near.pop() if len(near) == 1 else None


def bare_heading(text: str) -> str:
    """What a row between people says without its number, its count and "(ต่อ)"."""
    written = _NUMBERING.sub("", _COUNT.sub(" ", clean_name(text)))
    written = _CONTINUED.sub("", written).strip(" :*-–=")
    is_enclosed = written.startswith("(") and written.endswith(")")
    return written.strip(" :*-–=()") if is_enclosed or written.count("(") != written.count(")") else written


def before_venue(written: str) -> str:
    """A title without the place and the days of the training."""
    venue = _VENUE.search(written)
    return written[: venue.start()] if venue else written


def without_province(written: str) -> str:
    """A text without จังหวัด and its name at the end."""
    return _PROVINCE.sub("", written)


def _squeezed(name: str) -> str:
    return re.sub(r"[\s.,:*ฯ]", "", clean_name(name)).casefold()


def _without_dots(text: str) -> str:
    """The text as names are compared, but with อ. kept: อำเภอ....แกลง.... becomes อำเภอแกลง."""
    written = re.sub(r"\.{2,}|…|_{2,}", "", clean_name(text))
    return re.sub(rf"({_DISTRICT_WORD})", lambda found: found[1].strip(" :_"), written)
