"""Ways for the arrows of the value-chain lanes: every way runs through gaps and never over a box.

Three columns of boxes (the stages) with a gap after each. A way leaves its box on the right, runs up or down on
a track of its own in the gap, and enters the next stage from the left or its own stage from the right. What skips
a stage crosses the column between through a corridor under the row it comes from. Ways to one box share a track.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

STEP = 9.0  # between two tracks of a gap
CLOSEST = 4.0
LEAST_GAP = 34.0
WIDEST_GAP = 190.0
AIR = 13.0  # between a box and the nearest track
ASIDE = 7.0  # ways leave above and arrive below the middle of a box, so that none lies upon another
CORNER = 6.0
HEAD = 8.0


class Place(NamedTuple):
    """A box: its stage's column 0 to 2, its lane's number, and the height of its middle."""

    column: int
    lane: int
    y: float


class Way(NamedTuple):
    """An arrow from one box to another."""

    start: Place
    end: Place

    @property
    def skips(self) -> bool:
        """Whether boxes stand between the two."""
        return self.end.column not in (self.start.column, self.start.column + 1)


Track = tuple[int, tuple[object, ...]]  # gap, what shares the track


@dataclass(frozen=True)
class Corridor:
    """The level way of the arrows from one lane to one box two columns on."""

    lane: int
    end: Place


def corridors(ways: Sequence[Way]) -> dict[int, list[Corridor]]:
    """Lane → its corridors from the top."""
    found: dict[int, dict[Corridor, None]] = defaultdict(dict)
    for way in sorted(ways):
        if way.skips:
            found[way.start.lane][Corridor(way.start.lane, way.end)] = None
    return {lane: list(rows) for lane, rows in found.items()}


def tracks(ways: Sequence[Way]) -> list[dict[Track, int]]:
    """For each of the three gaps its tracks in order from the left.

    Ways that go down stand with the lowest arrival first, ways that go up with the highest first: so two ways of
    one direction do not cross.
    """
    found: list[dict[Track, list[tuple[float, float]]]] = [defaultdict(list) for _gap in range(3)]
    for way in ways:
        for track, start, end in _uses(way):
            found[track[0]][track].append((start, end))

    def order(pair: tuple[Track, list[tuple[float, float]]]) -> tuple[bool, float, str]:
        (_gap, key), runs = pair
        end = runs[0][1]
        goes_up = sum(start for start, _end in runs) / len(runs) > end
        return goes_up, end if goes_up else -end, str(key)

    return [{track: n for n, (track, _runs) in enumerate(sorted(gap.items(), key=order))} for gap in found]


def _uses(way: Way) -> list[tuple[Track, float, float]]:
    """The tracks a way runs on, with the heights where it comes on and leaves."""
    start, end = way
    if not way.skips:
        side = "own" if start.column == end.column else "next"
        return [((start.column, (side, end)), start.y, end.y)]
    under = start.y + ASIDE
    return [
        ((start.column, ("out", start.lane, end)), start.y, under),
        ((_last_gap(way), ("in", end)), under, end.y),
    ]


def _last_gap(way: Way) -> int:
    return way.end.column - 1 if way.end.column > way.start.column else way.end.column


def gap_width(count: int) -> float:
    """Room for so many tracks."""
    return max(LEAST_GAP, min(2 * AIR + (count - 1) * STEP, WIDEST_GAP))


def track_x(left: float, place: int, count: int) -> float:
    """Where the track lies in a gap that begins at `left`."""
    step = min(STEP, max((gap_width(count) - 2 * AIR) / max(count - 1, 1), CLOSEST))
    return left + (gap_width(count) - step * (count - 1)) / 2 + step * place


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """Lines from point to point with rounded corners, in the commands that every printer of ours knows."""
    (x, y), *rest = points
    written = [f"M{x:.1f} {y:.1f}"]
    for n, (to_x, to_y) in enumerate(rest):
        if n == len(rest) - 1:
            written.append(f"L{to_x:.1f} {to_y:.1f}")
            break
        after_x, after_y = rest[n + 1]
        before = _towards((to_x, to_y), (x, y))
        after = _towards((to_x, to_y), (after_x, after_y))
        written.append(f"L{before[0]:.1f} {before[1]:.1f}")
        written.append(f"C{to_x:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f} {after[0]:.1f} {after[1]:.1f}")
        x, y = to_x, to_y
    return "".join(written)


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """A point on the way from a corner, a corner's length or half the way off."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    share = min(CORNER, length / 2) / length if length else 0.0
    return corner[0] + dx * share, corner[1] + dy * share


@dataclass(frozen=True)
class Ground:
    """Where the columns and corridors of one drawing lie."""

    lefts: Sequence[float]  # of the boxes, by column
    box: float
    tracks: Sequence[Mapping[Track, int]]
    heights: Mapping[Corridor, float]

    def points(self, way: Way) -> list[tuple[float, float]]:
        """The corners of a way, from its box to the other; the last stretch enters from the left or the right."""
        start, end = way
        out_y, in_y = start.y - ASIDE, end.y + ASIDE
        first = (self.lefts[start.column] + self.box, out_y)
        from_left = end.column > start.column
        last = (self.lefts[end.column] + (0 if from_left else self.box), in_y)
        if not way.skips:
            x = self._x(_uses(way)[0][0])
            return [first, (x, out_y), (x, in_y), last]
        corridor = self.heights[Corridor(start.lane, end)]
        x, to_x = (self._x(track) for track, _from, _to in _uses(way))
        return [first, (x, out_y), (x, corridor), (to_x, corridor), (to_x, in_y), last]

    def _x(self, track: Track) -> float:
        gap = track[0]
        return track_x(self.lefts[gap] + self.box, self.tracks[gap][track], len(self.tracks[gap]))
