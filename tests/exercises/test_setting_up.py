"""Templates, what an exercise asks, the province's workbook, another seating while tables write."""

from __future__ import annotations

import io
import uuid

import openpyxl
import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.core.spreadsheets import Sheet, write_workbook
from app.database import db
from app.events.creating import add_to_team
from app.events.models import Role
from app.exercises import definition, own_templates, pen, phases, queries, suggesting
from app.exercises.linkage import loading
from app.exercises.linkage.document.storing import document_of
from app.exercises.linkage.group_work import cards
from app.exercises.linkage.listed.models import ListedProject
from app.exercises.linkage.models import Chain, PlanItem, PlanLink
from app.exercises.linkage.starting import Beginning, issues_of, start
from app.exercises.models import Exercise, OwnTemplate, Suggestion
from app.exercises.ops import Author
from app.exercises.templates_data import TEMPLATES
from app.groups import assigning, on_the_day
from app.groups.queries import current_grouping, groups_of, people_of
from app.registration.links import token_of
from tests.exercises.stage import make_stage
from tests.make import make_event, make_member, make_registrant

PASTED = "1. เกษตรมาตรฐาน\nเป้าหมาย: สินค้าเกษตรปลอดภัย\nเป้าหมายที่ 2: รายได้เพิ่ม\n๒) ท่องเที่ยว"


@pytest.fixture
def event(app):
    event = make_event("rayong")
    for number in range(12):
        make_registrant(event, f"คน{number}")
    assigning.make_groups("command", event, assigning.Settings())
    db.session.commit()
    return event


@pytest.fixture
def organiser(event, client):
    client.sign_in(make_member(event, Role.ORGANISER, email="organiser@example.com"))
    return client


def begun(event, template="one-plan-60", **more):
    user = make_member(event, Role.ORGANISER)
    made = start(event, current_grouping(event), Beginning(template, "", PASTED, **more), user)
    db.session.commit()
    return made


def shown(exercise):
    """The definition as its form sends it."""
    data = definition.of_exercise(exercise)
    sent = {
        "name": data["name"],
        "form_code": data["form_code"],
        "criteria": definition.criteria_text(data["criteria"]),
    }
    for place, phase in enumerate(data["phases"]):
        sent |= {f"phase-{place}-{key}": str(value) for key, value in phase.items()}
    sent |= {f"kind-{kind}": "1" for kind in data["kinds"]}
    sent |= {f"question-{key}": text for key, text in data["questions"].items()}
    return sent | {f"minimum-{key}": str(number) for key, number in data["minimum"].items()}


@pytest.mark.parametrize(("code", "minutes"), [("one-plan-60", 60), ("one-plan-180", 180), ("value-chain-90", 90)])
def test_a_shipped_templates_phases_fill_its_time_and_start_an_exercise(event, code, minutes):
    assert sum(phase["minutes"] for phase in TEMPLATES[code]["phases"]) == minutes
    exercise = begun(event, code)
    assert sum(phase.minutes for phase in exercise.phases) == minutes
    assert [level["code"] for level in exercise.levels if level["code"] == "TAM"] == [], "no tambon plans in 2561"


def test_goals_are_pasted_under_their_issue(event):
    exercise = begun(event)
    assert [(item.code, item.kind, item.title_th) for item in issues_of(exercise)] == [
        ("P1", "issue", "เกษตรมาตรฐาน"),
        ("P1.1", "goal", "สินค้าเกษตรปลอดภัย"),
        ("P1.2", "goal", "รายได้เพิ่ม"),
        ("P2", "issue", "ท่องเที่ยว"),
    ]
    links = db.session.scalars(select(PlanLink).where(PlanLink.exercise_id == exercise.id)).all()
    assert [(link.source.code, link.type, link.target.code) for link in links] == [
        ("P1.1", "part_of", "P1"),
        ("P1.2", "part_of", "P1"),
    ]


def test_an_own_template_is_copied_edited_and_used_in_another_event(event, organiser):
    sent = organiser.submit("/events/rayong/exercises/templates", {"template": "one-plan-180"})
    own = db.session.scalar(select(OwnTemplate))
    address = f"/events/rayong/exercises/templates/{own.public_id}"
    assert sent.headers["Location"] == address
    page = organiser.get(address).get_data(as_text=True)
    assert "One Plan เต็ม 3 ชม. (สำเนา)" in page
    change = {
        **shown(begun(event, "one-plan-180")),
        "name": "ของจังหวัดระยอง",
        "phase-0-minutes": "25",
        "question-need": "หมู่บ้านเดือดร้อนเรื่องใด",
        "label-need": "ความเดือดร้อน",
        "criteria": "มีความชัดเจน\nเป็นเหตุเป็นผล | 2\nความเร่งด่วน",
    }
    organiser.submit(address, change)
    other = make_event("roiet")
    make_registrant(other)
    assigning.make_groups("command", other, assigning.Settings())
    user = db.session.scalar(select(User).where(User.email == "organiser@example.com"))
    add_to_team(other, user, Role.ORGANISER)
    db.session.commit()
    form = organiser.get("/events/roiet/exercises/new").get_data(as_text=True)
    assert "ของจังหวัดระยอง" in form
    exercise = start(other, current_grouping(other), Beginning(own.public_id, "", PASTED), user)
    assert exercise.phases[0].minutes == 25
    assert exercise.form["questions"]["need"] == "หมู่บ้านเดือดร้อนเรื่องใด"
    assert [(c["code"], c["th"], c["weight"]) for c in exercise.settings["screening"]["criteria"]] == [
        ("C1", "มีความชัดเจน", 1),
        ("C2", "เป็นเหตุเป็นผล", 2),
        ("C6", "ความเร่งด่วน", 1),
    ]
    assert organiser.get(f"/events/roiet/exercises/templates/{own.public_id}").status_code == 404
    stranger = make_event("nan")
    assert own_templates.templates_for(stranger, make_member(stranger, Role.ORGANISER)) == []


def test_a_running_exercise_is_edited_and_its_clock_goes_on(event, organiser):
    exercise = begun(event)
    phases.go_to(exercise, 1, make_member(event, Role.ORGANISER))
    started = exercise.phase_started_at
    db.session.commit()
    address = f"/events/rayong/exercises/{exercise.public_id}/settings"
    organiser.submit(
        address, {**shown(exercise), "phase-1-minutes": "35", "phase-3-name": "", "form_code": "จ.1-1"}
    )
    assert [(phase.name, phase.minutes) for phase in exercise.phases][1] == ("โครงการ", 35)
    assert len(exercise.phases) == 3
    assert (exercise.phase_position, exercise.phase_started_at) == (1, started)
    assert exercise.form["form_code"] == "จ.1-1"
    wrong = organiser.submit(address, {**shown(exercise), "phase-0-minutes": "-5"})
    assert wrong.status_code == 422
    assert "-5" in wrong.get_data(as_text=True), "what was typed is still there"
    none = {key: value for key, value in shown(exercise).items() if not key.startswith("kind-")}
    assert organiser.submit(address, none).status_code == 422


def test_a_new_project_carries_the_forms_code_and_the_page_the_labels(app, client):
    stage = make_stage("rayong")
    stage.exercise.form = {**stage.exercise.form, "form_code": "ผ.02/2", "labels": {"need": "ความเดือดร้อน"}}
    db.session.commit()
    assert stage.item(stage.add("project", "ทำฝาย")).form_code == "ผ.02/2"
    assert stage.item(stage.add("need", "น้ำแล้ง")).form_code is None
    client.sign_in(stage.facilitator)
    page = client.get(f"/x/{stage.exercise.public_id}?group={stage.first.group.public_id}").get_data(as_text=True)
    assert "ความเดือดร้อน" in page


ISSUES = [
    ["เกษตรมาตรฐาน", "สินค้าเกษตรปลอดภัย", "แปลง GAP", "ร้อยละ", "40", "2560", "60.5", "2564", "NS2"],
    ["", "ผู้ผลิตเข้มแข็ง", "", "", "", "", "", "", ""],
    ["สังคมสูงวัย", "", "จำนวนศูนย์", "แห่ง", "มาก", "60", "", "", "ไม่มีด้านนี้"],
]
PLACES = [["2103", "แกลง", "อำเภอ"], ["L01", "ทต.ทุ่งควายกิน", "อปท."], ["", "ไม่มีรหัส", ""]]


def province_workbook():
    return write_workbook(
        [
            Sheet("แผ่นใดก็ได้", list(loading.ISSUES), ISSUES, notes=["แบบข้อมูลจังหวัด"]),
            Sheet("กลุ่ม", list(loading.CLUSTER), [["อุตสาหกรรมภาคตะวันออก"]]),
            Sheet("พื้นที่", list(loading.PLACES), PLACES),
            Sheet("ห่วงโซ่", list(loading.CHAINS), [["ทุเรียน", "แปลงใหญ่", "ห้องเย็น", "ส่งออก"]]),
        ]
    )


def test_one_workbook_brings_issues_goals_places_and_chains_and_names_bad_rows(event, organiser):
    exercise = begun(event, reference="ns-2561")
    address = f"/events/rayong/exercises/{exercise.public_id}/load"

    def send():
        upload = (io.BytesIO(province_workbook()), "province.xlsx")
        return organiser.submit(address, {"file": upload}, content_type="multipart/form-data")

    page = send().get_data(as_text=True)
    for said in (
        "เป้าหมาย 1",
        "ประเด็น 1",
        "ตัวชี้วัด 2",
        "ไม่พบยุทธศาสตร์ชาติ “ไม่มีด้านนี้”",
        "ต้องมีรหัสและชื่อพื้นที่",
        "ปีต้องเป็น พ.ศ.",
    ):
        assert said in page
    by_title = {item.title_th: item for item in issues_of(exercise)}
    measured = by_title["สินค้าเกษตรปลอดภัย"].indicators[0]
    assert (measured.baseline, measured.baseline_year_be, measured.target) == (40, 2560, 60.5)
    assert by_title["ผู้ผลิตเข้มแข็ง"].code == "P1.3", "a merged cell's issue holds for the rows below"
    assert by_title["สังคมสูงวัย"].indicators[0].baseline == "มาก"
    link = db.session.scalar(select(PlanLink).where(PlanLink.source_id == by_title["เกษตรมาตรฐาน"].id))
    assert link.target.code == "NS2"
    assert [chain.extra["examples"]["midstream"] for chain in db.session.scalars(select(Chain))] == ["ห้องเย็น"]
    assert {"L01", "2103"} <= {area["code"] for area in exercise.areas}
    before = db.session.query(PlanItem).count()
    assert "ไม่มีอะไรใหม่" in send().get_data(as_text=True)
    assert db.session.query(PlanItem).count() == before
    wrong = (io.BytesIO(write_workbook([Sheet("x", ["ชื่อ"], [["ก"]])])), "names.xlsx")
    refused = organiser.submit(address, {"file": wrong}, content_type="multipart/form-data")
    assert refused.status_code == 422


def test_the_empty_workbook_holds_what_is_there_and_can_be_sent_back(event, organiser):
    exercise = begun(event, plan_years=(2561, 2564))
    data = organiser.get(f"/events/rayong/exercises/{exercise.public_id}/workbook").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 5
    assert [cell.value for cell in next(book["โครงการที่มีอยู่"].iter_rows())][4:8] == [
        f"งบประมาณ {year} (บาท)" for year in (2561, 2562, 2563, 2564)
    ]
    user = make_member(event, Role.ORGANISER)
    assert loading.load(exercise, "x.xlsx", data, user).added == {}


def listed_workbook():
    header = ["ที่", "โครงการ", "วัตถุประสงค์", "งบประมาณ 2561 (บาท)", "งบประมาณ 2562", "หน่วยงานรับผิดชอบหลัก", "อำเภอ"]
    rows = [
        ["1", "โครงการก่อสร้างฝายชะลอน้ำ", "เก็บน้ำ", "1,500,000", " -   ", "อบต.ทุ่งควายกิน", "แกลง"],
        ["2", "อบรมอาชีพผู้สูงอายุ", "", "", "80000", "ทต.บ้านฉาง", "บ้านฉาง"],
        ["3", "", "", "", "", "อบต.ไม่มีชื่อ", ""],
        ["4", "ซ่อมถนน", "", "ห้าแสน", "", "อบจ.ระยอง", ""],
    ]
    direction = [*loading.ISSUES[:1], "ยุทธศาสตร์ชาติ", "ระดับความเชื่อมโยง", "วิสัยทัศน์"]
    issues = [["ท่องเที่ยว", "NS2", "2", "เมืองนวัตกรรมก้าวหน้า"], ["เกษตรมาตรฐาน", "NS3", "มากที่สุด", ""]]
    return write_workbook([Sheet("บัญชี", header, rows), Sheet("ทิศทาง", direction, issues)])


def test_projects_of_plans_in_force_are_loaded_and_picked_instead_of_typed(app, client):
    stage = make_stage("rayong")
    stage.first.district = "2103"
    user = make_member(stage.event, Role.ORGANISER)
    for times in range(2):
        loaded = loading.load(stage.exercise, "x.xlsx", listed_workbook(), user)
        db.session.commit()
        assert loaded.added.get("listed", 0) == (2 if times == 0 else 0)
    assert [one.partition(": ")[2] for one in loaded.problems][:2] == [
        "ไม่มีชื่อโครงการ",
        "โปรดใส่งบประมาณเป็นตัวเลข หน่วยเป็นบาท เช่น 2,500,000",
    ]
    home = f"/x/{stage.exercise.public_id}"
    client.get(f"/p/{stage.malee.public_id}/{token_of(stage.malee)}")
    assert "เลือกจากโครงการที่มีอยู่ 2 โครงการ" in client.get(home).get_data(as_text=True)
    page = client.get(f"{home}/listed").get_data(as_text=True)
    assert page.index("ฝายชะลอน้ำ") < page.index("อบรมอาชีพ"), "the own district first"
    found = client.get(f"{home}/listed?q=อาชีพ").get_data(as_text=True)
    assert "อบรมอาชีพ" in found and "ฝายชะลอน้ำ" not in found
    dam = db.session.scalar(select(ListedProject).where(ListedProject.district == "2103"))
    sent = {"listed": dam.public_id, "card_id": str(uuid.uuid4()), "op_id": str(uuid.uuid4())}
    for _sending in range(2):
        client.submit(f"{home}/listed", sent, page=f"{home}/listed")
    [card] = db.session.scalars(select(PlanItem).where(PlanItem.submission_id == stage.first.id)).all()
    assert (card.title_th, card.objective, card.lead_name) == ("โครงการก่อสร้างฝายชะลอน้ำ", "เก็บน้ำ", "อบต.ทุ่งควายกิน")
    assert [(line.fy_be, line.satang) for line in card.budget] == [(2561, 150_000_000)]
    assert card.origin == "imported"
    [told] = [one for one in document_of(stage.exercise)["items"] if one["id"] == card.code]
    assert told["derived_from"] == {"listed": "1"}
    state = client.get(f"{home}/changes?since=0").get_json()
    assert sum(one.get("kind") == "project" for one in state["cards"]) == 1, "what nobody picked goes to no phone"
    other = make_stage("other")
    client.get(f"/p/{other.malee.public_id}/{token_of(other.malee)}")
    their = f"/x/{other.exercise.public_id}"
    assert client.submit(f"{their}/listed", sent, page=f"{their}/listed").status_code == 404


def test_a_picked_project_beside_a_scribe_is_a_suggestion_that_keeps_its_origin(app, client):
    stage = make_stage("rayong")
    loading.load(stage.exercise, "x.xlsx", listed_workbook(), make_member(stage.event, Role.ORGANISER))
    pen.take(stage.exercise, stage.first, Author(registrant=stage.somchai))
    db.session.commit()
    home = f"/x/{stage.exercise.public_id}"
    client.get(f"/p/{stage.malee.public_id}/{token_of(stage.malee)}")
    dam = db.session.scalar(select(ListedProject).where(ListedProject.code == "1"))
    client.submit(f"{home}/listed", {"listed": dam.public_id}, page=f"{home}/listed")
    projects = select(PlanItem).where(PlanItem.kind == "project")
    assert db.session.scalar(projects) is None
    suggestion = db.session.scalar(select(Suggestion))
    suggesting.accept(cards, stage.exercise, stage.first, Author(registrant=stage.somchai), suggestion.public_id)
    db.session.commit()
    card = db.session.scalar(projects)
    assert (card.origin, card.lead_name) == ("imported", "อบต.ทุ่งควายกิน")


def test_the_workbook_says_the_vision_and_how_strongly_an_issue_serves_its_strategy(event):
    exercise = begun(event, reference="ns-2561")
    loaded = loading.load(exercise, "x.xlsx", listed_workbook(), make_member(event, Role.ORGANISER))
    assert exercise.meta["vision_th"] == "เมืองนวัตกรรมก้าวหน้า"
    links = db.session.scalars(select(PlanLink).where(PlanLink.type == "supports")).all()
    assert {(link.source.title_th, link.target.code, link.strength) for link in links} == {
        ("ท่องเที่ยว", "NS2", 2),
        ("เกษตรมาตรฐาน", "NS3", 3),
    }
    assert any("ระดับความเชื่อมโยงต้องเป็น" in one for one in loaded.problems)


def test_tables_change_while_they_write_and_every_card_stays(event, organiser):
    exercise = begun(event)
    first, second = queries.submissions_for(exercise)
    cards = [first.id, second.id]
    old = {person.id for person in people_of(first.group)}
    db.session.add(
        PlanItem(exercise_id=exercise.id, submission=first, code="ก1", level="VIL", kind="need", title_th="น้ำแล้ง")
    )
    for number in range(8):
        make_registrant(event, f"มาใหม่{number}")
    assigning.make_groups("command", event, assigning.Settings(mode="mixed", max_size=7, seed=5))
    db.session.commit()
    page = organiser.get(f"/events/rayong/exercises/{exercise.public_id}/settings").get_data(as_text=True)
    assert "ใช้ผังกลุ่มใหม่" in page
    organiser.submit(f"/events/rayong/exercises/{exercise.public_id}/regroup")
    organiser.submit(f"/events/rayong/exercises/{exercise.public_id}/groups")
    grouping = current_grouping(event)
    works = queries.submissions_for(exercise)
    assert [work.id for work in works if work.id in cards] == cards
    assert {work.group_id for work in works} == {group.id for group in groups_of(grouping)}
    best = max(groups_of(grouping), key=lambda group: len(old & {p.id for p in people_of(group)}))
    shared = {work.group_id: work for work in works}
    assert len(old & {p.id for p in people_of(first.group)}) == len(old & {p.id for p in people_of(best)})
    assert shared[first.group_id].id == first.id
    again = organiser.submit(f"/events/rayong/exercises/{exercise.public_id}/regroup")
    assert again.status_code == 422


def test_joined_tables_leave_their_cards_to_be_read(app, client):
    stage = make_stage("rayong")
    card = stage.add("need", "น้ำแล้ง")
    on_the_day.join_tables("command", stage.event, stage.first.group, stage.second.group)
    db.session.commit()
    assert stage.item(card).submission_id == stage.first.id
    assert queries.submission_of(stage.exercise, stage.malee).id == stage.second.id
    client.sign_in(stage.facilitator)
    start = f"/events/rayong/exercises/{stage.exercise.public_id}/groups/{stage.first.group.public_id}"
    assert "น้ำแล้ง" in client.get(start).get_data(as_text=True)


def test_a_facilitator_sets_nothing_up_and_other_events_do_not_exist(event, client):
    exercise = begun(event)
    other = make_event("other")
    for role, expected in ((Role.FACILITATOR, 403), (Role.VIEWER, 403)):
        client.sign_in(make_member(event, role))
        for part in ("settings", "load", "workbook"):
            assert client.get(f"/events/rayong/exercises/{exercise.public_id}/{part}").status_code == expected
        for part in ("regroup", "template"):
            address = f"/events/rayong/exercises/{exercise.public_id}/{part}"
            assert client.submit(address).status_code == expected
        client.submit("/sign-out")
    client.sign_in(make_member(other, Role.ORGANISER))
    for part in ("settings", "load", "workbook"):
        assert client.get(f"/events/other/exercises/{exercise.public_id}/{part}").status_code == 404
    assert client.submit(f"/events/other/exercises/{exercise.public_id}/regroup").status_code == 404
    assert db.session.scalar(select(Exercise.grouping_id)) is not None
