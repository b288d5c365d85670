"""Boards: cards in slots for SWOT/TOWS, problem trees and brainstorms, on the same sync as the linkage."""
