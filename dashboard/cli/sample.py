"""sample: synthetic data to show the dashboard with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard import ingest, sample, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.cli.printing import progress
from dashboard.cli.publish import accepted_targets
from dashboard.errors import ContentError, UsageError
from dashboard.periods import day_words
from dashboard.reports.accountability import transfer

app = Commands()


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
    refuse_beside_imports(folder)
    publish_sample(folder, scale, seed)


def refuse_beside_imports(folder: Path) -> None:
    """raises  ContentError where files that are not the sample's are imported: the sample is
    offered where there is nothing, and never laid over what is real"""
    own = [item for item in ingest.staged(folder) if not item.sample]
    if own:
        raise ContentError(
            f"{own[0].file} is imported here: publish it (publish --as-at latest), or say another "
            "folder for the sample (--data FOLDER)"
        )


def publish_sample(folder: Path, scale: float = 1, seed: int = sample.SEED) -> None:
    """Writes the sample into a data folder, publishes it, and reads in what its people wrote."""
    with progress("Writing sample sources") as step:
        files = sample.write(folder / "sample", scale=scale, seed=seed, progress=step)
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    with progress("Importing and publishing") as step:
        snapshots.import_and_publish(
            folder, found, sample.AS_ATS, publishing=step, accepted=accepted_targets(folder)
        )
    transfer.lived(folder, folder / "sample", sample.WRITTEN, sample.AS_ATS)
    last = day_words(max(sample.AS_ATS))
    print(f"Published {len(sample.AS_ATS)} sample snapshots, the last as at {last}.")
