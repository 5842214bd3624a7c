"""What was not foreseen: the traceback goes to a log in the data folder, the user gets a number."""

from __future__ import annotations

import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

LOG = "incidents.log"


def noted(data: Path, doing: str, error: BaseException) -> str:
    """Writes the traceback to state/incidents.log of the data folder; returns its number.

    doing  what was under way, for whoever reads the log.
    """
    number = secrets.token_hex(3).upper()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    lines = "".join(traceback.format_exception(error))
    try:
        (data / "state").mkdir(parents=True, exist_ok=True)
        with (data / "state" / LOG).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{when} incident {number}: {doing}\n{lines}\n")
    except OSError:
        # A log that can't be written must not hide what went wrong: the cause stays chained.
        return f"{number} (not logged)"
    return number
