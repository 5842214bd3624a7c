"""Folders for work under way, and what a killed run left of them.

Each is held by a lock of the operating system, which ends with its process however that ends:
so what nobody holds is left over, and the next run clears it away.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: leftovers stay, and nothing waits for anything
    fcntl = None  # type: ignore[assignment]

HELD = ".held"


@contextmanager
def folder(state: Path, doing: str) -> Iterator[Path]:
    """A scratch folder <doing>-… in `state`, gone afterwards; older leftovers go first.

    raises  OSError where the state folder can't be written
    """
    state.mkdir(parents=True, exist_ok=True)
    clear(state, doing)
    # Made and locked under a name that nobody looks at: another process that came between making
    # and locking would take it for a leftover.
    made = Path(tempfile.mkdtemp(prefix=f".{doing}-", dir=state))
    place = state / made.name[1:]
    try:
        with (made / HELD).open("w") as held:
            _try_lock(held)
            made.rename(place)
            yield place
    finally:
        for leftover in (made, place):
            shutil.rmtree(leftover, ignore_errors=True)


def clear(state: Path, doing: str) -> None:
    """Removes the scratch folders that no running process holds."""
    for place in state.glob(f"{doing}-*"):
        if place.is_dir() and not _is_held(place):
            shutil.rmtree(place, ignore_errors=True)
    for place in state.glob(f".{doing}-*"):
        if place.is_dir() and not _young(place):
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def turn(state: Path, name: str) -> Iterator[None]:
    """Waits until no other process is at `name`, and holds it; a killed holder lets go.

    raises  OSError where the state folder can't be written
    """
    with _locked(state, name, shared=False):
        yield


@contextmanager
def together(state: Path, name: str) -> Iterator[None]:
    """Holds `name` beside others who do; whoever is `alone` at it waits for none of them.

    raises  OSError where the state folder can't be written
    """
    with _locked(state, name, shared=True):
        yield


@contextmanager
def _locked(state: Path, name: str, *, shared: bool) -> Iterator[None]:
    state.mkdir(parents=True, exist_ok=True)
    with (state / f"{name}.lock").open("w") as held:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


@contextmanager
def alone(state: Path, name: str) -> Iterator[bool]:
    """Whether no other process is at `name`, which is held until the end then; nobody waits.

    raises  OSError where the state folder can't be written
    """
    state.mkdir(parents=True, exist_ok=True)
    with (state / f"{name}.lock").open("w") as held:
        yield fcntl is None or _try_lock(held)


def _is_held(place: Path) -> bool:
    try:
        with (place / HELD).open("r+") as held:
            return not _try_lock(held)
    except FileNotFoundError:
        # Made this moment by another process, or its lock file went first: leave it a while.
        return _young(place)
    except OSError:
        return True


def _try_lock(held: IO[str]) -> bool:
    if fcntl is None:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _young(place: Path) -> bool:
    try:
        made = place.stat().st_mtime
    except OSError:
        return True
    return time.time() - made < 60
