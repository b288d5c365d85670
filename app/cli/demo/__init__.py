"""Two sample trainings, mid-way through their day. Every name and plan in here is invented."""
