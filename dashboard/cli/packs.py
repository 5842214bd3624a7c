"""report: a pack as a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard import reports
from dashboard.cli import handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import AsAtOption, DataOption, as_at_of
from dashboard.cli.printing import progress
from dashboard.errors import UsageError
from dashboard.export.packs import files as pack

app = Commands()


class PackForm(StrEnum):
    """How a pack is written."""

    pdf = "pdf"
    docx = "docx"
    pptx = "pptx"
    xlsx = "xlsx"
    csv = "csv"


@app.command(told=Told.export)
def report(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(pack.NAMES)}.")],
    as_at: AsAtOption,
    to: Annotated[
        Path, typer.Option("--out", help="The file to write; in a folder the pack's own name.")
    ],
    unit: Annotated[str | None, typer.Option(help="Code of a unit.")] = None,
    borough: Annotated[str | None, typer.Option(help="Code of a borough.")] = None,
    format_: Annotated[
        PackForm | None, typer.Option("--format", help="Else as the file's name ends, else pdf.")
    ] = None,
    appendix: Annotated[
        bool, typer.Option("--definitions/--no-definitions", help="At the end of a PDF.")
    ] = True,
    data: DataOption = None,
) -> None:
    """Write a pack: the meeting's paper, with the same rows as the screen."""
    form = _form(to, format_)
    if not (to if to.is_dir() else to.absolute().parent).is_dir():
        raise UsageError(f"{to} can't be written: there is no such folder")
    request = reports.open_request(as_at_of(as_at), None, data)
    with progress(f"Making the {name} pack") as step:
        made = pack.produce(
            request,
            name,
            form,
            unit,
            borough,
            progress=lambda share, _words: step(round(100 * share), 100),
            appendix=appendix,
        )
    target = to / made.name if to.is_dir() else to
    handing.write(request.witness, target, made.content, made.name, made.of, request.snapshot.id)
    print(f"{target}: {len(made.content):,} bytes.")
    for fault in made.faults:
        print(fault, file=sys.stderr)
    if made.faults:
        raise typer.Exit(1)


def _form(to: Path, asked: PackForm | None) -> str:
    """The form that was asked for, else the one that the file's name ends in, else PDF.

    raises  UsageError where the two differ: a PDF named .pptx opens nowhere
    """
    ending = to.suffix.lower().lstrip(".")
    named = ending if ending in pack.FORMATS and not to.is_dir() else None
    if ending.isalpha() and not named and not to.is_dir():
        raise UsageError(f"--out ends in .{ending}; a pack is {', '.join(pack.FORMATS)}")
    if asked and named and asked.value != named:
        raise UsageError(f"--out ends in .{named}, --format says {asked.value}")
    return asked.value if asked else named or PackForm.pdf.value
