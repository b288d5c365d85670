"""What personal data the outbox keeps."""

TABLES = {
    "notification_message": "That somebody was written to and when, by number; no address, name or text. Rows go "
    "after 90 days.",
}
