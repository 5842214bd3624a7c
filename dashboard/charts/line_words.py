"""The words on a chart of lines: at the lines' ends and at breaks, kept from each other."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pyarrow as pa
from altair.utils.schemapi import UndefinedType

LINES = {
    "upper": "upper limit",
    "mean": "usual",
    "lower": "lower limit",
    "target": "target",
}
# What the lines are called on the charts that have no process limits.
CALLED = {
    "band": {"upper": "forecast to", "mean": "expected", "lower": "from"},
    "run": {"mean": "median"},
    "stock": {"upper": "usual change to", "mean": "usually", "lower": "from"},
    "t": {"mean": "usual gap"},
}
WORD = 13  # pixels: the least distance between two of these words
AROUND = 54  # pixels of a chart's height that its axis and the words of a break take


def breaks(rows: pa.Table) -> pa.Table:
    """The breaks: period_start, the note as `early` or, in the later half, as `late`; and row.

    Breaks take the rows of words in turn, so that two words beside each other don't meet.
    """
    notes = rows.column("note").to_pylist()
    noted = [index for index, note in enumerate(notes) if note is not None]
    early = [notes[index] if index <= len(notes) / 2 else "" for index in noted]
    late = [notes[index] if index > len(notes) / 2 else "" for index in noted]
    days = rows.column("period_start").take(pa.array(noted, pa.int64()))
    row = pa.array([place % 2 for place in range(len(noted))], pa.int64())
    words = (pa.array(part, pa.string()) for part in (early, late))
    names = ("period_start", "early", "late", "row")
    return pa.table(dict(zip(names, (days, *words, row), strict=True)))


def labels(rows: pa.Table, height: int = 190, from_zero: bool = True) -> pa.Table:
    """The words at the lines' ends: words, place (in the value's unit), kind (limit, target), and
    the line's own column.

    They keep their order and at least WORD pixels of the drawn height from each other.
    """
    said = _ends(rows)
    drawn = numbers(rows, ("value", "lower", "upper", "target"))
    span = (max(drawn) - (0.0 if from_zero else min(drawn))) if drawn else 0.0
    least = WORD / (height - AROUND) * (span or 1.0)
    # A word below the axis would lengthen it.
    foot = 0.0 if from_zero or not drawn else min(drawn)
    places = apart([value for _, value, _, _ in said], least, foot)
    return pa.table(
        {
            "words": pa.array([words for words, *_ in said], pa.string()),
            "place": pa.array(places, pa.float64()),
            "kind": pa.array([kind for *_, kind, _ in said], pa.string()),
            "line": pa.array([name for *_, name in said], pa.string()),
        }
    )


def apart(values: Sequence[float], least: float, floor: float) -> list[float]:
    """Places of words that belong to values, highest first: `least` apart, none below `floor`."""
    places: list[float] = []
    for value in values:
        places.append(min(value, places[-1] - least) if places else value)
    # Words that were pushed below the axis stand on it, and push the others up.
    for index in range(len(places) - 1, -1, -1):
        below = places[index + 1] + least if index + 1 < len(places) else floor
        places[index] = max(places[index], below)
    return places


def _ends(rows: pa.Table) -> list[tuple[str, float, str, str]]:
    """Words, value, kind and column of each line at its end, highest first."""
    if not rows.num_rows:
        return []
    last, ends = rows.slice(rows.num_rows - 1).to_pylist()[0], []
    called = LINES | CALLED.get(last.get("chart") or "", {})
    for name, words in called.items():
        if last[name] is not None:
            kind = "target" if name == "target" else "limit"
            ends.append((f"{words} {last[f'{name}_said']}", last[name], kind, name))
    return sorted(ends, key=lambda item: -item[1])


def numbers(rows: pa.Table, names: tuple[str, ...]) -> list[float]:
    """All values of several columns that are not missing."""
    return [value for name in names for value in rows.column(name).to_pylist() if value is not None]


def whole_steps(unit: str) -> int | UndefinedType:
    """Least step of a value axis: what is counted in whole numbers has no ticks between."""
    return 1 if unit == "n" else alt.Undefined
