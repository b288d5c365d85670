"""Colours and measures of the drawings; a colour never stands alone, a shape or a word says the same."""

from __future__ import annotations

BOX_WIDTH = 198.0
COLUMN_GAP = 86.0
INNER_GAP = 62.0  # between two columns of one level
MARGIN = 16.0
HEADER = 46.0
LINE = 19.0
FONT_SIZE = 12.5
PADDING = 7.0
LABEL_UNITS = 22  # a fallback font may be a tenth wider than ours
LABEL_LINES = 3

INK = "#1b2431"
SOFT = "#4d5866"
RULE = "#d3d6dc"
STRONG_RULE = "#7b8594"
GIVEN = "#eef0f3"  # ground of reference items
RED = "#b3261e"

# Eight hues of at least 3:1 on white, far apart for colour-blind eyes too; more districts begin again.
DISTRICTS = ("#1d4a80", "#a34a00", "#1b6e4b", "#7a2e83", "#8a6100", "#00697a", "#9b1f5a", "#4f5d2f")
NO_DISTRICT = "#5b6675"

EDGE_WIDTHS = {1: 1.25, 2: 2.75, 3: 4.5}
DASHED = "7 4"


def district_colours(districts: list[str]) -> dict[str, str]:
    """District → its colour, the same for one list whoever draws."""
    return {district: DISTRICTS[n % len(DISTRICTS)] for n, district in enumerate(sorted(districts))}
