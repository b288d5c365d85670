"""Projects that stand in a plan already: the organiser loads them, tables pick instead of typing."""
