"""Results made by hand, and who made the files of these tests when."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from dashboard.access import Disclosed, Stamp, Why
from dashboard.export import Produced

AS_AT = date(2004, 7, 12)
STAMP = Stamp(AS_AT, "8772eacc1fda", True, "Restricted", (("unit", "SCD7"),), "ff3ce11686a4")
WHY = Why(
    "How many robberies?",
    "Robbery of a business.",
    "SCD7",
    "period",
    "select 1",
    {"unit": "SCD7"},
    3,
    ("crimes.csv as known on 2004-07-12",),
    ("1 April 2002: recording standard",),
)
SERIES = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        ("value", pa.float64()),
        ("said", pa.string()),
        *((name, pa.float64()) for name in ("mean", "lower", "upper", "target")),
        *((f"{name}_said", pa.string()) for name in ("mean", "lower", "upper", "target")),
        ("note", pa.string()),
        ("chart", pa.string()),
        ("segment", pa.int64()),
        ("point", pa.string()),
        ("provisional", pa.bool_()),
    ]
)
LIMITS = {"mean": 248.5, "lower": 173.25, "upper": 323.75, "target": None, "segment": 0}
LIMITS |= {"mean_said": "249", "lower_said": "173", "upper_said": "324", "chart": "xmr"}


@pytest.fixture
def produced() -> Produced:
    return Produced("local, not signed in", datetime(2004, 7, 13, 9, 30, tzinfo=UTC))


@pytest.fixture
def disclosed():
    """Makes a Disclosed of rows."""

    def make(
        rows: list[dict],
        schema: pa.Schema | None = None,
        *,
        title: str = "Robbery was above its usual range in June 2004",
        notes: tuple[str, ...] = ("hollow: provisional [p]",),
        stamp: Stamp = STAMP,
    ) -> Disclosed:
        table = pa.Table.from_pylist(rows, schema=schema)
        return Disclosed(table, title, "Number per month, SCD7", notes, stamp, WHY)

    return make


@pytest.fixture
def series(disclosed):
    """Three months: an ordinary one, one without a figure, one that may still change."""
    months = [
        (date(2004, 4, 1), "April 2004", 250.0, "250", "common", False),
        (date(2004, 5, 1), "May 2004", None, "[x]", "common", False),
        (date(2004, 6, 1), "June 2004", 1338.0, "1,338 [p]", "concern_high", True),
    ]
    names = ("period_start", "period", "value", "said", "point", "provisional")
    return disclosed([dict(zip(names, month, strict=True)) | LIMITS for month in months], SERIES)
