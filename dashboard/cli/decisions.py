"""decisions list | show | judge | minutes | export | import: what the tasking meeting decided."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import reports, snapshots
from dashboard.cli import handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import (
    AsAtOption,
    DataOption,
    FileOption,
    JsonOption,
    StoodOption,
    as_at_of,
)
from dashboard.cli.printing import out, plain, print_rows
from dashboard.errors import visible
from dashboard.reports.decisions import acts, board, one, transfer

app = Commands(
    name="decisions", help="List, show, judge, export and import decisions.", no_args_is_help=True
)
LISTED = ("id", "standing", "owner_unit", "what", "effect", "result")


def _request(as_at: str | None, data: Path | None) -> reports.Request:
    wanted = as_at_of(as_at) if as_at else None
    return reports.open_request(wanted, None, data)


@app.command("list", told=Told.command)
def list_decisions(
    as_at: StoodOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """The decisions as they stood at a meeting, overdue first."""
    rows = board.board(_request(as_at, data)).rows.to_pylist()
    if not as_json:
        rows = [{name: row[name] for name in LISTED} for row in rows]
    print_rows(rows, as_json)


@app.command(told=Told.command)
def show(
    decision: Annotated[str, typer.Argument(help="Id of a decision, or how it begins.")],
    as_at: StoodOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """One decision with what was sealed, said and found."""
    request = _request(as_at, data)
    shown = one.decision_of(request, one.whole_id(request, decision))
    said: dict[str, Any] = {
        **shown.row,
        "said": shown.sentences,
        "comments": [{"by": c.by, "at": c.at, "words": c.words} for c in shown.comments],
        "sealed": shown.sealed,
        "found": shown.judged,
    }
    if as_json:
        print(json.dumps(said, default=plain, ensure_ascii=False))
        return
    for label, words in (
        ("", shown.row["what"]),
        ("", f"{shown.row['standing']}; {shown.row['owner_unit']} {shown.row['owner_post']}"),
        *(("", words) for words in shown.sentences),
        *((f"{item.by}: ", item.words) for item in shown.comments),
    ):
        out.print(f"{label}{visible(words)}", markup=False)


@app.command(told=Told.command)
def judge(as_at: StoodOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """Judge every decision that is done and whose horizon has passed; each once."""
    judged = acts.judge_due(_request(as_at, data))
    print(json.dumps(judged) if as_json else f"Judged {len(judged)} decisions.")


class Letter(StrEnum):
    """How minutes are mailed."""

    text = "text"
    html = "html"


@app.command(told=Told.export)
def minutes(
    as_at: AsAtOption,
    form: Annotated[Letter, typer.Option(help="Plain text, or one HTML page.")] = Letter.text,
    data: DataOption = None,
) -> None:
    """The minutes of a meeting as a message to mail; `report minutes` writes PDF and DOCX."""
    from dashboard.export.forms.stamping import Produced
    from dashboard.export.packs import letter
    from dashboard.reports.packs import contents

    request = _request(as_at, data)
    made = contents.pack(request, "minutes")
    written = letter.html if form is Letter.html else letter.text
    words = written(made, Produced(request.role.words, datetime.now(UTC)))
    shown = [part.shown for part in made.parts]
    handing.say(request.witness, words, "minutes", shown, request.snapshot.id)


@app.command("export", told=Told.export)
def export_(file: FileOption = None, data: DataOption = None) -> None:
    """All decisions with their past, as JSON that `decisions import` reads."""
    folder = snapshots.data_folder(data)
    handing.written(folder, file, transfer.exported(folder), "decisions")


@app.command("import", told=Told.command)
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `decisions export` wrote.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decisions that are not there yet, each in the clock of its as-at."""
    new = transfer.imported(snapshots.data_folder(data), transfer.entries_of(file))
    print(json.dumps({"imported": new}) if as_json else f"Imported {new} decisions.")
