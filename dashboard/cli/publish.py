"""publish: from what is staged to a snapshot."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard import ingest, snapshots
from dashboard.catalogue import Target
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, JsonOption, as_at_of
from dashboard.cli.printing import progress
from dashboard.cli.reckoning import reckon
from dashboard.errors import NothingPublishedError, UsageError, visible
from dashboard.snapshots import SnapshotInfo

app = Commands()


def held_words(folder: Path, as_at: str) -> list[str]:
    """A sentence for each file that is held: which, why, and what can be done.

    as_at  the day to publish, of those known before it alone; or latest, of all
    """
    day = as_at_of(as_at)
    return [
        f"{visible(item.file)} ({item.kind}, {item.vintage}) is held and not published: "
        f"{'; '.join(item.held)}; import number {number}: {snapshots.WAYS}"
        for number, item in ingest.short_numbers(ingest.staged(folder)).items()
        if item.held and (day is None or item.known_before(day))
    ]


def accepted_targets(folder: Path) -> tuple[Target, ...]:
    """The targets that the board accepted, as the store of a data folder has them."""
    from dashboard.decisions import proposals  # late: importing waits for the store's library

    return proposals.accepted(folder)


def published(as_at: str, folder: Path, quiet: bool) -> SnapshotInfo:
    """The snapshot of a day or of `latest`, with the targets that the board accepted.

    raises  ContentError where nothing was known before it, and as publishing does
    """
    day = snapshots.day_to_publish(folder, as_at_of(as_at))
    with progress("Publishing", quiet=quiet) as step:
        return snapshots.publish(day, folder, progress=step, accepted=accepted_targets(folder))


@app.command(told=Told.nothing)
def publish(
    as_at: Annotated[
        str | None, typer.Option("--as-at", help="What was known before this day; or latest.")
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="All as-ats that there are, by this program, beside what stands."
        ),
    ] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the snapshot of what was known before a day."""
    folder = snapshots.data_folder(data)
    if again:
        if as_at or as_json:
            raise UsageError("--again is of all as-ats: leave out --as-at and --json")
        publish_again(folder)
        return
    if as_at is None:
        raise UsageError("say which day: --as-at DATE, or --as-at latest")
    info = published(as_at, folder, quiet=as_json)
    reckon(folder, [info])
    held = held_words(folder, as_at)
    for words in held:
        print(words, file=sys.stderr)
    if as_json:
        print(json.dumps(info.manifest | {"held": held}, ensure_ascii=False))
        return
    for warning in info.manifest["warnings"]:
        print(f"warning: {warning}")
    rows = info.manifest["marts"]["observations"]["rows"]
    print(f"Published {info.as_at}/{info.id}: {rows:,} observations.")


def publish_again(folder: Path) -> None:
    """Publishes every as-at that there is once more. What another program made, or other sources,
    stays beside the new one; where nothing that goes in has changed, nothing is written.

    raises  NothingPublishedError where there is no snapshot, and as publishing does
    """
    there = {info.as_at: set[str]() for info in snapshots.listing(folder)}
    for info in snapshots.listing(folder):
        there[info.as_at].add(info.id)
    if not there:
        raise NothingPublishedError
    anew = 0
    for day, ids in there.items():
        info = published(str(day), folder, quiet=False)
        anew += info.id not in ids
        said = "as it was" if info.id in ids else f"anew, beside {', '.join(sorted(ids))}"
        print(f"{day}/{info.id}: {said}.")
    reckon(folder, snapshots.listing(folder))
    print(f"{anew:,} of {len(there):,} as-ats published anew.")
