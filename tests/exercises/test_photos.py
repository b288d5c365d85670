"""Photographs of a table's paper: small, without place, of the own group only."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import select

from app.core import files
from app.core.errors import RuleBroken
from app.database import db
from app.exercises import photos
from app.exercises.models import Photo
from app.registration.links import token_of
from tests.exercises.stage import make_stage


@pytest.fixture
def stage(app):
    return make_stage("rayong")


def taken(width=3000, height=2000, kind="JPEG"):
    """A photograph as a telephone sends it: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[2] = (12.0, 40.0, 51.0)
    exif[0x010F] = "Somebody's telephone"
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind, exif=exif, comment=b"a telephone's remark")
    return out.getvalue()


def enter(client, person):
    client.get(f"/p/{person.public_id}/{token_of(person)}")


def address(stage, photo=None, action=""):
    start = f"/x/{stage.exercise.public_id}/photos"
    return start + (f"/{photo.public_id}{action}" if photo else "")


def send(client, stage, data, **more):
    sent = {"photo": (io.BytesIO(data), "IMG_0001.jpg"), **more}
    return client.submit(address(stage), sent, page=address(stage), content_type="multipart/form-data")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_is_turned_made_small_and_freed_of_place_and_telephone(kind):
    small = photos.shrink(taken(kind=kind))
    assert (small.width, small.height) == (1067, 1600)
    with Image.open(io.BytesIO(small.data)) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert "exif" not in kept.info
    assert b"telephone" not in small.data


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", taken()[:2000]])
def test_what_is_no_photograph_is_refused_with_a_sentence(data):
    with pytest.raises(RuleBroken, match="ไม่ใช่ภาพถ่าย"):
        photos.shrink(data)


def test_a_picture_that_unfolds_to_gigabytes_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 1000)
    with pytest.raises(RuleBroken, match="ใหญ่เกินไป"):
        photos.shrink(taken(200, 200))


def test_a_member_sends_looks_and_takes_away(stage, client):
    enter(client, stage.malee)
    assert send(client, stage, taken(), caption="ฟลิปชาร์ตช่วงเช้า").status_code == 302
    photo = db.session.scalar(select(Photo))
    page = client.get(address(stage)).get_data(as_text=True)
    assert "ฟลิปชาร์ตช่วงเช้า" in page
    assert stage.malee.full_name in page
    picture = client.get(address(stage, photo))
    assert picture.mimetype == "image/jpeg"
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    assert files.path_of(photo.file_key).stat().st_size == photo.size < 200_000
    assert send(client, stage, b"no picture").status_code == 422
    client.submit(address(stage, photo, "/remove"), page=address(stage))
    assert client.get(address(stage, photo)).status_code == 404


def test_a_refused_photograph_leaves_no_file_behind(stage, client, monkeypatch):
    monkeypatch.setattr(photos, "MOST_OF_A_GROUP", 0)
    enter(client, stage.malee)
    before = set(files.folder().rglob("*"))
    assert send(client, stage, taken()).status_code == 422
    assert not [path for path in set(files.folder().rglob("*")) - before if path.is_file()]


def test_another_groups_photographs_do_not_exist(stage, client):
    enter(client, stage.malee)
    send(client, stage, taken(300, 200))
    photo = db.session.scalar(select(Photo))
    enter(client, stage.stranger)
    assert client.get(address(stage, photo)).status_code == 404
    assert client.submit(address(stage, photo, "/remove"), page=address(stage)).status_code == 404
    other = make_stage("other")
    enter(client, other.malee)
    assert client.get(address(other, photo)).status_code == 404
    client.sign_in(other.facilitator)
    assert client.get(f"{address(stage)}?group={stage.first.group.public_id}").status_code == 404
