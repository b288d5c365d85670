"""``python -m tests.mutants [file …]``: change the analyses and rules a little, and see whether a test notices.

Every small change (a comparison turned, a number one more, a condition dropped) is made alone, in a process of its
own in which the changed module takes the place of the true one; then the quick tests that touch it run until one
fails. What no test notices is printed, and at the end a table: file, changes, noticed, what is asked for. A change
that only makes the tests run on for ever counts as noticed.

What was found is written down at once (build/mutants.jsonl): stopped and started again, the rest is tried, as long
as neither code nor tests were touched. SURVIVORS=1 tries again only what survived, after tests were added.
EVERY=7 tries every seventh change, WORKERS says how many at once, WILD how many random documents are worked out.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import importlib
import importlib.abc
import importlib.util
import itertools
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LINKAGE = ROOT / "app" / "exercises" / "linkage"
TARGETS = [LINKAGE / "rules.py", *sorted((LINKAGE / "analysis").glob("*.py"))]
TESTED_IN = ROOT / "tests" / "exercises" / "linkage"
# In this order: those that notice most come first. Beside each, what it touches: the analyses, the rules, or both.
TESTS = {
    "test_readings": "analysis",
    "test_sample": "analysis",
    "test_settings": "analysis",
    "test_lists": "analysis",
    "test_participation": "analysis",
    "test_rules": "rules",
    "test_second_computation": "analysis",
    "test_properties": "analysis rules",
}
LEFT_OUT = {"test_the_analyses_load_without_flask_and_without_numpy"}  # it looks at files, not at this process
STALE = ("app.exercises.linkage.analysis", "app.exercises.linkage.rules", "app.exercises.linkage.completeness")
FOUND = ROOT / "build" / "mutants.jsonl"
TARGET = 0.9
SECONDS = 40
MEMORY = 4 << 30
UNCHANGED = -1

COMPARES = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
OPERATORS |= {ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}

Change = tuple[int, str, Callable[[], None]]  # line, what is changed, doing it


def changes(tree: ast.Module) -> Iterator[Change]:
    """Every small change of a module, to be done on this very tree."""
    for node in _walk(tree):
        yield from _changes_of(node)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run: no annotations, no docstrings, no imports."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        parts = value if isinstance(value, list) else [value]
        for place, part in enumerate(parts):
            is_docstring = name == "body" and place == 0 and isinstance(part, ast.Expr)
            runs = isinstance(part, ast.AST) and not isinstance(part, ast.Import | ast.ImportFrom)
            if runs and not is_docstring and not _names_exports(part):
                yield from _walk(part)


def _names_exports(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"


def _changes_of(node: ast.AST) -> Iterator[Change]:
    line = getattr(node, "lineno", 0)

    def put(holder: Any, name: str, value: Any) -> Callable[[], None]:
        return lambda: setattr(holder, name, value)

    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARES:
        turned = COMPARES[type(node.ops[0])]()
        yield line, f"{type(node.ops[0]).__name__} turned", put(node, "ops", [turned])
    elif isinstance(node, ast.Compare):
        for place, one in enumerate(node.ops):
            ops = [COMPARES[type(o)]() if n == place else o for n, o in enumerate(node.ops)]
            yield line, f"{type(one).__name__} turned", put(node, "ops", ops)
    elif isinstance(node, ast.BoolOp):
        yield line, "and/or", put(node, "op", ast.And() if isinstance(node.op, ast.Or) else ast.Or())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield line, "not dropped", _replace_not(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield line, f"{type(node.op).__name__} turned", put(node, "op", OPERATORS[type(node.op)]())
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield line, f"{node.value} turned", put(node, "value", not node.value)
        elif isinstance(node.value, int | float):
            yield line, f"{node.value} one more", put(node, "value", node.value + 1)
        elif isinstance(node.value, str) and node.value:
            yield line, f"{node.value[:20]!r} changed", put(node, "value", "XX" + node.value)
    elif isinstance(node, ast.IfExp):
        yield line, "if/else swapped", lambda: _swap(node)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield line, "returns None", put(node, "value", ast.Constant(None))
    elif isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            kept = [test for n, test in enumerate(node.ifs) if n != place]
            yield getattr(node.target, "lineno", 0), "condition dropped", put(node, "ifs", kept)
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES and not node.keywords:
        old = getattr(node.func, "id", "")
        yield line, f"{old} turned", put(node, "func", ast.Name(NAMES[old], ast.Load()))


def _replace_not(node: ast.UnaryOp) -> Callable[[], None]:
    """`not x` becomes `not not x`."""

    def do() -> None:
        node.operand = ast.UnaryOp(ast.Not(), copy.copy(node.operand))

    return do


def _swap(node: ast.IfExp) -> None:
    node.body, node.orelse = node.orelse, node.body


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


# -- one change, tried ---------------------------------------------------------------------------------------


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """This module only."""
        if name != self.name:
            return None
        is_package = self.path.name == "__init__.py"
        spec = importlib.util.spec_from_loader(name, self, origin=str(self.path), is_package=is_package)
        if spec is not None and is_package:
            spec.submodule_search_locations = [str(self.path.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree."""
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def module_name(path: Path) -> str:
    """app.exercises.linkage.rules"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def is_noticed(path: Path, number: int) -> bool:
    """Whether a test fails with the change of that number; tried in a child process."""
    child = os.fork()
    if child == 0:
        noticed = True
        try:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of its own work: a busy machine is no verdict
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 the process ends with it
            noticed = not _passes(path, number)
        finally:
            os._exit(1 if noticed else 0)
    _pid, status = os.waitpid(child, 0)
    return status != 0


def _passes(path: Path, number: int) -> bool:
    tree = ast.parse(path.read_text())
    if number != UNCHANGED:
        _line, _what, do = next(itertools.islice(changes(tree), number, None))
        do()
        ast.fix_missing_locations(tree)
    for name in [n for n in sys.modules if n.startswith(STALE) or n.startswith("tests.exercises.linkage")]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Changed(module_name(path), path, tree))
    touched = "analysis" if path.parent.name == "analysis" else "rules"
    for name in [name for name, touches in TESTS.items() if touched in touches]:
        module = importlib.import_module(f"tests.exercises.linkage.{name}")
        for test in [value for key, value in vars(module).items() if key.startswith("test_")]:
            if test.__name__ not in LEFT_OUT:
                for arguments in _arguments(test):
                    test(**arguments)
    return True


def _arguments(test: Any) -> list[dict[str, Any]]:
    """What a parametrised test is called with, one after the other."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        return [{}]
    names, values = marks[0].args[:2]
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    return [dict(zip(keys, value if len(keys) > 1 else (value,), strict=True)) for value in values]


# -- all of them ---------------------------------------------------------------------------------------------


class Job(NamedTuple):
    """One change to be tried."""

    path: Path
    number: int
    line: int
    what: str

    @property
    def key(self) -> str:
        """By what it is found again."""
        return f"{self.path.name}:{self.number}"


def fingerprint() -> str:
    """Changes when the code under test or a test does."""
    files = [*TARGETS, *sorted(TESTED_IN.glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def sources() -> dict[str, str]:
    """What each file under test says now, in short, by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in TARGETS}


def known(mark: str, survivors_again: bool) -> dict[str, bool]:
    """What an earlier run found out: all of it where nothing was touched.

    On request only what was noticed, of files that say the same as then: tests were added, none taken away.
    """
    lines = [json.loads(line) for line in FOUND.read_text().splitlines()] if FOUND.exists() else []
    if survivors_again:
        same = sources()
        lines = [one for one in lines if one["noticed"] and one["source"] == same[one["key"].partition(":")[0]]]
    else:
        lines = [one for one in lines if one["mark"] == mark]
    return {one["key"]: one["noticed"] for one in lines}


def jobs_of(wanted: list[str]) -> list[Job]:
    """Every change of the wanted files, or of all."""
    found = [
        Job(path, number, line, what)
        for path in TARGETS
        if not wanted or path.name in wanted
        for number, (line, what, _do) in enumerate(changes(ast.parse(path.read_text())))
    ]
    return found[:: int(os.environ.get("EVERY", "1"))]


def try_all(jobs: list[Job]) -> dict[str, bool]:
    """Job → whether it was noticed; every finding is kept at once."""
    mark = fingerprint()
    found = known(mark, bool(os.environ.get("SURVIVORS")))
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text("".join(_line(key, noticed, mark) for key, noticed in found.items()))
    left = [job for job in jobs if job.key not in found]
    with ThreadPoolExecutor(int(os.environ.get("WORKERS", "2"))) as pool, FOUND.open("a") as kept:
        for job, noticed in zip(left, pool.map(lambda job: is_noticed(job.path, job.number), left), strict=True):
            found[job.key] = noticed
            kept.write(_line(job.key, noticed, mark))
            kept.flush()
    return {job.key: found[job.key] for job in jobs}


def _line(key: str, noticed: bool, mark: str) -> str:
    source = _now(key.partition(":")[0])
    return json.dumps({"key": key, "noticed": noticed, "mark": mark, "source": source}) + "\n"


@cache
def _now(name: str) -> str:
    return sources()[name]


def table(jobs: list[Job], noticed: dict[str, bool]) -> list[str]:
    """The result, a line a file and one for all."""
    rows = [(_short(path), [noticed[job.key] for job in jobs if job.path == path]) for path in TARGETS]
    rows = [*[row for row in rows if row[1]], ("all", [noticed[job.key] for job in jobs])]
    lines = [f"{'file':32} {'mutants':>7} {'killed':>7} {'rate':>8} {'target':>7}"]
    for name, found in rows:
        rate = sum(found) / max(len(found), 1)
        lines.append(f"{name:32} {len(found):7,} {sum(found):7,} {rate:8.1%} {TARGET:7.0%}")
    return lines


def _short(path: Path) -> str:
    return str(path.relative_to(LINKAGE))


def main(wanted: list[str]) -> int:
    """Try every change of every target; print the survivors and the table; fail below nine in ten."""
    os.environ["WILD"] = os.environ.get("WILD", "160")
    os.environ.setdefault("SAMMANA_ENV", "testing")
    importlib.import_module("hypothesis").settings.register_profile("mutants", derandomize=True, database=None)
    importlib.import_module("hypothesis").settings.load_profile("mutants")
    importlib.import_module("krippendorff")
    for name in TESTS:
        importlib.import_module(f"tests.exercises.linkage.{name}")  # so that children find the rest loaded
    if any(is_noticed(path, UNCHANGED) for path in TARGETS[:2]):
        print("the tests fail without any change")
        return 1
    jobs = jobs_of(wanted)
    noticed = try_all(jobs)
    for job in jobs:
        if not noticed[job.key]:
            print(f"survived: {job.path.relative_to(ROOT)}:{job.line} {job.what}")
    print("\n".join(table(jobs, noticed)))
    return 0 if sum(noticed.values()) >= TARGET * len(jobs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
