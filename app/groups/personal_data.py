"""What personal data the tables of groups hold."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "grouping": "none",
    "group_table": "Which account guides the table; cleared when that account is removed.",
    "group_membership": "Who sits at which table; removed with the registrant's row.",
    "group_topic": "none",
    "group_topic_wish": "Which topics somebody asked for; removed with the registrant's row.",
    "group_seating_wish": "none",
    "group_seating_wish_person": "Who is wanted where, or apart from whom; removed with the registrant's row.",
}
