"""What Boroughs says where nothing fills the span that is asked for."""

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.boroughs.spans import Choice, why_none, windows

HEAD = "date,grain,borough,offence,offences\n"
DAYS = "".join(f"2004-04-0{day},day,Camden,robbery_business,1\n" for day in (1, 2))
MONTHS = "".join(f"2004-0{month},month,Camden,robbery_business,9\n" for month in ("2-01", "3-01"))


@pytest.mark.parametrize(
    ("rows", "title", "advice"),
    [
        (DAYS, "No measure is known by borough of a whole month", "the rest of a month"),
        (MONTHS, "No measure is known by borough of the last 12 months", "last month"),
    ],
)
def test_what_is_counted_by_borough_is_never_said_not_to_be(folder, rows, title, advice):
    folder.load("counts", HEAD + rows, "2004-04-05")
    folder.publish("2004-04-06")
    request = reports.open_request(date(2004, 4, 6), None, folder.data)
    assert windows(request, Choice()) == {}
    said, what = why_none(request, Choice())
    assert said == title
    assert advice in what


def test_without_places_it_is_said_that_there_are_none(folder):
    head = "measure,period_start,grain,unit_code,numerator\n"
    folder.load("returns", head + "networks_disrupted,2004-03-01,month,SCD7,5\n", "2004-04-05")
    folder.publish("2004-04-06")
    request = reports.open_request(date(2004, 4, 6), None, folder.data)
    assert why_none(request, Choice())[0] == "No measure is counted by borough"


def test_a_month_that_nothing_reaches_is_the_reason(folder):
    months = [f"{year}-{month:02d}" for year in (2002, 2003, 2004) for month in range(1, 13)][:30]
    rows = [f"R{n},{month}-03,robbery_business,Camden,SCD7\n" for n, month in enumerate(months)]
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", head + "".join(rows), "2004-07-05")
    folder.publish("2004-07-12")
    request = reports.open_request(None, None, folder.data)
    said, what = why_none(request, Choice(until=date(1066, 2, 1)))
    assert "up to 31 January 1066" in said and "another month" in what
