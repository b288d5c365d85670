"""Meals: numbers for the kitchen without names, and forgetting them afterwards."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.events.access import event_page
from app.events.models import Event, Role

from .. import meals, retention
from ..parts import LABELS
from . import bp


@bp.get("/events/<slug>/food")
@event_page(Role.ORGANISER)
def food(event: Event) -> ResponseReturnValue:
    """How many eat what at which meal, for the hotel, with what changed since the numbers were sent."""
    kitchen = meals.read_kitchen(event)
    return render_template(
        "registration/food.html",
        event=event,
        kitchen=kitchen,
        parts=LABELS,
        text=meals.text_for_hotel(event, kitchen),
        is_overdue=retention.is_food_overdue(event),
    )


@bp.post("/events/<slug>/food/sent")
@event_page(Role.ORGANISER)
def meals_sent(event: Event) -> ResponseReturnValue:
    """The numbers as they are now went to the hotel."""
    meals.note_sent(event, actor=current_user)
    flash(_("บันทึกว่าส่งยอดนี้ให้สถานที่จัดงานแล้ว ครั้งต่อไปจะแสดงเฉพาะส่วนที่เปลี่ยน"))
    return redirect(url_for(".food", slug=event.slug))


@bp.post("/events/<slug>/food/forget")
@event_page(Role.ORGANISER)
def forget_food(event: Event) -> ResponseReturnValue:
    """Delete what people said about food."""
    number = retention.forget_food(event, actor=current_user)
    flash(_("ลบข้อมูลอาหารของ %(count)d คนแล้ว", count=number))
    return redirect(url_for(".food", slug=event.slug))
