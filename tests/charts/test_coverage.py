"""The picture of what bands held: both bands, and the shares that they said."""

import pyarrow as pa

from dashboard.charts import coverage

ROWS = pa.table(
    {"n": [100]}
    | {f"{part}_{band}": [value] for band, value in (("80", 0.82), ("95", 0.96))
       for part in ("held", "share", "low", "high")}
)  # fmt: skip


def test_each_band_stands_beside_what_it_said(data_names):
    sets = coverage.data(ROWS, ["All crime types"])
    spec = coverage.spec(1)
    assert data_names(spec) == set(sets)
    assert sets["said"].column("said").to_pylist() == [0.8, 0.95]
    drawn = {layer["encoding"]["x"]["field"] for layer in spec["layer"]}
    assert {"share_80", "share_95", "low_80", "low_95", "said"} == drawn


def test_a_line_has_its_name_and_room():
    named = coverage.data(ROWS, ["Kidnap"])["rows"].column("line").to_pylist()
    assert named == ["Kidnap"]
    assert coverage.spec(4)["height"] == 4 * coverage.spec(1)["height"]
