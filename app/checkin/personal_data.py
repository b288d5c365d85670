"""What the ledger and its devices hold of people, and how it is erased."""

TABLES = {
    "checkin_device": "The name of a gate, not of a person; goes with the event.",
    "checkin_pairing": "none",
    "checkin_scan": (
        "Who was where and when: kept as evidence of attendance. The person's name in the stored answer, what was "
        "scanned or typed, and the reason of a void or an excuse are emptied by app.checkin.erasure.redact()."
    ),
    "checkin_sheet": "none",
    "checkin_sheet_line": "Which line of a printed sheet is whose; goes with the registrant.",
    "checkin_settlement": "Who of the team cleared an entry of the review list, and why; goes with the event.",
    "checkin_revoked_ticket": "A ticket code that admits no longer; deleted with the registrant.",
}
