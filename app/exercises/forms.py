"""How an organiser starts an exercise."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.accounts.models import User
from app.core.formatting import buddhist_year
from app.core.forms import CleanString, CleanText, Form, WholeNumber, at_most, required
from app.events.models import Event

from .linkage.reference_sets import reference_sets
from .linkage.starting import Beginning
from .own_templates import templates_for
from .templates_data import TEMPLATES

FIRST_YEAR, LAST_YEAR = 2500, 2700
PLAN_LENGTH = 4  # years: 2561–2564


class StartForm(Form):
    """A template, a name, the province's issues as pasted, the lists of higher plans."""

    template = RadioField(_l("แบบกิจกรรม"), validators=[required()])
    name = CleanString(_l("ชื่อกิจกรรม"), validators=[required(), at_most(200)])
    issues = CleanText(_l("ประเด็นของจังหวัด"), validators=[required(_l("โปรดใส่ประเด็นของจังหวัดอย่างน้อย 1 ข้อ"))])
    reference = SelectField(_l("แผนระดับชาติที่จะเชื่อมต่อขึ้นไป"))
    chains = CleanText(_l("ห่วงโซ่คุณค่าที่สำคัญของจังหวัด"))
    first_year = WholeNumber(_l("แผนเริ่มปี พ.ศ."), low=FIRST_YEAR, high=LAST_YEAR)
    last_year = WholeNumber(_l("ถึงปี พ.ศ."), low=FIRST_YEAR, high=LAST_YEAR)

    @classmethod
    def of(cls, event: Event, user: User) -> StartForm:
        """The form with the choices and defaults that fit the event."""
        year = buddhist_year(event.first_day)
        first = next(iter(TEMPLATES.values()))
        form = cls(
            template=first["code"],
            name=_("การเชื่อมโยงแผน (One Plan)"),
            first_year=year,
            last_year=year + PLAN_LENGTH - 1,
            reference=_reference_of(event),
        )
        form.template.choices = [(code, template["name"]) for code, template in TEMPLATES.items()]
        form.template.choices += [(own.public_id, own.name) for own in templates_for(event, user)]
        listed = [found for found in reference_sets() if found.plan_level == 1]
        form.reference.choices = [
            *((found.code, f"{found.title_th} ({found.valid_note_th})") for found in listed),
            ("", _("ไม่ใช้")),
        ]
        return form

    def beginning(self) -> Beginning:
        """What was decided, as the rule takes it."""
        return Beginning(
            template=self.template.data,
            name=self.name.data or "",
            issues=self.issues.data or "",
            chains=self.chains.data or "",
            reference=self.reference.data or "",
            plan_years=(self.first_year.data, self.last_year.data),
        )


def _reference_of(event: Event) -> str:
    """The national strategy in force on the event's day, or none."""
    fitting = [found for found in reference_sets(event.first_day) if found.plan_level == 1]
    return fitting[-1].code if fitting else ""
