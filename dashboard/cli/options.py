"""Options that several commands take, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard.errors import UsageError

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Data folder; else DASHBOARD_DATA, else data/.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AsAtOption = Annotated[str, typer.Option("--as-at", help="What was known before this day.")]


def pair(text: str, what: str) -> tuple[str, str]:
    """Both sides of KEY=VALUE.

    raises  UsageError that names `what` was written otherwise
    """
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise UsageError(f"{what} is written KEY=VALUE; got: {text!r}")
    return key, value
