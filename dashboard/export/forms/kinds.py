"""Of which kind the values of a column are, by its name and what it holds."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

UNITS = ("n", "percent", "gbp", "hours")
PENCE = "pence"  # at the end of the name of a column of whole pence, which files say in pounds
# Columns that hold a figure of the measure, in its unit, where a report says the unit.
OF_THE_MEASURE = frozenset(
    "value mean lower upper target path low high latest expected low_95 high_95 low_998 high_998"
    " old new before projected low80 high80 needed".split()
)
# Columns that hold a share of 1, of whatever the rows are.
SHARES = frozenset("share promised by_steps target_chance chance chance_alone miss".split())
Cell = str | int | float | date


def kind_of(name: str, values: pa.ChunkedArray, unit: str | None) -> str:
    if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
        return "date"
    if pa.types.is_list(values.type):
        return "series"
    if pa.types.is_decimal(values.type):
        return "n" if values.type.scale == 0 else "decimal"
    if not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type)):
        return "text"
    if name.endswith(("_gbp", PENCE)):
        return "gbp"
    if name in SHARES:
        return "percent"
    if unit in UNITS[1:] and name in OF_THE_MEASURE:
        return str(unit)
    whole = pa.types.is_integer(values.type) or _all_whole(values)
    return "n" if whole else "decimal"


def kind_said(kind: str, value: Cell) -> str:
    """The kind of a cell: a count that is an average is no whole number, and a whole number in a
    column of averages is one."""
    if kind not in ("n", "decimal") or isinstance(value, str | date):
        return kind
    return "decimal" if value % 1 else "n"


def _all_whole(values: pa.ChunkedArray) -> bool:
    told = pc.filter(values, pc.is_finite(values))
    return bool(len(told)) and pc.all(pc.equal(told, pc.round(told))).as_py()


def is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)
