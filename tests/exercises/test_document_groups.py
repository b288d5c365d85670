"""Groups in the exercise's document."""

from __future__ import annotations

from app.exercises.linkage.document.storing import document_of
from tests.exercises.stage import make_stage


def test_a_group_made_here_is_as_large_as_its_table_unless_a_file_has_said_otherwise(app):
    stage = make_stage()
    seated = {one.code: len(one.group.memberships) for one in stage.exercise.submissions}
    assert any(seated.values())
    assert {part["id"]: part["size"] for part in document_of(stage.exercise)["groups"]} == seated
    stage.first.size = 30
    assert document_of(stage.exercise)["groups"][0]["size"] == 30
