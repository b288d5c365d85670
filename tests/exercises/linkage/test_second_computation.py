"""Every value of every analysis, computed twice, over documents that nobody tuned for."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from app.exercises.linkage.analysis import analyse
from app.exercises.linkage.document.reading import load_document

from .documents import expected, sample
from .second import Second
from .wild import wild_document

SEEDS = int(os.environ.get("WILD", "400"))


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two results differ, each as a way to the value."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other}, key=str)
        return [d for key in keys for d in differences(one.get(key), other.get(key), f"{where}.{key}")]
    return [] if one == other else [f"{where}: {one!r} / {other!r}"]


def test_the_second_computation_gives_the_worked_sample():
    assert differences(Second(sample()).everything(), expected()) == []


@pytest.mark.parametrize("part", range(8))
def test_both_computations_agree_in_every_value(part):
    for seed in range(part, SEEDS, 8):
        document = load_document(json.dumps(wild_document(seed)).encode())
        found = json.loads(json.dumps(analyse(document), allow_nan=False))
        assert differences(found, Second(document).everything()) == [], f"seed {seed}"
