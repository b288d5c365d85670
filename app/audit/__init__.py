"""Who did what to which thing, written in the same transaction as the change itself."""
