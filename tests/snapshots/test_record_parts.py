"""Records beside published counts of the same offence: a part never displaces the whole."""

from __future__ import annotations

import re

import pytest

from dashboard import reports

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
COUNTS = "date,grain,borough,offence,offences,publisher,outcomes\n"
JAN, FEB, MARCH = "2015-01", "2015-02", "2015-03"


def published(grain="month", **cells) -> str:
    """A row a borough and period; 20 each of January and February, where nothing else is told."""
    months = cells or {
        f"{area} {month}": 20 for area in ("Camden", "Brent") for month in (JAN, FEB)
    }
    rows = [
        f"{place.split()[1]}{'-01' if grain == 'month' else ''},{grain},{place.split()[0]},"
        f"robbery_business,{n},mps-borough-crime,{n // 4}\n"
        for place, n in months.items()
    ]
    return COUNTS + "".join(rows)


def records(*days_of: tuple[str, str, int], offence="robbery_business") -> str:
    """So many reports on a day in a borough."""
    rows = [
        f"{offence[0]}{day}{area}{n},{day},{offence},{area},SCD7\n"
        for day, area, many in days_of
        for n in range(many)
    ]
    return "".join(rows)


# The publication's two months, known from the first day to the last.
FIRST, LAST = f"{JAN}-01", f"{FEB}-28"


@pytest.fixture
def months(folder):
    def asked(counts: str, crimes: str, measure="commercial_robbery", grain="month"):
        folder.load("counts", counts, "2015-04-10")
        folder.load("crimes", HEAD + crimes, "2015-04-10")
        info = folder.publish("2015-04-11")
        request = reports.open_request(info.as_at, None, folder.data)
        rows = request.run("measure_series", measure=measure, level="force", grain=grain)
        told = {f"{row['period_start']:%Y-%m}": row["numerator"] for row in rows.to_pylist()}
        return told, [text for text in info.manifest["warnings"] if "are a part" in text]

    return asked


@pytest.mark.parametrize(
    ("crimes", "why"),
    [
        # One borough of the two, though as many reports as in both.
        (records((FIRST, "Camden", 40), (LAST, "Camden", 40)), "1 borough .* \\(Brent\\)"),
        # Both boroughs, and one report less than half of 80.
        (records((FIRST, "Camden", 20), (LAST, "Brent", 19)), "39 of the 80"),
    ],
    ids=["one borough", "fewer than half"],
)  # fmt: skip
def test_a_part_is_held_and_named_and_the_publication_shown(months, crimes, why):
    told, said = months(published(), crimes)
    assert told == {JAN: 40, FEB: 40}
    (text,) = said
    assert "source-2.csv" in text and "commercial robbery" in text
    assert re.search(why, text)


def test_half_of_what_is_published_and_every_borough_is_no_part(months):
    told, said = months(published(), records((FIRST, "Camden", 20), (LAST, "Brent", 20)))
    assert (told, said) == ({JAN: 20, FEB: 20}, [])


def test_a_borough_counts_as_known_by_a_record_of_any_offence(months):
    other = records((FIRST, "Brent", 1), offence="murder")
    told, said = months(published(), other + records((FIRST, "Camden", 40), (LAST, "Camden", 39)))
    assert (told, said) == ({JAN: 40, FEB: 39}, [])


def test_four_reports_fewer_are_no_part(months):
    few = published(**{f"Camden {JAN}": 3, f"Camden {FEB}": 3})
    told, said = months(few, records((FIRST, "Camden", 1), (LAST, "Camden", 1)))
    assert (told, said) == ({JAN: 1, FEB: 1}, [])


def test_five_reports_fewer_are(months):
    few = published(**{f"Camden {JAN}": 4, f"Camden {FEB}": 3})
    told, said = months(few, records((FIRST, "Camden", 1), (LAST, "Camden", 1)))
    assert told == {JAN: 4, FEB: 3} and said


def test_of_a_month_that_records_cover_in_part_nothing_is_compared_and_it_keeps_its_count(months):
    told, said = months(
        published(), records((f"{JAN}-09", "Camden", 1), (f"{FEB}-20", "Camden", 1))
    )
    assert (told, said) == ({JAN: 40, FEB: 40}, [])


def test_records_that_end_before_the_publication_leave_no_hole_in_its_months(months):
    three = {f"Camden {month}": 20 for month in (JAN, FEB, MARCH)}
    crimes = records((f"{FEB}-01", "Camden", 10), (LAST, "Camden", 11))
    told, said = months(published(**three), crimes)
    assert (told, said) == ({JAN: 20, FEB: 20, MARCH: 20}, [])


def test_a_part_of_days_is_held_beside_days(months):
    days = {f"{area} {day}": 9 for area in ("Camden", "Brent") for day in (FIRST, LAST)}
    told, said = months(
        published("day", **days), records((FIRST, "Camden", 8), (LAST, "Camden", 8))
    )
    assert told == {JAN: 18, FEB: 18} and said


def test_of_a_rate_the_cases_are_compared(months):
    crimes = records((FIRST, "Camden", 20), (LAST, "Brent", 19))  # none of them detected
    told, said = months(published(), crimes, measure="commercial_robbery_detection")
    assert told == {JAN: 10, FEB: 10}
    assert any("commercial robbery, detection" in text for text in said)


def test_what_no_publication_counts_is_served_by_the_part(months):
    crimes = records((FIRST, "Camden", 3), offence="kidnap") + records((LAST, "Camden", 3))
    told, said = months(published(), crimes, measure="kidnaps")
    assert told == {JAN: 3, FEB: 0}
    assert "kidnap" not in said[0]
