"""What personal data jobs keep."""

TABLES = {"job_duty": "none: names of duties and times."}
