"""sample: synthetic data to show the dashboard with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dashboard import ingest, sample, snapshots
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption
from dashboard.cli.printing import progress
from dashboard.cli.publish import accepted_targets
from dashboard.cli.reckoning import reckon
from dashboard.errors import ContentError, UsageError
from dashboard.periods import day_words
from dashboard.reports.accountability import transfer

app = Commands()


@app.command("sample", told=Told.nothing)
def write_sample(
    scale: Annotated[float, typer.Option(help="Multiplies the number of crime reports.")] = 1,
    seed: Annotated[int, typer.Option(help="Same seed, same sample.")] = sample.SEED,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Publish what a sample that was begun still lacks.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Write the synthetic sample sources and publish their snapshots."""
    if scale <= 0:
        raise UsageError(f"--scale is a number above 0; got: {scale}")
    folder = snapshots.data_folder(data)
    refuse_beside_imports(folder)
    if not go_on:
        first(folder, sample.AS_ATS, scale, seed)
    elif not snapshots.begun(folder):
        raise ContentError(f"no sample is half published in {folder}: say `sample` without --go-on")
    rest(folder)


def refuse_beside_imports(folder: Path) -> None:
    """raises  ContentError where files that are not the sample's are imported: the sample is
    offered where there is nothing, and never laid over what is real"""
    own = [item for item in ingest.staged(folder) if not item.sample]
    if own:
        raise ContentError(
            f"{own[0].file} is imported here: publish it (publish --as-at latest), or say another "
            "folder for the sample (--data FOLDER)"
        )


def first(
    folder: Path,
    as_ats: Sequence[date] = (max(sample.AS_ATS),),
    scale: float = 1,
    seed: int = sample.SEED,
) -> None:
    """Writes the sample into a data folder and publishes these of its as-ats; `rest` ends it."""
    with progress("Writing sample sources") as step:
        files = sample.write(folder / "sample", scale=scale, seed=seed, progress=step)
    sources = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    snapshots.begin(folder, sample.AS_ATS)
    with progress("Importing and publishing") as step:
        snapshots.import_and_publish(
            folder, sources, as_ats, publishing=step, accepted=accepted_targets(folder)
        )


def rest(folder: Path) -> None:
    """Publishes what `first` has left, and reads in what the sample's people wrote."""
    there = {info.as_at for info in snapshots.listing(folder)}
    if lacking := [day for day in snapshots.begun(folder) if day not in there]:
        with progress("Publishing the other meetings") as step:
            snapshots.import_and_publish(
                folder, (), lacking, publishing=step, accepted=accepted_targets(folder)
            )
    transfer.lived(folder, folder / "sample", sample.WRITTEN, sample.AS_ATS)
    snapshots.end(folder)
    last = day_words(max(sample.AS_ATS))
    print(f"Published {len(sample.AS_ATS)} sample snapshots, the last as at {last}.", flush=True)
    reckon(folder, reversed(snapshots.listing(folder)))
