"""What Flask-Security says, in our words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_WRONG = _l("อีเมลหรือรหัสผ่านไม่ถูกต้อง โปรดตรวจแล้วลองอีกครั้ง")

MESSAGES = {
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (_WRONG, "danger"),
    "SECURITY_MSG_USER_DOES_NOT_EXIST": (_WRONG, "danger"),
    "SECURITY_MSG_INVALID_PASSWORD": (_WRONG, "danger"),
    "SECURITY_MSG_INVALID_EMAIL_ADDRESS": (_WRONG, "danger"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": (_l("โปรดใส่อีเมล"), "danger"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": (_l("โปรดใส่รหัสผ่าน"), "danger"),
    "SECURITY_MSG_DISABLED_ACCOUNT": (_l("บัญชีนี้ถูกปิดไว้ โปรดติดต่อผู้ดูแลระบบ"), "danger"),
    "SECURITY_MSG_LOGIN": (_l("โปรดเข้าสู่ระบบก่อน"), "info"),
    "SECURITY_MSG_UNAUTHENTICATED": (_l("โปรดเข้าสู่ระบบก่อน"), "info"),
    "SECURITY_MSG_REAUTHENTICATION_REQUIRED": (_l("โปรดใส่รหัสผ่านอีกครั้งก่อนทำรายการนี้"), "info"),
}
