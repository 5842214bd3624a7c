"""Many people at once: sessions over the websocket that read, think and look at the next thing.

python -m tests.benchmarks.load [--sessions 30] [--minutes 2] [--think 5] [--signed-in]
    [--publish] [--data FOLDER] [--address URL]

Each session speaks Streamlit's own protocol as a browser does. A step asks for an address of a
page and ends when the server says that the run is over; half the steps open a new session, as a
link in a table does, half stay in theirs, as a choice in a list does. Before the load each
address is asked for once, alone: another heading under load is a wrong answer. --signed-in asks
again of people who are signed in, of ten scopes, with the cookie that the server itself would set.
--publish has an as-at published by another process in the middle of it: one that a reader has not
got in an address, so that what is right stays right.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
from rich.console import Console
from rich.table import Table

from dashboard import catalogue, queries, sample
from dashboard.access import look_as, scope_of
from dashboard.access.roles import defined
from tests.access.test_sign_in import written
from tests.benchmarks.session import Step, alone, answer, opened
from tests.browser.server import free_port, running

ROOT = Path(__file__).resolve().parents[2]
SCOPES = 10


@dataclass
class Seen:
    """What all sessions saw: the seconds of each step, and what was wrong."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    published: float | None = None  # seconds that the publish in their midst took
    memory: int = 0  # the server's, before they came: each address was asked for once


def steps() -> list[Step]:
    """About seventy addresses of the sample, over all pages that show figures."""
    known = catalogue.load(catalogue.folder_of(Path()))
    catalogue.keep(known.directorate)
    owners: dict[str, list[str]] = {}
    for measure in queries.measures().values():
        owners.setdefault(measure.owner, []).append(measure.id)
    ours = [(unit, ids) for unit, ids in owners.items() if unit in known.units]
    asked: list[tuple[str, dict[str, str]]] = [
        *(("", {"as_at": str(day)}) for day in sample.AS_ATS[2:]),
        *(("ocu", {"unit": unit, "measure": one}) for unit, ids in ours for one in ids[:3]),
        *(("trends", {"measure": ids[0]}) for _, ids in ours),
        *(("boroughs", {"borough": code}) for code in list(known.areas)[:8]),
        *(("overtime", {"unit": unit}) for unit, _ in ours[:6]),
        *((page, {}) for page in ("accountability", "quality", "equality")),
        *((page, {}) for page in ("backtest", "snapshots", "explore")),
    ]
    # Without one a session goes on with its last as-at: what is right would hang on the reader.
    newest = {"as_at": str(sample.AS_ATS[-1])}
    return [Step(page, urlencode(newest | values)) for page, values in asked]


def people() -> list[dict[str, Any]]:
    """The claims of ten people, each of whom sees all figures and has a scope of their own."""
    known = catalogue.load(catalogue.folder_of(Path()))
    roles = [look_as("chair"), look_as("analyst")]
    roles += [look_as("ocu_commander", unit) for unit in known.units]
    scopes = {scope_of(role, known): role for role in reversed(roles)}
    kept = sorted(scopes.values(), key=roles.index)[:SCOPES]
    groups = {name: role.claims for name, role in defined().items()}
    return [
        {"sub": f"p{number}", **groups[role.name], **({"unit": role.unit} if role.unit else {})}
        for number, role in enumerate(kept)
    ]


async def reader(
    address: str,
    expected: dict[Step, bytes],
    until: float,
    think: float,
    seed: int,
    seen: Seen,
    claims: dict[str, Any] | None,
) -> None:
    """One person, from a moment of their own within the first thought."""
    chance, socket = Random(seed), None
    await asyncio.sleep(chance.uniform(0, think))
    while time.monotonic() < until:
        step = chance.choice(list(expected))
        started = time.perf_counter()
        try:
            if socket is None or chance.random() < 0.5:
                if socket is not None:
                    await socket.close()
                socket = await opened(address, claims)
            heading = await answer(socket, step)
        except (OSError, RuntimeError, TimeoutError) as error:
            seen.wrong.append(str(error))
            socket = None
        else:
            seen.seconds.append(time.perf_counter() - started)
            if heading != expected[step]:
                seen.wrong.append(f"{step}: {heading!r} in place of {expected[step]!r}")
        await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
    if socket is not None:
        await socket.close()


async def published(data: Path, after: float) -> float:
    """Has the next meeting's as-at published by a process of its own, after so many seconds, and
    takes it away again.

    return  the seconds that it took
    raises  RuntimeError where it is there already, or can't be published
    """
    await asyncio.sleep(after)
    day = str(sample.AS_ATS[-1] + timedelta(days=14))
    folder = data / "snapshots" / day
    if folder.exists():
        raise RuntimeError(f"{folder} is there already: nothing would be published")
    started = time.perf_counter()
    command = [sys.executable, "-m", "dashboard", "publish", "--as-at", day, "--data", str(data)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE)
    _, said = await process.communicate()
    took = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{day} was not published: {said.decode(errors='replace')}")
    shutil.rmtree(folder)
    return took


async def load(
    address: str,
    sessions: int,
    seconds: float,
    think: float,
    who: Sequence[dict[str, Any] | None],
    publishing: Path | None = None,
) -> Seen:
    """What `sessions` readers see within `seconds`, each thinking `think` seconds on average.

    who         their claims, taken in turn; None for somebody who is not signed in
    publishing  the data folder in which an as-at is published halfway; None: none is
    """
    expected = await alone(address, steps(), who[0])
    seen, until = Seen(memory=process_of(address).memory_info().rss), time.monotonic() + seconds
    readers = (
        reader(address, expected, until, think, seed, seen, who[seed % len(who)])
        for seed in range(sessions)
    )
    async with asyncio.TaskGroup() as together:
        for one in readers:
            together.create_task(one)
        if publishing:
            seen.published = await published(publishing, seconds / 2)
    return seen


def process_of(address: str) -> psutil.Process:
    """The process that listens at the address.

    raises  RuntimeError where none of this machine does.
    """
    for item in psutil.net_connections("tcp"):
        if item.status == psutil.CONN_LISTEN and item.laddr.port == urlsplit(address).port:
            return psutil.Process(item.pid)
    raise RuntimeError(f"nothing listens at {address}")


def row(
    address: str,
    sessions: int,
    minutes: float,
    think: float,
    who: Sequence[dict[str, Any] | None],
    publishing: Path | None = None,
) -> tuple[list[str], Seen]:
    """Cells of the table for so many sessions."""
    server = process_of(address)
    seen = asyncio.run(load(address, sessions, 60 * minutes, think, who, publishing))
    cuts = statistics.quantiles(seen.seconds, n=100)
    memory = f"{seen.memory / 2**20:.0f} → {server.memory_info().rss / 2**20:.0f}"
    figures = (1000 * cuts[49], 1000 * cuts[94], 1000 * max(seen.seconds))
    cells = [str(sessions), str(len(seen.seconds)), *(f"{ms:.0f}" for ms in figures)]
    told = "" if seen.published is None else f"{seen.published:.0f}"
    return [*cells, str(len(seen.wrong)), memory, told], seen


def table(address: str, sessions: Iterable[int], minutes: float, think: float = 5) -> Table:
    """What so many people see who are not signed in, a row each number of them."""
    found = headed(think, minutes)
    for number in sessions:
        cells, _ = row(address, number, minutes, think, [None])
        found.add_row("signed out", *cells)
    return found


def headed(think: float, minutes: float) -> Table:
    found = Table(title=f"{think:g} s of thought, {minutes:g} minutes, milliseconds")
    for heading in (
        *("scopes", "sessions", "steps", "median", "p95", "worst", "wrong", "memory MB"),
        "publish s",
    ):
        found.add_column(heading, justify="right")
    return found


def _server(
    folder: Path, data: Path, address: str | None, signed: bool
) -> AbstractContextManager[str]:
    """The server at the address, else one of its own; signed: people sign in there."""
    if address:
        return nullcontext(address)
    if not signed:
        return running(data, DASHBOARD_WARM="yes")
    port = free_port()
    file = written(folder, public_url=f"http://127.0.0.1:{port}")
    return running(data, port, DASHBOARD_WARM="yes", DASHBOARD_SIGN_IN=str(file))


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--sessions", type=int, nargs="+", default=[30])
    asked.add_argument("--minutes", type=float, default=2)
    asked.add_argument("--think", type=float, default=5, help="seconds between steps")
    asked.add_argument("--data", type=Path, help="with the sample published; else it is made")
    asked.add_argument("--signed-in", action="store_true", help="and once more signed in")
    asked.add_argument("--publish", action="store_true", help="an as-at in the middle of it")
    asked.add_argument("--address", help="of a server that runs; else one on the sample is started")
    values = asked.parse_args()
    if values.publish and values.address and not values.data:
        asked.error("--publish needs the --data folder of the server at --address")
    found = headed(values.think, values.minutes)
    console = Console(width=max(100, Console().width))
    with tempfile.TemporaryDirectory() as folder:
        data = values.data or Path(folder) / "data"
        if not values.address and not values.data:
            from tests.benchmarks.bench import load_sample  # late: it imports this module

            load_sample(data)
        for signed in (False, True) if values.signed_in else (False,):
            who = people() if signed else [None]
            with _server(Path(folder), data, values.address, signed) as address:
                for sessions in values.sessions:
                    publishing = data if values.publish else None
                    cells, seen = row(
                        address, sessions, values.minutes, values.think, who, publishing
                    )
                    found.add_row(str(len(who)) if signed else "signed out", *cells)
                    for said in dict.fromkeys(seen.wrong[:5]):
                        console.print(said, markup=False)
    console.print(found)


if __name__ == "__main__":
    main()
