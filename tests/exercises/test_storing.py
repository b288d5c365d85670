"""An exercise file goes in and comes out again, and means the same."""

from __future__ import annotations

import copy
import json

import pytest
from click.testing import Result

from app.core.errors import RuleBroken
from app.database import db
from app.events.models import Event
from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.storing import create_from_document, document_of
from app.exercises.linkage.models import PlanItem
from app.exercises.models import Exercise
from app.groups.models import Group, Grouping, Membership
from tests.conftest import FIXTURES
from tests.make import make_event


@pytest.fixture
def document() -> dict:
    return json.loads((FIXTURES / "linkage_rayong.json").read_text())


@pytest.fixture
def event(app) -> Event:
    return make_event("rayong")


def stored(event: Event, document: dict) -> dict:
    """The document after a way through the database."""
    exercise = create_from_document(event, document)
    db.session.commit()
    db.session.expire_all()
    return document_of(exercise)


def assert_alike(found: object, expected: object) -> None:
    """Equal in every value and key; numbers within 0.0001."""
    if isinstance(expected, dict):
        assert isinstance(found, dict)
        assert found.keys() == expected.keys()
        for key, value in expected.items():
            assert_alike(found[key], value)
    elif isinstance(expected, list):
        assert isinstance(found, list)
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_alike(one, other)
    elif isinstance(expected, int | float) and not isinstance(expected, bool):
        assert found == pytest.approx(expected, abs=0.0001)
    else:
        assert found == expected


def test_the_sample_comes_out_as_it_went_in(event, document):
    back = stored(event, document)
    assert back == document
    assert [list(item) for item in back["items"] if "evidence" not in item] == [
        list(item) for item in document["items"] if "evidence" not in item
    ]


def test_what_was_stored_is_analysed_as_expected(event, document):
    expected = json.loads((FIXTURES / "linkage_rayong_expected.json").read_text())
    assert_alike(json.loads(json.dumps(analyse(stored(event, document)))), expected)


def test_a_second_import_of_an_export_changes_nothing(event, document):
    first = stored(event, document)
    assert stored(event, first) == first


def test_unknown_keys_of_a_file_are_kept(event, document):
    document["note"] = {"by": "สำนักงานจังหวัด"}
    document["items"][20]["period"] = {"start": "2562-01", "end": "2562-09"}
    document["items"][20]["partners"] = [{"name": "ก", "sector": "state", "role": "fund"}]
    document["links"][0]["evidence"] = [{"title": "รายงาน", "data_year_be": 2561, "type": "report", "value": 3}]
    document["links"][0]["confidence"] = "agreed"
    document["groups"][0]["room"] = "ห้อง 2"
    back = stored(event, document)
    assert back == document


def test_odd_satang_and_missing_parts_survive(event, document):
    document["items"][21]["budget"] = [{"fy_be": 2562, "amount": 1234.56, "source": "กองทุน"}, {"amount": 0.1}]
    del document["chains"]
    del document["areas"]
    back = stored(event, document)
    assert back["items"][21]["budget"] == document["items"][21]["budget"]
    assert back["chains"] == []
    assert back["areas"] == []


def test_an_item_with_a_state_keeps_it_and_one_without_has_none(event, document):
    document["items"][11]["status"] = "draft"
    back = stored(event, document)
    assert back["items"][11]["status"] == "draft"
    assert "status" not in back["items"][12]


def test_an_item_of_several_chains_keeps_them(event, document):
    document["items"][21]["chains"] = [{"chain": "VC2", "stage": "downstream"}]
    assert stored(event, document)["items"][21]["chains"] == document["items"][21]["chains"]


def test_groups_are_made_when_the_event_has_none_of_these_names(event, document):
    stored(event, document)
    assert [group.name for group in db.session.query(Group).order_by(Group.number)] == [
        "แกลง 1",
        "แกลง 2",
        "วังจันทร์ 1",
    ]
    assert {group.unit.code for group in db.session.query(Group)} == {"2103", "2104"}


def test_the_event_s_own_tables_are_used_by_name(event, document):
    grouping = Grouping(event=event, name="กลุ่มย่อย")
    grouping.groups = [
        Group(event_id=event.id, number=number, name=name) for number, name in [(1, "แกลง 2"), (2, "แกลง  1")]
    ]
    db.session.add(grouping)
    db.session.commit()
    back = stored(event, document)
    assert back["groups"] == document["groups"]
    assert [group.name for group in grouping.groups] == ["แกลง 2", "แกลง  1", "วังจันทร์ 1"]


def test_a_group_that_only_items_name_is_made(event, document):
    document["items"][11]["group"] = "G9"
    back = stored(event, document)
    assert back["items"][11]["group"] == "G9"
    assert [group["id"] for group in back["groups"]] == ["G1", "G2", "G3", "G9"]


def test_a_deleted_item_takes_its_links_reviews_and_votes_along(event, document):
    from app.core import clock

    exercise = create_from_document(event, document)
    item = db.session.query(PlanItem).filter_by(code="L2").one()
    item.deleted_at = clock.now()
    db.session.commit()
    back = document_of(exercise)
    assert "L2" not in {item["id"] for item in back["items"]}
    assert not [link for link in back["links"] if "L2" in (link["source"], link["target"])]
    assert not [review for review in back["reviews"] if review["item"] == "L2"]
    assert "L2" not in back["dot_votes"]["by_group"]["G1"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d["links"].append({"id": "x", "source": "P1", "target": "V1", "type": "supports"}), "วนกลับ"),
        (lambda d: d["links"].append({"id": "x", "source": "V1", "target": "V1", "type": "supports"}), "ตัวเอง"),
        (lambda d: d["items"][11].update(title_th=" "), "ชื่อ"),
        (lambda d: d["chains"].append({"id": "ก" * 201}), "รหัส"),
        (lambda d: d["groups"][0].update(name="ก" * 121), "ชื่อกลุ่ม"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_whole(event, document, spoil, words):
    spoiled = copy.deepcopy(document)
    spoil(spoiled)
    with pytest.raises(RuleBroken) as refused:
        create_from_document(event, spoiled)
    assert words in str(refused.value.sentence)


def test_tables_that_came_with_a_file_do_not_push_the_people_s_own_aside(event, document):
    from app.groups.queries import current_grouping, group_of
    from tests.make import make_registrant

    person = make_registrant(event)
    grouping = Grouping(event=event, name="กลุ่มย่อย")
    table = Group(event_id=event.id, number=1, name="กลุ่มที่ 1")
    grouping.groups = [table]
    db.session.add(grouping)
    db.session.flush()
    db.session.add(Membership(grouping_id=grouping.id, group=table, registrant=person))
    db.session.commit()
    stored(event, document)
    assert current_grouping(event) is grouping
    assert group_of(person) is table


def test_the_command_prints_the_id_alone_and_refuses_with_2(app, event, document, tmp_path):
    slug, file = event.slug, tmp_path / "exercise.json"
    file.write_text(json.dumps(document))

    def run(*arguments: str) -> Result:
        db.session.rollback()  # a command reads in a transaction of its own
        return app.test_cli_runner().invoke(args=["import-exercise", *arguments])

    done = run(slug, str(file))
    assert done.exit_code == 0
    assert db.session.query(Exercise).one().public_id == done.stdout.strip()
    assert run("nowhere", str(file)).exit_code == 2
    assert run(slug, str(tmp_path / "absent.json")).exit_code == 2
    document["items"][0]["level"] = "XXX"
    file.write_text(json.dumps(document))
    refused = run(slug, str(file))
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert db.session.query(Exercise).count() == 1
