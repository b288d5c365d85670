"""A short storm (make chaos is the long one): nothing is lost; a server that answers too early is found out."""

from __future__ import annotations

from chaos.storm import storm


def test_killed_twice_in_a_storm_nothing_acknowledged_is_lost_or_doubled():
    found = storm(people=150, kills=2, seed=7)
    assert (found.lost, found.doubled, found.changed) == (0, 0, 0)
    assert found.present == 150
    assert found.whole
    assert found.requests > found.scans == 300


def test_a_server_that_answers_before_it_commits_is_found_out():
    assert storm(people=30, kills=2, seed=7, early=True).lost > 0
