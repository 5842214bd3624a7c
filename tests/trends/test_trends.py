"""Trends: what an address asks for, and what its charts say of a few literal rows."""

from datetime import date, timedelta
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard import reports
from dashboard.periods import planning_year_words
from dashboard.reports.measure import chart_rows, gaps
from dashboard.reports.measure.tracks import Window
from dashboard.reports.trends import asking, seasons, series_at
from dashboard.reports.trends.series_at import Place

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"
FIRST, LAST = date(2002, 4, 1), date(2004, 6, 30)


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


@pytest.fixture(scope="module")
def request_(tmp_path_factory):
    """Robberies every other day from April 2002 to June 2004, a third in Camden, and three
    murders a year: one as-at, 12 July 2004."""
    from tests.folders import Folder  # the fixture of that name lives for one test only

    folder = Folder(tmp_path_factory.mktemp("trends"))
    days = (LAST - FIRST).days
    rows = [
        f"R{n},{day_of(n)},robbery_business,{'Camden' if n % 3 == 0 else 'Brent'},"
        "SCD7,SCD7(5),knife,2004-07-01\n"
        for n in range(0, days + 1, 2)
    ]
    rows += [
        f"M{n},{day_of(n)},murder,Brent,SCD8,,firearm,2004-07-01\n" for n in range(0, days, 120)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-01")
    folder.publish("2004-07-12")
    return reports.open_request(data=folder.data)


ROBBERY = "commercial_robbery"


def asked(request_, **address):
    return asking.asked_of_address(request_, {"measure": ROBBERY, **address})


def test_an_address_without_words_has_the_usual(request_):
    found = asking.asked_of_address(request_, {})
    assert series_at.has_data(request_, found.place.measure)
    found = asked(request_)
    assert (found.level, found.place.unit, found.grain, found.years) == (
        "ocu",
        "SCD7",
        "month",
        "3",
    )
    assert found.remarks == () and found.also == () and not found.shared


def test_a_unit_says_its_level_and_a_borough_its_own(request_):
    assert asked(request_, unit="SCD7(5)").level == "branch"
    found = asked(request_, borough="E09000007", unit="SCD7")
    assert (found.level, found.place) == ("borough", Place(ROBBERY, "MPS", "E09000007"))


def test_a_level_leads_the_unit(request_):
    assert asked(request_, unit="SCD7(5)", level="directorate").place.unit == "SCD"
    mistaken = asked(request_, unit="SCD7", level="rubbish")  # the unit says its level
    assert (mistaken.level, mistaken.place.unit) == ("ocu", "SCD7")
    assert "rubbish, which is none" in " ".join(mistaken.remarks)
    assert asked(request_, unit="SCD7", level="branch").place.unit.startswith("SCD7(")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"measure": "robbery"}, "measure robbery"),
        ({"grain": "decade"}, "grain decade"),
        ({"years": "7"}, "years 7"),
        ({"unit": "SCD77"}, "SCD77, a unit that is not known"),
        ({"rebase": "2003-02-30"}, "2003-02-30"),
        ({"compare": "knives~SCD7"}, "knives~SCD7"),
        ({"compare": ",".join(f"{ROBBERY}~SCD7({n})" for n in (1, 2, 3, 4))}, "1 left out"),
    ],
)
def test_what_cannot_be_followed_is_said(request_, address, words):
    said = asking.asked_of_address(request_, {"measure": ROBBERY, **address}).remarks
    assert any(words in item for item in said)


def test_four_series_at_most_and_each_once(request_):
    words = ",".join([f"{ROBBERY}~E09000007"] * 2 + [f"{ROBBERY}~SCD7(5)"])
    found = asked(request_, compare=words, scale="shared")
    assert found.also == (Place(ROBBERY, "MPS", "E09000007"), Place(ROBBERY, "SCD7(5)"))
    assert ",".join(asking.written(item) for item in found.also) == words[len(ROBBERY) + 11 :]
    tracks = [track for _, track in asking.compared(request_, found)]
    assert len(tracks) == 3 and all(tracks)


def test_series_agree_with_another_count_of_the_same_days(request_):
    days = pl.Series([day_of(n) for n in range(0, (LAST - FIRST).days + 1, 2)])
    expected = (
        pl.DataFrame({"day": days}).group_by(pl.col("day").dt.truncate("1q")).len().sort("day")
    )
    track = series_at.track_at(request_, Place(ROBBERY, "SCD7"), "quarter", Window(years=None))
    assert [point.start for point in track.points] == expected["day"].to_list()[: len(track.points)]
    assert track.values == expected["len"].to_list()[: len(track.points)]
    # the last day of reports is 29 June: the quarter to 30 June is not whole
    assert track.points[-1].start == date(2004, 1, 1)


def test_a_borough_is_its_part_and_never_more(request_):
    camden = series_at.track_at(request_, Place(ROBBERY, "MPS", "E09000007"), "year", Window(None))
    # a third of every other day: each sixth day of 2002/03 from 1 April on
    assert camden.values[0] == len([n for n in range(0, 365, 6)])
    empty = series_at.track_at(request_, Place(ROBBERY, "MPS", "E09000002"), "year", Window(None))
    assert empty.values == [0.0, 0.0]


def test_a_week_and_a_fortnight_are_whole_or_left_out(request_):
    weeks = series_at.track_at(request_, Place(ROBBERY, "SCD7"), "week", Window(None))
    assert weeks.points[-1].start == date(2004, 6, 21)
    assert set(weeks.values) <= {3.0, 4.0}


def test_the_readers_rebase_starts_limits_anew_with_its_reason(request_):
    found = asked(request_, rebase="2003-06-01", because="a <new> unit", years="all")
    track = asking.found(request_, found)
    assert track.rebase == (14,)
    chart = asking.chart(request_, track)
    rows = chart.rows.to_pylist()
    assert [row["segment"] for row in rows[13:15]] == [0, 1]
    assert {row["symbol"] for row in rows[:14]} == {
        None
    }  # and each row after the break has its mark
    assert {row["symbol"] for row in rows[14:]} == {"[b]"}
    assert rows[14]["note"] == "a <new> unit (rebased by the reader)"
    assert "1 June 2003: a <new> unit (rebased by the reader) [b]" in chart.notes
    assert asking.rebased(found, track) == ""
    outside = asked(request_, rebase="1999-01-01")
    assert "outside" in asking.rebased(outside, asking.found(request_, outside))


def test_rare_events_are_days_apart_where_the_days_are_known(request_):
    place = Place("trident_murders", "SCD8")
    track = series_at.track_at(request_, place, "month", Window(years=None))
    assert track.chart_kind == "t" and track.variation == ""
    rows = chart_rows.chart(request_, track).rows.to_pylist()
    assert {row["value"] for row in rows} == {120.0} and {row["chart"] for row in rows} == {"t"}
    assert rows[-1]["period_start"] == day_of(720)
    found = asking.chart(request_, track)
    assert found.title == (
        "Trident murder: the last on 21 March 2004, 120 days after the one before;"
        " usually about 120"
    )
    assert any(
        note.startswith("fewer than one in two months: days between") for note in found.notes
    )
    apart = gaps.gaps(request_, track)
    assert apart.quiet == (date(2004, 6, 1) - date(2004, 3, 21)).days - 1


def test_the_season_compares_the_same_months(request_):
    track = series_at.track_at(request_, Place(ROBBERY, "SCD7"), "month", Window(years=None))
    found = seasons.seasonal(request_, track)
    rows = found.rows.to_pylist()
    assert [row["slot"] for row in rows if row["present"]] == [0, 1]  # April, May
    assert {row["label"] for row in rows} - {""} == {"2002/03", "2003/04", "2004/05"}
    by = {(row["year"], row["slot"]): row["value"] for row in rows}
    above = sum(
        by["2004/05", slot] > max(by["2002/03", slot], by["2003/04", slot]) for slot in (0, 1)
    )
    assert (f"above all 2 years before in {above} of 2" in found.title) == (above > 1)


def test_a_side_in_half_of_the_months_is_no_finding():
    """Of three months one below, then two: more than half is said as a side."""
    years = ((2002, (5.0, 5.0, 5.0)), (2003, (6.0, 6.0, 6.0)))

    def said(now):
        rows = [
            {
                "year": planning_year_words(day := date(year, 4 + slot, 1)),
                "slot": slot,
                "period_start": day,
                "present": year == 2004,
                "value": value,
            }
            for year, values in (*years, (2004, now))
            for slot, value in enumerate(values)
        ]
        track = SimpleNamespace(
            points=[SimpleNamespace(start=row["period_start"]) for row in rows],
            notes=(),
            grain="month",
        )
        return seasons.title_of(rows, track)

    assert "much as all 2 years before" in said((4.0, 5.5, 5.5))
    assert "above in none, below in 1 of 3 months" in said((4.0, 5.5, 5.5))
    assert said((4.0, 4.0, 5.5)) == "2004/05 is below all 2 years before in 2 of 3 months"


@pytest.mark.parametrize(
    ("first", "broken", "said"),
    [
        # Of 2002/03 only March comes after the break: April and May have one year to be above.
        ("2002-04-01", "2003-03-01", "2004/05 is above 2003/04 (since the break of 1 March 2003)"),
        ("2003-05-01", "", "2004/05 is above 2003/04 in 1 of 1 month"),
        ("2001-05-01", "", "2004/05 is above the years before of each month in 2 of 2 months"),
        ("2001-04-01", "", "2004/05 is above all 3 years before in 2 of 2 months"),
    ],
)
def test_the_season_names_the_years_whose_same_months_are_known(first, broken, said):
    start, last = date.fromisoformat(first), date(2004, 5, 1)
    months = [
        date(year, month, 1)
        for year in range(start.year, 2005)
        for month in range(1, 13)
        if start <= date(year, month, 1) <= last
    ]
    rows = [
        {
            "year": planning_year_words(day),
            "slot": (day.month - 4) % 12,
            "period_start": day,
            "present": day >= date(2004, 4, 1),
            "value": float(day.year),
        }
        for day in months
    ]
    notes = [(date.fromisoformat(broken), "anew")] if broken else []
    track = SimpleNamespace(points=[SimpleNamespace(start=last)], notes=notes, grain="month")
    assert seasons.title_of(rows, track).startswith(said)


def test_a_year_that_equals_the_one_before_does_not_lie_within_it():
    rows = [
        {"year": year, "slot": 0, "period_start": date(int(year[:4]), 4, 1), "value": 1.0}
        | {"present": year == "2004/05"}
        for year in ("2003/04", "2004/05")
    ]
    point = SimpleNamespace(start=date(2004, 4, 1))
    track = SimpleNamespace(points=[point], notes=[], grain="month")
    assert seasons.title_of(rows, track) == "2004/05 is as 2003/04 was in its month"


def test_a_yearly_series_has_no_season(request_):
    track = series_at.track_at(request_, Place(ROBBERY, "SCD7"), "year", Window(years=None))
    assert seasons.seasonal(request_, track) is None


@pytest.mark.parametrize(
    ("place", "grain", "words"),
    [
        (Place("child_referrals", "SCD5"), "month", "import its records"),
        (Place(ROBBERY, "SCD7"), "day", "is not counted by day"),
        (Place(ROBBERY, "SCD5"), "month", "names SCD5"),
    ],
)
def test_nothing_to_draw_has_its_own_words(request_, place, grain, words):
    assert words in series_at.why_none(request_, place, grain)


def test_levels_reach_as_far_as_the_scope(request_):
    assert series_at.units(request_, ROBBERY, "ocu") == ["SCD7"]
    assert "SCD1" in series_at.units(request_, "homicides", "ocu")
    assert series_at.levels(request_, ROBBERY)[0] == "force"


def test_several_series_are_told_by_those_beyond(request_):
    track = series_at.track_at(request_, Place(ROBBERY, "SCD7"), "month", Window())
    assert asking.statement_of(["a", "b"], [track, None]).startswith("None of the 1 of 2")
    assert "none of them judged" in asking.statement_of(["a"], [None])


def test_a_link_to_a_unit_that_is_not_counted_says_what_is_shown(request_):
    address = {"measure": "commercial_robbery", "level": "ocu", "unit": "SCD1"}
    found = asking.asked_of_address(request_, address)
    assert found.place.unit == "SCD7"
    assert any("not counted for SCD1: SCD7 is shown" in said for said in found.remarks)
    assert not asking.asked_of_address(request_, address | {"unit": "SCD7"}).remarks
