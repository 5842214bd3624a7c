"""What pages ask of what is published stays flat: counts of operators, which do not vary."""

from datetime import date

import pytest

from dashboard import queries, reports, snapshots

AS_AT = date(2004, 7, 12)
MOST = 25
SPAN = {"since": date(2004, 1, 1), "until": date(2004, 7, 1)}
FLAT = {
    "board_series": {},
    "borough_months": {"borough": "E09000012", **SPAN},
    "events": {},
    "force_windows": SPAN,
    "published_series": {
        "measure": "gun_crime", "level": "ocu_borough", "grain": "month", "unit": "SCD8",
    },
    "year_forecasts": {"place": "whole"},
    "year_months": {"unit": "n", "place": "borough"},
}  # fmt: skip
MACRO = {"measure_series": {"measure": "gun_crime", "level": "ocu", "grain": "week"}}


def operators(connection, name, values):
    query = queries.report(name)
    bound = {key: values.get(key) for key in query.parameters}
    explained = queries.Query(name, query.path, query.header, f"explain (format json) {query.sql}")
    rows = connection.run(explained, bound).to_pylist()
    return rows[-1]["explain_value"].count('"children"')


@pytest.fixture(scope="module")
def connection(sample_data):
    request = reports.open_request(AS_AT, None, sample_data)
    return snapshots.connect(request.snapshot, request.scope)


@pytest.mark.parametrize("name", FLAT)
def test_what_is_published_is_read_by_few_operators(connection, name):
    assert 1 < operators(connection, name, FLAT[name]) <= MOST


def test_what_is_added_up_when_asked_takes_more(connection):
    assert operators(connection, *next(iter(MACRO.items()))) > MOST
