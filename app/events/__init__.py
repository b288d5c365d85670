"""Events: days, half-days, sessions, rooms, units, check-points, and the team that runs them."""
