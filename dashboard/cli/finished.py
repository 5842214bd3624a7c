"""What the last whole cycle made: its snapshot, its packs, and the folder that they went to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path("state") / "cycle.json"


def last(data: Path) -> Any:
    """As it was kept; None where there was none, or its note is damaged: it is made again then."""
    try:
        return json.loads((data / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def keep(data: Path, made: dict[str, Any]) -> None:
    """Keeps it, whole or not at all; the last thing that a cycle does."""
    note = data / FILE.with_name(f".{FILE.name}.part")
    note.write_text(json.dumps(made), encoding="utf-8")
    note.replace(data / FILE)
