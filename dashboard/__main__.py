"""The command line: python -m dashboard run | sample | import | publish | snapshots | …

Errors are one sentence on standard error and an exit code by kind: 1 the content is
wrong, 2 the call is wrong, 3 no such thing, 4 not allowed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard import __version__
from dashboard.cli.index import indexed
from dashboard.cli.spelling import spelt_out
from dashboard.errors import DashboardError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    cls=indexed(
        (
            "run", "sample", "init", "kinds", "load", "publish", "cycle", "alerts", "due",
            "backtest", "query", "check", "packs", "imports", "snapshots", "backup", "store",
            "audit", "decisions", "explanations", "signoffs", "targets",
        )
    ),
)  # fmt: skip


def commit() -> str:
    """The commit that the program is of, short; '' where it is no working copy of git."""
    asked = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return told.stdout.strip()


def _say_version(asked: bool) -> None:
    if asked:
        print(f"{__version__} {commit()}".strip())
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # it is answered before any command is looked for
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_say_version,
            help="Say the version and the commit, and end.",
        ),
    ] = False,
) -> None:
    """The performance dashboard of a directorate."""


def main() -> None:
    """Runs the command; a DashboardError is one sentence and an exit code."""
    try:
        with spelt_out():
            app()
    except DashboardError as error:
        print(f"{error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except Exception as error:
        from dashboard.ingest import incidents  # late: only what fails waits for it
        from dashboard.snapshots import data_folder

        number = incidents.noted(data_folder(), "command", error)
        print(
            f"the program failed, not what you did; give incident {number} to whoever runs the "
            "dashboard (state/incidents.log of the data folder has the rest)",
            file=sys.stderr,
        )
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
