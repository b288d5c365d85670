"""The ten minutes of ``make load`` at the same rates, in half a minute and with fewer tables."""

from __future__ import annotations

import asyncio

from bench import tables


def test_tables_write_together_and_agree_at_the_end():
    with tables.tables({}, groups=10, phones=9) as ours:
        load = asyncio.run(tables.run(ours, seconds=20))
    assert load.wrong == []
    assert len(load.acknowledged) >= 15
    assert load.lost == 0, "every acknowledged edit is in the history"
    assert load.unlike == 0, "five seconds after the last edit all phones show the same"
