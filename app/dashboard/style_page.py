"""The style page: every component once, for whoever builds a page. Not there in production."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField

from app.core.access import public
from app.core.forms import CleanString, CleanText, Form, required
from app.core.headers import allow_camera

bp = Blueprint("style", __name__)


class Example(Form):
    """A field of every kind."""

    name = CleanString(_l("ชื่อ"), [required()])
    note = CleanText(_l("หมายเหตุ"))
    district = SelectField(_l("อำเภอ"), choices=[("2101", "เมืองระยอง"), ("2103", "แกลง")])
    day = DateField(_l("วันที่"))
    food = RadioField(_l("อาหาร"), choices=[("1", "ทั่วไป"), ("2", "มังสวิรัติ"), ("3", "ฮาลาล")])
    agree = BooleanField(_l("รับทราบประกาศความเป็นส่วนตัว"))


@bp.get("/style")
@public
def page() -> ResponseReturnValue:
    """Show the components, fields with and without an error."""
    allow_camera()
    form = Example()
    form.name.errors = [_l("โปรดกรอกช่องนี้")]
    form.day.data = date(2018, 11, 8)
    return render_template("dashboard/style_page.html", form=form)
