"""One row of a list, checked: whose it is, where they belong, how they are reached."""
