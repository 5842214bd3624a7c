"""publish: from what is staged to a snapshot."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from dashboard import ingest, snapshots
from dashboard.catalogue import Target
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, JsonOption, as_at_of
from dashboard.cli.printing import progress
from dashboard.errors import ContentError, NothingPublishedError, UsageError
from dashboard.ingest import Staged
from dashboard.snapshots import SnapshotInfo

app = Commands()


def _day_of(said: str, staged: list[Staged]) -> date:
    """The day to publish; for `latest` the day after the newest vintage.

    raises  ContentError where nothing that is staged was known before it
    """
    if not staged:
        raise ContentError("nothing is imported, so nothing is published: import a file first")
    newest = max(item.vintage for item in staged)
    day = as_at_of(said) or newest + timedelta(days=1)
    if not any(item.known_before(day) for item in staged):
        first = min(item.vintages[0] for item in staged)
        raise ContentError(
            f"nothing that is imported was known before {day}, so nothing is published: "
            f"the first was known on {first}"
        )
    return day


def accepted_targets(folder: Path) -> tuple[Target, ...]:
    """The targets that the board accepted, as the store of a data folder has them."""
    from dashboard.decisions import proposals  # late: importing waits for the store's library

    return proposals.accepted(folder)


def published(as_at: str, folder: Path, quiet: bool) -> SnapshotInfo:
    """The snapshot of a day or of `latest`, with the targets that the board accepted.

    raises  ContentError where nothing was known before it, and as publishing does
    """
    day = _day_of(as_at, ingest.staged(folder))
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
    if as_json:
        print(json.dumps(info.manifest, ensure_ascii=False))
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
    print(f"{anew:,} of {len(there):,} as-ats published anew.")
