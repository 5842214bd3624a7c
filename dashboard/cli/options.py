"""Options that several commands take, each once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard.errors import UsageError
from dashboard.periods import parse_date

LATEST = "latest"


class DigestForm(StrEnum):
    """How a digest is written."""

    text = "text"
    html = "html"


DataOption = Annotated[
    Path | None, typer.Option("--data", help="Data folder; else DASHBOARD_DATA, else data/.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsAtOption = Annotated[
    str, typer.Option("--as-at", help="What was known before this day; or latest.")
]

# Of what people wrote, which may be asked for at any meeting.
StoodOption = Annotated[
    str | None, typer.Option("--as-at", help="As they stood then; else the newest.")
]


def as_at_of(said: str) -> date | None:
    """The day of an --as-at; None for `latest`, which the newest snapshot is opened by."""
    return None if said == LATEST else parse_date(said, "--as-at")


def pair(text: str, what: str) -> tuple[str, str]:
    """Both sides of KEY=VALUE.

    raises  UsageError that names `what` was written otherwise
    """
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise UsageError(f"{what} is written KEY=VALUE; got: {text!r}")
    return key, value


# Where `export` of what people wrote goes.
FileOption = Annotated[Path | None, typer.Argument(help="The file to write; else it is printed.")]
