"""What personal data jobs keep."""

TABLES = {
    "job_duty": "none: names of duties and times.",
    "job": "What was asked for, not by whom. Its file may name the members of groups; it goes with the row after "
    "12 hours.",
}
