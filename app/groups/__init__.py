"""Tables of people who work together: made from the districts, kept when people move."""
