"""What personal data registration keeps, table by table."""

TABLES = {
    "registrant": "Names, post, office, telephone, e-mail, food of each person; erasure empties the row and keeps "
    "ids, times and standing.",
    "registration_consent": "Which person agreed to what and when; erased with the person's row emptied, the "
    "answers stay as evidence without a name.",
    "registration_import_run": "The name of a list and, until the run is settled, the file with its people; "
    "erasing removes both.",
    "registration_merger": "What two records of one person said before they were united; erasing the person "
    "empties it.",
    "registration_not_the_same": "none: two numbers of records.",
}
