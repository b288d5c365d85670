"""What personal data the plan linkage holds."""

from __future__ import annotations

_ROWS = "Part of a card as the group wrote it; removed with the exercise."

TABLES: dict[str, str] = {
    "linkage_chain": "none",
    "linkage_listed_project": "none: offices as a plan names them; removed with the exercise.",
    "linkage_item": "A card as the group wrote it; no author. Removed with the exercise.",
    "linkage_link": "A link as the group wrote it; no author. Removed with the exercise.",
    "linkage_area": "none",
    "linkage_item_chain": "none",
    "linkage_partner": _ROWS,
    "linkage_budget_line": _ROWS,
    "linkage_indicator": _ROWS,
    "linkage_evidence": _ROWS,
    "linkage_reviewer": "A reviewer's account, district and office; removed with the account or the exercise.",
    "linkage_recusal": "That a reviewer stood back from an item, and why; removed with the account.",
    "linkage_review": "A reviewer's name as given, and scores; removed with the exercise.",
    "linkage_score": "none",
    "linkage_dot_vote": "none: a group's votes together.",
    "linkage_review_round": "none",
    "linkage_former_item": "What was said of a former item; the person is cleared when the registrant is erased.",
    "linkage_reporter": "An office's name, or whoever reports for it; removed with the exercise.",
    "linkage_follow_up": "none",
    "linkage_follow_up_report": "What an office reported, under its name; removed with the exercise.",
    "linkage_presentation": "Reviewers' names while it is frozen; removed with the exercise.",
    "linkage_vote_round": "none",
    "linkage_vote_option": "none",
    "linkage_ballot": "A participant's vote, shown to that person alone; removed with the registrant's row.",
    "linkage_snapshot": "A version with reviewers' names as given; removed with the exercise.",
    "linkage_amendment": "A reason as the organiser wrote it; the account is cleared when it is removed.",
    "linkage_merge": "A reason as the organiser wrote it; the account is cleared when it is removed.",
    "linkage_merge_source": "A group's objection; the person is cleared when the registrant is erased.",
}
