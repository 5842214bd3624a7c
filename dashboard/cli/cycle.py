"""cycle: what a meeting needs, unattended: import, publish, digest, packs."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import catalogue, ingest, reports, snapshots
from dashboard.cli import digests, finished, handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.dropped import Dropped, dropped, new
from dashboard.cli.options import LATEST, DataOption, DigestForm
from dashboard.cli.packs import PackForm
from dashboard.cli.publish import held_words, published
from dashboard.cli.reckoning import reckon
from dashboard.errors import ContentError, DashboardError, UsageError
from dashboard.export.packs import files as packs
from dashboard.ingest import scratch
from dashboard.snapshots import SnapshotInfo

app = Commands()
ENDS = {DigestForm.text: "txt", DigestForm.html: "html"}


class LogForm(StrEnum):
    """How a cycle says what it does."""

    text = "text"
    json = "json"


@dataclass
class Log:
    """A line a step, with its time; what is wrong goes to standard error and is counted."""

    form: LogForm
    quiet: bool
    faults: int = 0
    since: float = field(default_factory=time.monotonic)

    def say(self, step: str, words: str) -> None:
        """Prints what was done, and how long it took."""
        if not self.quiet:
            print(self._line(step, words), flush=True)
        self.since = time.monotonic()

    def fault(self, step: str, words: str) -> None:
        """Prints what is wrong, also where it is to be quiet."""
        self.faults += 1
        print(self._line(step, words, fault=True), file=sys.stderr, flush=True)
        self.since = time.monotonic()

    def _line(self, step: str, words: str, fault: bool = False) -> str:
        seconds = round(time.monotonic() - self.since, 2)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        if self.form is LogForm.text:
            return f"{at} {step}: {words}"
        said = {"at": at, "step": step, "seconds": seconds, "fault": fault, "says": words}
        return json.dumps(said, ensure_ascii=False)


@app.command(told=Told.export)
def cycle(
    drop: Annotated[
        Path,
        typer.Argument(help="Folder of new files, KIND/NAME-YYYY-MM-DD[-delta].csv."),
    ],
    to: Annotated[Path, typer.Option("--out", help="Folder for the digest and the packs.")],
    pack: Annotated[
        list[str] | None, typer.Option("--pack", help="A pack to make as well; may be repeated.")
    ] = None,
    format_: Annotated[PackForm, typer.Option("--format", help="Of the packs.")] = PackForm.pdf,
    as_at: Annotated[
        str, typer.Option("--as-at", help="Day to publish; latest: after the newest vintage.")
    ] = LATEST,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what is wrong.")] = False,
    log_format: Annotated[
        LogForm, typer.Option("--log-format", help="A line of text or of JSON a step.")
    ] = LogForm.text,
    data: DataOption = None,
) -> None:
    """Import what lies in a drop folder, publish, write digest and packs; may run again at any
    time."""
    names = tuple(dict.fromkeys(pack or ()))
    if unknown := [name for name in names if name not in packs.NAMES]:
        raise UsageError(f"--pack is one of {', '.join(packs.NAMES)}; got: {unknown[0]}")
    for folder in (drop, to):
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}")
    log = Log(log_format, quiet)
    folder = snapshots.data_folder(data)
    with scratch.alone(folder / "state", "cycle") as free:
        if not free:
            raise ContentError("another cycle is at work on this data folder; this one did nothing")
        _import_all(dropped(drop, _kinds(folder)), folder, log)
        _publish_all(as_at, folder, to, names, format_.value, log)
    if log.faults:
        raise typer.Exit(1)


def _kinds(data: Path) -> tuple[str, ...]:
    own = catalogue.load(catalogue.folder_of(data))
    return (*ingest.KINDS, *ingest.count_kinds(own))


def _import_all(files: list[Dropped], data: Path, log: Log) -> None:
    for item in files:
        if item.fault:
            log.fault("import", item.fault)
    waiting = new([item for item in files if not item.fault], data)
    for item in waiting:
        try:
            (account,) = ingest.import_files(
                item.kind, [item.path], data=data, vintage=item.vintage, delta=item.delta
            )
        except DashboardError as error:
            log.fault("import", f"{item.kind}/{item.path.name}: {error}")
            continue
        accepted = account.rows_accepted + account.rows_superseded
        words = f"{item.kind}/{item.path.name}: {account.rows_read:,} rows read, {accepted:,} taken"
        if account.rows_read and not accepted:
            log.fault("import", f"{words}: nothing was accepted of it")
        else:
            log.say("import", words)
    if not waiting:
        log.say("import", "nothing new in the drop folder")


def _publish_all(
    as_at: str, data: Path, to: Path, names: tuple[str, ...], form: str, log: Log
) -> None:
    before = {item.id for item in snapshots.listing(data)}
    for words in held_words(data, as_at):
        log.fault("publish", words)
    try:
        info = published(as_at, data, quiet=True)
    except ContentError as error:
        log.fault("publish", str(error))
        return
    verb = "stands already" if info.id in before else "published"
    log.say("publish", f"{info.as_at}/{info.id} {verb}")
    reckon(data, [info])
    made: dict[str, Any] = {
        "snapshot": info.id, "packs": sorted(names), "format": form, "out": str(to.resolve()),
    }  # fmt: skip
    if finished.last(data) == made:
        log.say("packs", "digest and packs of this snapshot are written already")
        return
    faults = log.faults
    _hand_out(info, data, to, names, form, log)
    if log.faults == faults:
        finished.keep(data, made)


def _hand_out(
    info: SnapshotInfo, data: Path, to: Path, names: tuple[str, ...], form: str, log: Log
) -> None:
    request = reports.open_request(info.as_at, info.id, data)
    message = digests.of_meeting(request)
    for kind, ending in ENDS.items():
        content = digests.WRITTEN[kind](message).encode()
        file = to / f"digest-{info.as_at}.{ending}"
        handing.write(request.witness, file, content, "digest", snapshot=info.id)
    log.say("digest", f"digest-{info.as_at} as {' and '.join(ENDS.values())}")
    for name in names:
        try:
            made = packs.produce(request, name, form)
        except DashboardError as error:
            log.fault("packs", f"{name}: {error}")
            continue
        handing.write(request.witness, to / made.name, made.content, made.name, made.of, info.id)
        log.say("packs", f"{made.name}: {len(made.content):,} bytes")
        for fault in made.faults:
            log.fault("packs", f"{name}: {fault}")
