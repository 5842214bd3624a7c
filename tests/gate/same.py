"""Does the working tree say the same of the sample as another revision? make same BASE=rev

    python -m tests.gate.same BASE [TREE] [--list FILE]

Both write and publish the sample with their own code and a clock that stands still; then every
alert list, the backtest, all packs and all tables are compared. Exit code 1 where anything
differs. BASE's answers are kept by commit: asked again, only the tree runs.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from tests.gate.comparer import Answers, Compared, compare

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOW = "2004-07-13T09:30:00+00:00"  # the day after the sample's last meeting paper
SHOWN = 20  # differences of one thing that are printed; --list has all
KEPT = 3  # revisions whose answers stay
ENGINES = ("duckdb", "polars", "numpy", "scipy")


class GateError(Exception):
    """The two could not be compared; says why in a sentence."""


def cache_folder() -> Path:
    """Where answers are kept: the user's own cache, outside the repository."""
    local = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(local or Path.home() / ".cache") / "scd-dashboard-gate"


def commit_of(revision: str) -> str:
    """Full hash of a revision.

    raises  GateError where git knows none
    """
    asked = ["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        raise GateError(f"git knows no revision {revision!r}; say make same BASE=rev")
    return found.stdout.strip()


def answers_of(tree: Path, folder: Path) -> Answers:
    """What the code in `tree` says of the sample, written to `folder`.

    raises  GateError with the end of what it said where the sample could not be made
    """
    environment = os.environ | {
        "GATE_NOW": NOW,
        "PYTHONPATH": str(HERE / "clock"),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": "UTC",
    }
    asked = [sys.executable, str(HERE / "outputs.py"), str(folder)]
    told = subprocess.run(asked, cwd=tree, env=environment, capture_output=True, text=True)
    if told.returncode:
        raise GateError(f"{tree} gives no answers: {told.stderr.strip()[-2000:]}")
    return Answers(folder)


def answers_of_commit(commit: str, cache: Path) -> Answers:
    """BASE's answers, from the cache where this commit was asked by the same gate and engines."""
    place = cache / f"{commit[:16]}-{_gate()}"
    if not (place / "about.json").is_file():
        with tempfile.TemporaryDirectory(prefix=".base-", dir=cache) as made:
            tree = Path(made) / "tree"
            packed = subprocess.run(
                ["git", "archive", "--format=tar", commit],
                cwd=ROOT, capture_output=True, check=True,
            ).stdout  # fmt: skip
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(tree, filter="data")
            answers_of(tree, Path(made) / "answers")
            shutil.rmtree(place, ignore_errors=True)
            (Path(made) / "answers").rename(place)
    os.utime(place)
    _forget(cache)
    return Answers(place)


def _gate() -> str:
    """Stands for what else the answers depend on: commands asked, the clock, the engines."""
    parts = [NOW, (HERE / "outputs.py").read_text("utf-8"), sys.version]
    parts += [version(name) for name in ENGINES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _forget(cache: Path) -> None:
    kept = sorted(cache.glob("[0-9a-f]*-*"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)


def same(commit: str, tree: Path) -> list[Compared]:
    """All that was compared, BASE against the tree; the two run beside each other.

    raises  GateError where one of them gives no answers
    """
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".head-", dir=cache) as made,
        ThreadPoolExecutor(2) as both,
    ):
        base = both.submit(answers_of_commit, commit, cache)
        head = both.submit(answers_of, tree, Path(made) / "answers")
        return list(compare(base.result(), head.result()))


def report(found: list[Compared], shown: int | None = None) -> str:
    """A line for each thing that was compared, then the differences of those that differ."""
    wide = max(len(item.name) for item in found)
    lines = [
        f"{item.name:<{wide}}  {item.rows:>9,} rows  "
        + (f"{len(item.differences):,} differences" if item.differences else "equal")
        for item in found
    ]
    different = [item for item in found if item.differences]
    for item in different:
        lines += ["", f"{item.name}: {len(item.differences):,} differences"]
        lines += [f"  {words}" for words in item.differences[:shown]]
        if shown and len(item.differences) > shown:
            lines.append(f"  … and {len(item.differences) - shown:,} more")
    counted = f"{len(found)} compared, {len(different)} different"
    return "\n".join([*lines, "", f"{counted}." if different else f"{counted}: all equal."])


def main() -> int:
    """0 all equal, 1 something differs, 2 they could not be compared."""
    parser = argparse.ArgumentParser(prog="make same", description="Compare with a revision.")
    parser.add_argument("base", help="revision to compare with")
    parser.add_argument("tree", nargs="?", default=ROOT, type=Path, help="else this one")
    parser.add_argument("--list", type=Path, help="file for all differences, not only the first")
    asked = parser.parse_args()
    try:
        found = same(commit_of(asked.base), asked.tree.resolve())
    except GateError as error:
        print(error, file=sys.stderr)
        return 2
    print(report(found, SHOWN))
    if asked.list:
        asked.list.write_text(report(found) + "\n", encoding="utf-8")
    return int(any(item.differences for item in found))


if __name__ == "__main__":
    sys.exit(main())
