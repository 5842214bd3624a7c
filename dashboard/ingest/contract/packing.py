"""The contract file: the modules that import a kind, the catalogue and the queries, zipped."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from modulefinder import ModuleFinder
from pathlib import Path

from dashboard.catalogue import ROLES_FILE, Catalogue
from dashboard.errors import UsageError
from dashboard.queries import FOLDER

ROOT = Path(__file__).resolve().parents[3]
CHECKING = "dashboard.ingest.contract.checking"
SHEBANG = b"#!/usr/bin/env python3\n"


def write(path: Path, kind: str, own: Catalogue, columns: Sequence[tuple[str, ...]]) -> None:
    """Writes the contract file of a kind: run by Python, it checks an extract as importing does.

    columns  (column, 'yes' where required, what it holds, an example) of each; the values that a
             column may hold, apart from one another by a blank
    raises   UsageError where the file is there already or can't be written
    """
    if path.exists():
        raise UsageError(f"{path} is there already: name a file that is not")
    modules, needs = _closure()
    said = {
        "kind": kind,
        "made_on": str(date.today()),
        "directorate": own.units[own.directorate.directorate].name,
        "columns": columns,
        "needs": {name: version(name) for name in needs},
    }
    try:
        with path.open("xb") as stream:
            stream.write(SHEBANG)
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.write(Path(__file__).with_name("start.py"), "__main__.py")
                packed.writestr("contract.json", json.dumps(said))
                for file in modules:
                    packed.write(file, file.relative_to(ROOT))
                _add(packed, own.folder, Path("data", "catalogue"))
                _add(packed, FOLDER, Path("queries"))
        os.chmod(path, 0o755)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from error


def _closure() -> tuple[list[Path], list[str]]:
    """The files of the modules that a check imports, late ones too; the libraries they need."""
    finder = ModuleFinder(path=[str(ROOT)])
    finder.import_hook(CHECKING)
    named = [getattr(module, "__file__", None) for module in finder.modules.values()]
    files = [Path(name) for name in named if name]
    others = {name.partition(".")[0] for name in finder.badmodules}
    libraries = others - set(sys.stdlib_module_names) - {"dashboard", "__main__"}
    return sorted(file for file in files if ROOT in file.parents), sorted(libraries)


def _add(packed: zipfile.ZipFile, folder: Path, place: Path) -> None:
    for file in sorted(item for item in folder.rglob("*") if item.is_file()):
        name = str(place / file.relative_to(folder))
        if file.name == ROLES_FILE:
            # Who may see what is not for those who deliver an extract; it checks nothing of one.
            packed.writestr(name, "")
        else:
            packed.write(file, name)
