"""What personal data registration keeps, table by table."""

TABLES = {
    "registrant": "Names, post, office, telephone, e-mail, food of each person; erasure empties the row and keeps "
    "ids, times and standing.",
    "registration_consent": "Which person agreed to what and when; erased with the person's row emptied, the "
    "answers stay as evidence without a name.",
    "registration_import_run": "The name of a list and, until the run is settled, the file with its people; "
    "erasing removes both.",
    "registration_notice": "none: an office's own words.",
    "registration_coordinator": "none: which unit has a link.",
    "registration_question": "none: what an organiser asks.",
    "registration_answer": "Answers to the organiser's own questions; deleted after each question's own time, "
    "and when the person is erased.",
    "registration_merger": "What two records of one person said before they were united; erasing the person "
    "empties it.",
    "registration_not_the_same": "none: two numbers of records.",
    "registration_category_quota": "none",
    "registration_place": "Which post of a unit is held for which person; erasure empties the person's own row.",
    "registration_unit_reply": "none",
    "registration_decision": "Which records were approved or declined together, by id; nothing to erase.",
    "registration_meal_report": "Numbers of meals by kind of food, without names; deleted together with the food.",
}
