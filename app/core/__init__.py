"""What knows nothing of events or people; each file would be usable elsewhere."""
