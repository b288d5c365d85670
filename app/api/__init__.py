"""What scripts may do: bearer tokens only, no cookies, JSON in and out."""
