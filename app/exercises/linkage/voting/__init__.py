"""Voting on priorities: one vote a participant, hidden until closed, counted raw and with every group the same."""
