"""What personal data materials hold, table by table."""

TABLES = {
    "material": "Files the office chose to hand out, perhaps with names inside; removed on the materials page.",
}
