"""What personal data the tables of groups hold."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "grouping": "none",
    "group_table": "Which account guides the table; cleared when that account is removed.",
    "group_membership": "Who sits at which table; removed with the registrant's row.",
}
