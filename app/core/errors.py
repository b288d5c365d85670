"""Every refusal is a sentence for the person, with what to do next."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError


class RuleBroken(Exception):
    """A rule says no. ``sentence`` is shown to the person, beside ``field`` where there is one."""

    def __init__(self, sentence: object, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class DatabaseBusy(Exception):
    """The write lock could not be had in time; the same request may succeed in a moment."""


SENTENCES = {
    400: _l("คำขอนี้อ่านไม่ได้ โปรดกลับไปหน้าก่อนแล้วลองอีกครั้ง"),
    401: _l("โปรดเข้าสู่ระบบก่อน"),
    403: _l("ท่านไม่มีสิทธิ์เปิดหน้านี้ หากคิดว่าควรมี โปรดติดต่อผู้จัดงาน"),
    404: _l("ไม่พบหน้านี้ ลิงก์อาจพิมพ์ไม่ครบหรือถูกยกเลิกแล้ว"),
    405: _l("หน้านี้เปิดด้วยวิธีนี้ไม่ได้ โปรดกลับไปหน้าก่อน"),
    411: _l("การส่งข้อมูลไม่บอกขนาด โปรดลองส่งใหม่ด้วยเบราว์เซอร์อื่น"),
    413: _l("ข้อมูลที่ส่งมีขนาดใหญ่เกินกำหนด โปรดลดขนาดแล้วส่งใหม่"),
    422: _l("ข้อมูลยังไม่ครบหรือไม่ถูกต้อง โปรดแก้ตามข้อความที่แจ้งไว้"),
    429: _l("มีการลองหลายครั้งเกินไป โปรดรอสักครู่แล้วลองใหม่"),
    500: _l("ระบบขัดข้อง ข้อมูลที่ส่งครั้งนี้ยังไม่ถูกบันทึก โปรดลองอีกครั้ง หากยังไม่ได้โปรดแจ้งผู้จัดงาน"),
    503: _l("ระบบกำลังทำงานหนัก ข้อมูลที่ส่งครั้งนี้ยังไม่ถูกบันทึก โปรดรอสักครู่แล้วส่งอีกครั้ง"),
}


def wants_json() -> bool:
    """Whether the caller is a script rather than a person reading a page."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"


def error_page(code: int, sentence: object | None = None) -> ResponseReturnValue:
    """One page or JSON object for a refusal; never echoes what was sent."""
    sentence = sentence or SENTENCES.get(code, SENTENCES[400])
    if wants_json():
        return jsonify(error=code, sentence=str(sentence)), code
    return render_template("errors/error.html", code=code, sentence=sentence), code


def init_errors(app: Flask) -> None:
    """Connect exceptions to pages."""

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        return error_page(400, _l("แบบฟอร์มนี้เปิดค้างไว้นานเกินไป โปรดกลับไปหน้าก่อน โหลดหน้าใหม่ แล้วส่งอีกครั้ง"))

    @app.errorhandler(SecurityError)
    def foreign_host(_error: SecurityError) -> ResponseReturnValue:
        # No address of ours can be built for a host we do not answer to, so there is no page.
        return Response("This server does not answer to that name.\n", 400, mimetype="text/plain")

    @app.errorhandler(RuleBroken)
    def rule_broken(problem: RuleBroken) -> ResponseReturnValue:
        return error_page(422, problem.sentence)

    @app.errorhandler(DatabaseBusy)
    def busy(_error: DatabaseBusy) -> ResponseReturnValue:
        return error_page(503)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        return error_page(error.code or 500)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        # The route's rule, not the path: paths can hold tokens.
        rule = request.url_rule.rule if request.url_rule else "-"
        app.logger.exception("unhandled %s at %s %s", type(error).__name__, request.method, rule)
        return error_page(500)
