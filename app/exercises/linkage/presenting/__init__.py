"""The plenary: which slide the hall sees, and whether its figures stand still."""
