"""Provinces and districts of Thailand, as plain data with the names an office writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Province:
    """A province: its two-digit code of the Department of Provincial Administration and its names."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class District:
    """A district: its four-digit code, and its names without อำเภอ or เขต before them."""

    code: str
    name: str
    name_en: str


@cache
def provinces() -> tuple[Province, ...]:
    """Every province, in the order of the codes."""
    import geothai  # here: a start does without it

    return tuple(Province(p.code, p.name_th, p.name_en) for p in geothai.provinces())


def find_province(code: str) -> Province | None:
    """The province of a two-digit code, or None."""
    return _by_code().get(code)


def province_name(code: str) -> str:
    """The Thai name of a province without จังหวัด before it; KeyError for an unknown code."""
    return _by_code()[code].name


@cache
def districts(province_code: str) -> tuple[District, ...]:
    """The districts of a province in the order of their codes; none for an unknown code."""
    if province_code not in _by_code():
        return ()
    import geothai

    return tuple(
        District(d.code, d.name_th.removeprefix("เขต"), d.name_en) for d in geothai.districts(province_code)
    )


@cache
def district_names() -> frozenset[str]:
    """The names of every district of the country: what a misspelling must not be taken for."""
    everywhere = [district for province in provinces() for district in districts(province.code)]
    return frozenset(name for district in everywhere for name in (district.name, district.name_en))


@cache
def province_names() -> frozenset[str]:
    """The Thai names of every province: by them a district of another one is told from ours."""
    return frozenset(province.name for province in provinces())


@cache
def english_name(district_code: str) -> str:
    """The English name of a district, "" for an unknown code."""
    return next((d.name_en for d in districts(district_code[:2]) if d.code == district_code), "")


@cache
def _by_code() -> dict[str, Province]:
    return {province.code: province for province in provinces()}
