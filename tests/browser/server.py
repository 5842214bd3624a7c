"""A dashboard in a process of its own, as the browser tests and the benchmarks start it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 90


@contextmanager
def running(data: Path, port: int = 0, base: str = "", **environment: str) -> Iterator[str]:
    """Address of a dashboard that `python -m dashboard run` serves from `data`.

    port         to listen on; a free one where it is 0
    base         path that it is served below
    environment  beside that of this process

    raises  RuntimeError with what the server said, where it does not come up.
    """
    port = port or free_port()
    own = ["--port", str(port), *(["--base-path", base] if base else [])]
    address = f"http://127.0.0.1:{port}/{base}".rstrip("/")
    # Half a minute of work that a test would wait beside.
    told = {"DASHBOARD_WARM": "no", "DASHBOARD_DATA": str(data)} | environment
    command = [sys.executable, "-m", "dashboard", "run", *own]
    with starting(command, ROOT, os.environ | told, f"{address}/health"):
        yield address


@contextmanager
def starting(
    command: list[str], folder: Path, environment: dict[str, str], health: str
) -> Iterator[None]:
    """A server that a command starts, from when it answers at the address `health`.

    raises  RuntimeError with what the server said, where it does not come up.
    """
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            if not _up(health, process):
                log.seek(0)
                said = log.read().decode(errors="replace")[-2000:]
                raise RuntimeError(f"the dashboard did not start: {said}")
            yield
        finally:
            _end(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _up(health: str, process: subprocess.Popen) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.2)
    return False


def _end(process: subprocess.Popen) -> None:
    # The command starts Streamlit as its child: both have to go.
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)
    elif process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:  # whether it stops by itself is tests/ui/test_stopping's
        process.kill()
        process.wait()
