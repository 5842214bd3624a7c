"""What a session takes of the server's memory: windows that are opened, drawn and left open.

python -m tests.benchmarks.held [--sessions 30 60] [--data FOLDER]

Before, each address is asked for once, so that what all sessions share is there already.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

import psutil

from tests.benchmarks.bench import load_sample
from tests.benchmarks.load import process_of, steps
from tests.benchmarks.session import alone, answer, opened
from tests.browser.server import running


async def measured(address: str, counts: list[int], server: psutil.Process) -> list[str]:
    """A line for the server alone and for each number of open windows."""
    every = steps()
    await alone(address, every, None)
    first = server.memory_info().rss
    said = [f"no session, all pages drawn once: {first / 2**20:.0f} MB"]
    sockets = []
    for count in counts:
        for place in range(len(sockets), count):
            socket = await opened(address)
            await answer(socket, every[place % len(every)])
            sockets.append(socket)
        now = server.memory_info().rss
        each = (now - first) / count / 2**20
        said.append(f"{count} sessions: {now / 2**20:.0f} MB, {each:.1f} MB each")
    for socket in sockets:
        await socket.close()
    return said


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--sessions", type=int, nargs="+", default=[30, 60])
    asked.add_argument("--data", type=Path, help="with the sample published; else it is made")
    values = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = values.data or Path(folder) / "data"
        if not values.data:
            load_sample(data)
        with running(data, DASHBOARD_WARM="yes") as address:
            said = asyncio.run(measured(address, values.sessions, process_of(address)))
    print("\n".join(said))


if __name__ == "__main__":
    main()
