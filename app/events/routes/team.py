"""The team's page."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.errors import RuleBroken

from .. import team as rules
from ..access import event_page
from ..forms import ROLES, MemberForm
from ..models import Event, Role
from . import bp


@bp.route("/events/<slug>/team", methods=["GET", "POST"])
@event_page(Role.ORGANISER)
def team(event: Event) -> ResponseReturnValue:
    """Who works for the event; a form to add somebody. A new account's password is shown on this page once."""
    by_owner = Role.OWNER in g.roles
    form = MemberForm(by_owner=by_owner)
    added = None
    if form.validate_on_submit():
        try:
            added = rules.add_member(
                event,
                email=form.email.data,
                name=form.name.data or "",
                role=Role(form.role.data),
                actor=current_user,
                password=rules.new_password(),
                by_owner=by_owner,
            )
        except RuleBroken as problem:
            form.add_error(problem)
        else:
            if added.password is None:
                flash(_("เพิ่ม %(name)s ในคณะทำงานแล้ว", name=added.member.user.name))
                return redirect(url_for(".team", slug=event.slug))
            form = MemberForm(formdata=None, by_owner=by_owner)  # ready for the next person
    return _page(event, form, added), 422 if request.method == "POST" and added is None else 200


def _page(event: Event, form: MemberForm, shown: rules.Added | None, *, is_new: bool = True) -> str:
    """The team; ``shown`` carries the password that is seen this once."""
    members = rules.members(event)
    may_reset = {one.id for one in members if Role.OWNER in g.roles and rules.may_reset(current_user, one)}
    return render_template(
        "events/team.html",
        event=event,
        form=form,
        members=members,
        roles=ROLES,
        added=shown,
        is_new=is_new,
        may_reset=may_reset,
    )


@bp.post("/events/<slug>/team/<user_id>/<role>/password")
@event_page()
def reset_password(event: Event, user_id: str, role: str) -> ResponseReturnValue:
    """A new password for somebody who lost the old one, shown on the page once."""
    member = rules.find_member(event, user_id, role) or abort(404)
    password = rules.new_password()
    try:
        rules.reset_password(event, member, actor=current_user, password=password)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
        return redirect(url_for(".team", slug=event.slug))
    form = MemberForm(formdata=None, by_owner=True)
    return _page(event, form, rules.Added(member, password), is_new=False)


@bp.post("/events/<slug>/team/<user_id>/<role>/remove")
@event_page(Role.ORGANISER)
def remove_member(event: Event, user_id: str, role: str) -> ResponseReturnValue:
    """Take a role away from somebody."""
    member = rules.find_member(event, user_id, role) or abort(404)
    try:
        rules.remove_member(event, member, actor=current_user, by_owner=Role.OWNER in g.roles)
    except RuleBroken as problem:
        flash(str(problem.sentence), "danger")
    else:
        flash(_("ถอน %(name)s ออกจากหน้าที่แล้ว เพิ่มกลับได้ด้วยอีเมลเดิม", name=member.user.name))
    return redirect(url_for(".team", slug=event.slug))
