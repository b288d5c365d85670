"""Passwords: what each must be, however it is set, and changing one's own."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security.changeable import change_user_password
from flask_security.utils import hash_password, verify_password
from wtforms import PasswordField

from app.attempts import counting
from app.audit import trail
from app.core.errors import RuleBroken
from app.core.forms import Form, at_most, required

from .login_sessions import revoke_all
from .models import User

SHORTEST, LONGEST = 10, 200
WRONG_PER_ACCOUNT = 10  # within ten minutes, see app.attempts
_SHORT = _l("รหัสผ่านต้องมีอย่างน้อย %(number)d ตัวอักษร", number=SHORTEST)


def hashed(password: str) -> str:
    """What is kept of a new password. Composed as sign-in composes it: ำ is one letter or two to a keyboard."""
    if len(password) < SHORTEST:
        raise RuleBroken(_SHORT, "new_password")
    return str(hash_password(_composed(password)))


def change_own(user: User, password: str) -> None:
    """Give the signed-in person another password, which the form has judged: only this browser stays signed in."""
    revoke_all(user)  # the sign-in that follows opens one for this browser
    change_user_password(user, _composed(password), notify=False)
    trail.record(user, None, "account.password_changed", user)


class ChangePasswordForm(Form):
    """The password in use, since the browser may have been left open, and the new one twice."""

    password = PasswordField(_l("รหัสผ่านปัจจุบัน"), [required(_l("โปรดใส่รหัสผ่านปัจจุบัน"))])
    new_password = PasswordField(_l("รหัสผ่านใหม่"), [required(_l("โปรดตั้งรหัสผ่านใหม่")), at_most(LONGEST)])
    new_password_confirm = PasswordField(_l("รหัสผ่านใหม่อีกครั้ง"), [required(_l("โปรดพิมพ์รหัสผ่านใหม่อีกครั้ง"))])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the password may change."""
        if not super().validate(extra_validators):
            return False
        try:
            self._judge(str(self.password.data), str(self.new_password.data))
        except RuleBroken as problem:
            self.add_error(problem)
            return False
        return True

    def _judge(self, now: str, new: str) -> None:
        """Raise what speaks against it; wrong passwords of an account are counted, as at sign-in."""
        if len(new) < SHORTEST:
            raise RuleBroken(_SHORT, "new_password")
        if new != self.new_password_confirm.data:
            raise RuleBroken(_l("รหัสผ่านใหม่สองช่องไม่ตรงกัน"), "new_password_confirm")
        limits = {f"password-change:{current_user.public_id}": WRONG_PER_ACCOUNT}
        if not counting.take(limits):
            raise RuleBroken(_l("ใส่รหัสผ่านผิดหลายครั้งเกินไป โปรดรอ 10 นาทีแล้วลองใหม่"))
        if not verify_password(_composed(now), current_user.password):
            raise RuleBroken(_l("รหัสผ่านปัจจุบันไม่ถูกต้อง"), "password")
        counting.give_back(limits)
        if now == new:
            raise RuleBroken(_l("รหัสผ่านใหม่เหมือนรหัสผ่านเดิม"), "new_password")


def _composed(password: str) -> str:
    return str(current_app.extensions["security"].password_util.normalize(password))
