"""run: the dashboard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from dashboard import snapshots
from dashboard.access import sign_in as sign_ins
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.errors import UsageError

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]  # Streamlit looks for its settings where it is started

app = Commands()


@app.command(told=Told.nothing)
def run(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to listen on; others need --sign-in.")
    ] = HOST,
    sign_in: Annotated[
        Path | None,
        typer.Option(help="TOML file that says how people sign in (see Help)."),
    ] = None,
    base_path: Annotated[str, typer.Option(help="Path that a proxy serves it below.")] = "",
    with_sample: Annotated[
        bool,
        typer.Option("--sample/--no-sample", help="Publish the sample where there is no snapshot."),
    ] = True,
    data: DataOption = None,
) -> None:
    """Start the dashboard; publishes the sample first where there is no snapshot."""
    folder = snapshots.data_folder(data)
    told = sign_in or os.environ.get(sign_ins.VARIABLE)
    sign_ins.needed_for(address, sign_ins.read(Path(told)) if told else None)
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise UsageError(f"port {port} is in use; say another with --port")
    published, faults = snapshots.scan(folder)
    for fault in faults:
        print(f"passed over: {fault}", file=sys.stderr)
    if not published and with_sample:
        from dashboard.cli import sample  # late: the first start only waits for what makes it

        sample.refuse_beside_imports(folder)
        print("No snapshot yet: writing and publishing the sample (synthetic data).")
        sample.first(folder)
    base = base_path.strip("/")
    where = f"http://{address}:{port}/{base}".rstrip("/")
    print(f"The dashboard is at {where} (stop it with Ctrl+C).", flush=True)
    said = {
        "DASHBOARD_DATA": str(folder.resolve()),
        "DASHBOARD_ADDRESS": address,
        sign_ins.VARIABLE: str(Path(told).resolve()) if told else "",
        "DASHBOARD_PORT": str(port),
        "DASHBOARD_BASE_PATH": base,
    }
    with _publishing_beside(folder):
        code = _serve([sys.executable, "-m", "dashboard.asgi"], os.environ | said)
    raise typer.Exit(code)


@contextmanager
def _publishing_beside(folder: Path) -> Iterator[None]:
    """Publishes what a sample that was begun still lacks, in a process beside the server; where
    the server ends first, the next start goes on with it."""
    if not snapshots.begun(folder):
        yield
        return
    command = [sys.executable, "-m", "dashboard", "sample", "--go-on", "--data", str(folder)]
    # Ended in the middle, Python's own helper process would speak of what it had to clear up.
    quiet = os.environ | {"PYTHONWARNINGS": "ignore:resource_tracker:UserWarning"}
    beside = subprocess.Popen(command, cwd=ROOT, env=quiet, start_new_session=True)
    try:
        yield
    finally:
        _ended(beside)


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and those that work for it."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGTERM)
        else:  # Windows
            process.terminate()
        process.wait()


def _serve(server: list[str], environment: dict[str, str]) -> int:
    """Runs the server until it ends; what stops this program stops it, so that the port is free.

    return  the server's exit code; 0 where it was asked to stop
    """
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        # Twice means now: a page that does not end keeps no port.
        process.terminate() if len(asked) == 1 else process.kill()

    # In a group of its own, Ctrl+C reaches the server once, through `stop`.
    process = subprocess.Popen(server, cwd=ROOT, env=environment, start_new_session=True)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), stop)
    code = process.wait()
    return 0 if asked else code
