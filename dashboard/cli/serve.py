"""run and sample: the dashboard, and synthetic data to show it with."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from dashboard import ingest, sample, snapshots
from dashboard.access import sign_in as sign_ins
from dashboard.cli.commands import Commands, Told
from dashboard.cli.load import accepted_targets
from dashboard.cli.options import DataOption
from dashboard.cli.printing import progress
from dashboard.errors import ContentError, UsageError
from dashboard.periods import day_words

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
        Path | None, typer.Option(help="TOML file that says how people sign in (README).")
    ] = None,
    base_path: Annotated[str, typer.Option(help="Path that a proxy serves it below.")] = "",
    data: DataOption = None,
) -> None:
    """Start the dashboard; publishes the sample first where there is no snapshot."""
    folder = snapshots.data_folder(data)
    told = sign_in or os.environ.get(sign_ins.VARIABLE)
    sign_ins.needed_for(address, sign_ins.read(Path(told)) if told else None)
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise UsageError(f"port {port} is in use; say another with --port")
    found, faults = snapshots.scan(folder)
    for fault in faults:
        print(f"passed over: {fault}", file=sys.stderr)
    if not found:
        _refuse_beside_imports(folder)
        print("No snapshot yet: writing and publishing the sample (synthetic data).")
        _publish_sample(folder, 1, sample.SEED)
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
    raise typer.Exit(_serve([sys.executable, "-m", "dashboard.asgi"], os.environ | said))


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


@app.command("sample", told=Told.nothing)
def write_sample(
    scale: Annotated[float, typer.Option(help="Multiplies the number of crime reports.")] = 1,
    seed: Annotated[int, typer.Option(help="Same seed, same sample.")] = sample.SEED,
    data: DataOption = None,
) -> None:
    """Write the synthetic sample sources and publish their snapshots."""
    if scale <= 0:
        raise UsageError(f"--scale is a number above 0; got: {scale}")
    folder = snapshots.data_folder(data)
    _refuse_beside_imports(folder)
    _publish_sample(folder, scale, seed)


def _refuse_beside_imports(folder: Path) -> None:
    """raises  ContentError where files that are not the sample's are imported: the sample is
    offered where there is nothing, and never laid over what is real"""
    own = [item for item in ingest.staged(folder) if not item.sample]
    if own:
        raise ContentError(
            f"{own[0].file} is imported here: publish it (publish --as-at latest), or say another "
            "folder for the sample (--data FOLDER)"
        )


def _publish_sample(folder: Path, scale: float, seed: int) -> None:
    with progress("Writing sample sources") as step:
        files = sample.write(folder / "sample", scale=scale, seed=seed, progress=step)
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    with progress("Importing and publishing") as step:
        snapshots.import_and_publish(
            folder, found, sample.AS_ATS, publishing=step, accepted=accepted_targets(folder)
        )
    from dashboard.reports.accountability import transfer  # late: only the sample needs the store

    transfer.lived(folder, folder / "sample", sample.WRITTEN, sample.AS_ATS)
    last = day_words(max(sample.AS_ATS))
    print(f"Published {len(sample.AS_ATS)} sample snapshots, the last as at {last}.")
