"""The signed-in person's own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from .access import signed_in
from .passwords import ChangePasswordForm, change_own

bp = Blueprint("accounts", __name__)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Another password for oneself; the one in use is asked for."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        change_own(current_user._get_current_object(), str(form.new_password.data))
        flash(_("เปลี่ยนรหัสผ่านแล้ว เครื่องอื่นที่เข้าอยู่ถูกออกจากระบบ"))
        return redirect(url_for("events.my_events"))
    return render_template("security/change_password.html", form=form), 422 if request.method == "POST" else 200
