"""What one tree of the program says of the sample, written to a folder; run inside that tree.

    cd TREE && python /path/to/tests/gate/outputs.py FOLDER

Knows the program by its command line and its data folder alone, so that trees of other layouts
can be asked. All commands run in one process: its imports take longer than most of them. Leaves
in FOLDER: outputs/ (a file for each command), tables/AS_AT/{facts,marts}/*.parquet, and
about.json (snapshot ids, program version, commands that failed).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Hackney has alerts in the sample, Lambeth has a planted course, Westminster has the most crime.
BOROUGHS = ("E09000012", "E09000022", "E09000033")
PACKS = ("tasking", "weekly", "monthly", "star-chamber")
EARLIER = 3  # meetings before the last: its windows lie in another financial year's first month


class Command(NamedTuple):
    """A file to be made, and the arguments that make it: printed, or written to {out}."""

    file: str
    arguments: list[str]


def commands(as_ats: list[str], units: list[str]) -> Iterator[Command]:
    """Every command whose answer is compared; as-ats oldest first."""
    for as_at in as_ats:
        yield Command(f"alerts {as_at}.json", ["alerts", "--as-at", as_at, "--json"])
    last, earlier = as_ats[-1], as_ats[-1 - EARLIER]
    yield Command(f"digest {last}.txt", ["alerts", "--as-at", last, "--digest", "text"])
    yield Command(f"backtest {last}.json", ["backtest", "--as-at", last, "--json"])
    yield Command(f"revised {last}.json", ["snapshots", "compare", as_ats[-2], last, "--json"])
    asked = [(pack, []) for pack in PACKS]
    asked += [(f"unit {unit}", ["--unit", unit]) for unit in units]
    asked += [(f"borough {borough}", ["--borough", borough]) for borough in BOROUGHS]
    for as_at in (last, earlier):
        for name, of in asked:
            arguments = ["report", name.split()[0], "--as-at", as_at, *of, "--out", "{out}"]
            yield Command(f"pack {name} {as_at}.csv", arguments)


def call(arguments: list[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `python -m dashboard …`."""
    sys.argv = ["dashboard", *arguments]
    printed, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
        try:
            runpy.run_module("dashboard", run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception:
            traceback.print_exc()
            code = 70
    return code, printed.getvalue(), complained.getvalue()


def answer(command: Command, folder: Path, data: list[str]) -> str | None:
    """Writes what the command says into `folder`; a sentence where it failed."""
    target = folder / command.file
    arguments = [str(target) if item == "{out}" else item for item in command.arguments]
    code, printed, complained = call([*arguments, *data])
    if code == 0 and "{out}" not in command.arguments:
        target.write_text(printed, encoding="utf-8")
    if code == 0 and target.is_file():
        return None
    return f"exit code {code}: {complained.strip().splitlines()[-1:]}"


def units(tables: Path) -> list[str]:
    """Codes of the OCUs in the mart of units."""
    import duckdb

    sql = "select code from read_parquet(?) where level = 'ocu' order by code"
    with duckdb.connect() as connection:
        rows = connection.execute(sql, [str(tables / "marts" / "units.parquet")]).fetchall()
    return [code for (code,) in rows]


def main(folder: Path) -> None:
    """Writes the sample, asks all commands, keeps the answers and the tables.

    raises  SystemExit where the sample could not be written or listed
    """
    data, outputs, tables = folder / "data", folder / "outputs", folder / "tables"
    outputs.mkdir(parents=True)
    place = ["--data", str(data)]
    code, _, complained = call(["sample", *place])
    if code:
        raise SystemExit(f"the sample can't be written: {complained}")
    code, listed, complained = call(["snapshots", "list", "--json", *place])
    if code:
        raise SystemExit(f"the snapshots can't be listed: {complained}")
    found = sorted(json.loads(listed), key=lambda item: item["as_at"])
    for item in found:
        for kind in ("facts", "marts"):
            source = data / "snapshots" / item["as_at"] / item["id"]
            shutil.copytree(source / kind, tables / item["as_at"] / kind)
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    as_ats = [item["as_at"] for item in found]
    failed = {}
    for command in commands(as_ats, units(tables / as_ats[-1])):
        fault = answer(command, outputs, place)
        if fault:
            failed[command.file] = fault
    about = {
        "ids": [item["id"] for item in found],
        "program": manifest["program"],
        "failed": failed,
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    shutil.rmtree(data)


if __name__ == "__main__":
    # The tree's own package, not a neighbour of this file.
    sys.path[0] = os.getcwd()
    main(Path(sys.argv[1]))
