"""What personal data the set-up of events keeps, table by table."""

TABLES = {
    "event": "The office's contact person or telephone; emptied by hand on the details page.",
    "event_day": "none",
    "event_room": "none",
    "event_unit": "none",
    "event_session": "The speaker's name as printed in the programme; emptied on the programme page.",
    "event_check_point": "none",
    "event_team_member": "Which account works for which event; removed on the team page.",
}
