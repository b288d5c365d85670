"""The coordinator's form for one person of the unit."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.form_fields import Choice, with_blank
from app.core.forms import at_most

from .contacts import read_email, read_phone
from .forms import CATEGORIES, CleanEmail, CleanPhone, NameFields, email_ok, fill, keep_choice, phone_ok
from .models import Registrant

_NAMES = ("first_name", "last_name", "position", "organisation")


class UnitPersonForm(NameFields):
    """Name, post and contact; the unit is the coordinator's own and no field."""

    category = Choice(_l("ประเภท"), choices=with_blank(CATEGORIES, _l("เลือกประเภท")))
    phone = CleanPhone(_l("โทรศัพท์"), [at_most(60), phone_ok])
    email = CleanEmail(_l("อีเมล"), [at_most(255), email_ok])

    def __init__(self, registrant: Registrant | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if registrant is not None:
            keep_choice(self.category, registrant.category)

    def show(self, registrant: Registrant) -> None:
        """Fill in what is stored."""
        fill(self, registrant, (*_NAMES, "category", "phone", "email"))
        self.show_title(registrant.title)

    def show_post(self, registrant: Registrant) -> None:
        """Fill in the post alone, for somebody else who takes it."""
        fill(self, registrant, ("position", "organisation", "category"))

    def values(self) -> dict[str, Any]:
        """What the rules are given."""
        return {
            **self.name_values(),
            "category": self.category.data or "",
            "phone": read_phone(self.phone.data),
            "email": read_email(self.email.data),
        }
