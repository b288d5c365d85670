"""When this happens, do that: signals of early domains answered by later ones, on one screen."""

from __future__ import annotations

from flask import Flask

from app.checkin.ledger.objections import check_point_with_scans, list_with_scans
from app.checkin.ledger.presence import ever_present
from app.checkin.own_data import own_presence
from app.events.objections import about_to_remove
from app.groups.assigning import seat_newcomer
from app.groups.merging import hand_over_seats, part_seats, unite_seats
from app.groups.objections import unit_with_groups
from app.groups.own_data import own_seat
from app.groups.signals import asking_who_is_present
from app.jobs import models as _duties  # noqa: F401  every table is known, though the server runs no duty
from app.materials.objections import session_with_materials
from app.registration.importing.undoing import about_to_undo_import, merged_people, replaced_people
from app.registration.objections import unit_with_people
from app.registration.signals import gathering_own_data, merger_undone, registered, registrants_merged, substituted


def init_reactions(app: Flask) -> None:
    """Connect the signals."""
    # May this be removed? Whoever holds something that would hang in the air says so.
    about_to_remove.connect(unit_with_people)
    about_to_remove.connect(unit_with_groups)
    about_to_remove.connect(check_point_with_scans)
    about_to_remove.connect(session_with_materials)
    # A latecomer, or a walk-in at the door, has a table before reaching it.
    registered.connect(seat_newcomer)
    # Who is there to be seated? The ledger of the door knows.
    asking_who_is_present.connect(ever_present)
    # May an imported list be taken back?
    about_to_undo_import.connect(merged_people)
    about_to_undo_import.connect(replaced_people)
    about_to_undo_import.connect(list_with_scans)
    # Two records of one person: one seat at the tables.
    registrants_merged.connect(unite_seats)
    merger_undone.connect(part_seats)
    substituted.connect(hand_over_seats)
    # A person's own data: what later domains keep of it.
    gathering_own_data.connect(own_presence)
    gathering_own_data.connect(own_seat)
