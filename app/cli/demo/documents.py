"""The demo exercises as documents: the worked sample, and drafts for every other group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .drafts import SIGNS, Record, Table, write_drafts

DATA = Path(__file__).parent / "data"
SAMPLE = "linkage_rayong.json"


def read(name: str) -> Any:
    """One of the demo's data files."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def rayong_document(tables: list[Table]) -> Record:
    """The worked sample in the groups that wrote it, drafts in all others."""
    sample = _with_readable_ids(read(SAMPLE))
    by_name = {table.name: table for table in tables}
    codes = {group["id"]: by_name[group["name"]].code for group in sample["groups"] if group["name"] in by_name}
    others = [table for table in tables if table.code not in codes.values()]
    for item in sample["items"]:
        if "group" in item:
            item["group"] = codes[item["group"]]
    items, links = write_drafts(read("themes_rayong.json"), others, 2561, seed=2561)
    sample["dot_votes"]["by_group"] = {
        codes[group]: dots for group, dots in sample["dot_votes"]["by_group"].items()
    }
    return _document(sample, tables, items, links)


def roiet_document(tables: list[Table]) -> Record:
    """Drafts of every group under the province's issues, which are invented but for the first."""
    themes, sample = read("themes_roiet.json"), read(SAMPLE)
    national = [item for item in sample["items"] if item["level"] == "NAT1"]
    issues = [
        {"id": i["id"], "level": "PRO", "kind": "issue", "title_th": i["title_th"], "origin": "reference"}
        for i in themes["issues"]
    ]
    upward = [
        {"id": f"n{number}", "source": i["id"], "target": i["national"], "type": "supports", "strength": 3}
        for number, i in enumerate(themes["issues"], start=1)
    ]
    base = {
        "meta": {"sample": True, "note_th": themes["note"], "province": "ร้อยเอ็ด", "province_code": "45",
                 "event_year_be": 2561, "plan_period_be": [2561, 2564]},
        "settings": sample["settings"], "levels": sample["levels"], "chains": themes["chains"],
        "items": national + issues, "links": upward, "reviews": [],
    }  # fmt: skip
    items, links = write_drafts(themes, tables, 2561, seed=4561)
    return _document(base, tables, items, links)


def _document(base: Record, tables: list[Table], items: list[Record], links: list[Record]) -> Record:
    districts = {table.district: table.district_name for table in tables}
    return {
        **base,
        "areas": [{"code": code, "th": name, "type": "district"} for code, name in districts.items()],
        "groups": [{"id": t.code, "name": t.name, "district": t.district, "size": t.size} for t in tables],
        "items": base["items"] + items,
        "links": base["links"] + links,
    }


def _with_readable_ids(sample: Record) -> Record:
    """The sample with ids as groups see them: แกลง1-โ2 in place of L2."""
    names = {group["id"]: group["name"].replace(" ", "") for group in sample["groups"]}
    numbers: dict[tuple[str, str], int] = {}
    new: dict[str, str] = {}
    for item in sample["items"]:
        if "group" in item:
            place = (item["group"], item["kind"])
            numbers[place] = numbers.get(place, 0) + 1
            new[item["id"]] = f"{names[item['group']]}-{SIGNS[item['kind']]}{numbers[place]}"
            item["id"] = new[item["id"]]
    for link in sample["links"]:
        link["source"], link["target"] = (new.get(end, end) for end in (link["source"], link["target"]))
    for review in sample["reviews"]:
        review["item"] = new[review["item"]]
    votes = sample["dot_votes"]["by_group"]
    for group, dots in votes.items():
        votes[group] = {new[item]: count for item, count in dots.items()}
    return sample
