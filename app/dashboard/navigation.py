"""The sections of an event, as the organiser's navigation shows them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request
from flask_babel import lazy_gettext as _l

from app.core.access import access_of

# (first page of the section, its label, what else belongs to it: beginnings of endpoint names)
_SECTIONS = (
    ("dashboard.overview", _l("ภาพรวม"), ("dashboard.overview",)),
    ("events.details", _l("ตั้งค่างาน"), ("events.",)),
    ("registration.people", _l("ผู้เข้าร่วม"), ("registration.",)),
    ("groups.overview", _l("กลุ่ม"), ("groups.",)),
    ("checkin.overview", _l("ลงทะเบียนหน้างาน"), ("checkin.",)),
    ("checkin.tick_now", _l("ติ๊กรายชื่อ"), ("checkin.",)),
    ("materials.library", _l("เอกสารประกอบ"), ("materials.",)),
    ("exercises.overview", _l("กิจกรรมกลุ่ม"), ("exercises.",)),
    ("dashboard.linkage", _l("ความเชื่อมโยง"), ("dashboard.linkage",)),
    ("documents.downloads", _l("เอกสารและรายงาน"), ("documents.",)),
)


@dataclass(frozen=True)
class Section:
    """One entry of the navigation."""

    endpoint: str
    label: object
    is_current: bool


def sections() -> list[Section]:
    """The sections this person may open, the one in view marked."""
    here = request.endpoint or ""
    return [
        Section(endpoint, label, here.startswith(beginnings))
        for endpoint, label, beginnings in _SECTIONS
        if endpoint in current_app.view_functions and may_open(endpoint) and not _is_within_another(endpoint)
    ]


def _is_within_another(endpoint: str) -> bool:
    """The list to tick is a section only for facilitators, who have no other page of the door."""
    return endpoint == "checkin.tick_now" and may_open("checkin.overview")


def may_open(endpoint: str) -> bool:
    """Whether the guard of that page would let this person in: a link to a refusal helps nobody."""
    access = access_of(current_app, endpoint)
    return access is not None and (not access.roles or not g.get("roles", set()).isdisjoint(access.roles))


def init_navigation(app: Flask) -> None:
    """Give the organiser's layout its navigation, and any page the question who may follow a link."""
    app.jinja_env.globals.update(event_sections=sections, may_open=may_open)
