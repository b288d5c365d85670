"""What personal data the exercises hold."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "exercise": "none",
    "exercise_template": "none",
    "exercise_phase": "none",
    "board_card": "A card of a board; who wrote it is cleared when the registrant is erased.",
    "board_vote": "Which card a member gave a dot; removed with the registrant's row.",
    "exercise_photo": "A photograph of a table's paper, without place or time; who sent it is cleared on erasure.",
    "exercise_submission": "Who holds the group's pen; cleared when the registrant is erased.",
    "exercise_suggestion": "What a member proposed; the person is cleared when the registrant is erased.",
    "exercise_comment": "A facilitator's words and account; the account is cleared when it is removed.",
    "exercise_change": "Who wrote what in a group's cards; the person is cleared when the registrant is erased.",
}
