"""Screening by reviewers: who may judge what, what the machine can tell beforehand, scores, decisions."""
