"""The backtest: past forecasts with what was known then, scored by figures worked out elsewhere."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import nbinom

from dashboard import reports
from dashboard.reports.alerts import past_record, rows_of_list, widths
from dashboard.reports.alerts import past_rounds as fortnights
from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest import past_alerts, power_words, scores
from dashboard.reports.measure import past_targets as targets
from dashboard.reports.measure import year_ends as years
from dashboard.reports.measure.growth import WHOLE, Grown
from dashboard.stats import year_end

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
APRIL = date(2000, 4, 1)


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


@pytest.fixture(scope="module")
def again(request_):
    return fortnights.rounds(request_, request_.listed)


@pytest.fixture(scope="module")
def found(request_):
    return scores.backtest(request_)


def monthly(counts, breaks=(), start=APRIL):
    return Grown("kidnaps", "SCD7", None, "month", start, np.array(counts, dtype=float), breaks)


# Fortnights


def test_the_last_meeting_is_the_alert_list_itself(request_, again):
    last, listed = again.meetings[-1], rows_of_list.alert_rows(request_)
    assert last.window == request_.fortnight
    # a borough's row is its owner's, so that the unit is left out of what is compared
    mine = {
        (item.measure, item.family, item.borough, now, round(mean, 9))
        for item, now, mean in zip(last.series, last.now, last.mean, strict=True)
    }
    keys = ("measure", "family", "borough", "now")
    # Boroughs that are one problem are one row of the list; they are tested one by one.
    single = [row for row in listed.rows if len(row["boroughs"]) < 2]
    theirs = {(*(row[key] for key in keys), round(row["expected"], 9)) for row in single}
    assert len(last.series) == sum(listed.counts.values())
    assert theirs and theirs <= mine


def test_figures_of_the_day_are_those_of_its_snapshot(request_, again, sample_data):
    known = {item.window.since: item.known for item in again.forecasts}
    assert known[date(2004, 6, 28)] == date(2004, 6, 28)  # forecast before it began
    assert known[date(2004, 2, 9)] is None  # no snapshot then: today's figures, cut
    met = {item.window.until: item for item in again.meetings}[date(2004, 6, 28)]
    then = rows_of_list.alert_rows(reports.open_request(date(2004, 6, 28), None, sample_data))
    assert met.known == date(2004, 6, 28)
    assert len(met.series) == sum(then.counts.values())
    note = next(item for item in scores.backtest(request_).fortnights.notes if "7 of" in item)
    assert f"7 of {len(again.forecasts)} fortnights" in note


def test_coverage_is_that_of_the_negative_binomial_of_scipy(again, found):
    parts = [
        np.concatenate([getattr(item, key) for item in again.forecasts])
        for key in ("now", "mean", "variance", "measure")
    ]
    now, mean, variance = (part.astype(float) for part in parts[:3])
    size = mean**2 / (variance - mean)
    of = nbinom(size, size / (size + mean))
    inside = (now >= of.ppf(0.10)) & (now <= of.ppf(0.90))
    rows = {row["measure"]: row for row in found.fortnights.rows.to_pylist() if not row["level"]}
    assert (rows["all"]["held_80"], rows["all"]["n"]) == (inside.sum(), len(inside))
    robbery = parts[3] == "commercial_robbery"
    assert rows["commercial_robbery"]["held_80"] == inside[robbery].sum()


def test_a_forecast_knows_nothing_of_what_came_after(folder):
    """The same fortnights with a rise in the last one: all earlier rounds stay as they were."""
    usual = [robberies(number, 3) for number in range(30)]
    folder.load("crimes", HEAD + "".join(usual), "2004-07-11")
    folder.publish("2004-07-12")
    calm = rounds_of(folder, "2004-07-12")
    folder.load("crimes", HEAD + "".join([*usual[:-1], robberies(29, 30)]), "2004-07-12")
    folder.publish("2004-07-13")
    risen = rounds_of(folder, "2004-07-13")
    assert [list(item.mean) for item in calm] == [list(item.mean) for item in risen]
    assert risen[-1].now[0] == 30 and calm[-1].now[0] == 3
    assert [list(item.now) for item in calm[:-1]] == [list(item.now) for item in risen[:-1]]


def robberies(number, count):
    since = date(2004, 7, 12) - timedelta(days=14 * (30 - number))
    return "".join(
        f"F{number}-{item},{since + timedelta(days=13 - item % 14)},robbery_business,Camden,SCD7\n"
        for item in range(count)
    )


def rounds_of(folder, as_at):
    request = reports.open_request(date.fromisoformat(as_at), None, folder.data)
    return fortnights.rounds(request, request.listed).forecasts


def test_levels_add_up_to_all_and_one_that_falls_short_is_named(found):
    rows = found.fortnights.rows.to_pylist()
    every, *levels = [row for row in rows if row["measure"] == "all"]
    assert [row["level"] for row in levels] == ["borough", "ocu", "directorate"]
    assert sum(row["held_80"] for row in levels) == every["held_80"]
    assert sum(row["n"] for row in levels) == every["n"]
    short = levels[-1] | {"held_80": 14, "n": 24, "share_80": 14 / 24}
    assert "of the directorate and London only 58 % (14 of 24)" in words.fortnights([every, short])
    assert words.fortnights(rows).endswith("the 95 % band 97 %")


# Year ends


def test_the_season_is_the_mean_of_the_years_before_alone():
    even, early = [10] * 12, [20] * 6 + [0] * 6
    series = monthly(even + early + [7] * 12)
    assert series.years == {2000: 120.0, 2001: 120.0, 2002: 84.0}
    # after three months: 30 of 120 and 60 of 120; the year itself is not looked at
    assert series.elapsed(2002, date(2002, 7, 1)) == pytest.approx((0.25 + 0.5) / 2)
    changed = monthly(even + early + [1] * 3 + [99] * 9)
    assert changed.elapsed(2002, date(2002, 7, 1)) == series.elapsed(2002, date(2002, 7, 1))
    assert series.elapsed(2001, date(2001, 7, 1)) is None  # one year before is too few


def test_the_dispersion_is_of_the_windows_before_the_day():
    series = monthly(range(36))
    assert list(series.recent(date(2002, 4, 1))) == list(range(24))
    assert list(series.recent(date(2000, 6, 1))[-3:])[1:] == [0.0, 1.0]
    broken = monthly(range(36), breaks=(date(2002, 1, 1),))
    assert list(broken.recent(date(2002, 4, 1))[-4:])[1:] == [21.0, 22.0, 23.0]
    assert np.isnan(broken.recent(date(2002, 4, 1))[:-3]).all()


def test_a_year_with_a_break_is_neither_forecast_nor_compared():
    inside = monthly([5] * 36, breaks=(date(2001, 9, 1),))
    assert not inside.unbroken(2001) and inside.unbroken(2000)
    assert inside.last_year(2002) is None
    first_day = monthly([5] * 36, breaks=(date(2001, 4, 1),))
    assert first_day.unbroken(2001) and first_day.last_year(2001) is None
    assert first_day.last_year(2002) == 60.0


def test_days_of_forecast_lie_inside_the_year():
    months = list(monthly([1] * 24).origins(2001))
    assert (months[0], months[-1], len(months)) == (date(2001, 5, 1), date(2002, 3, 1), 11)
    daily = Grown("kidnaps", "SCD7", None, "day", APRIL, np.ones(800), ())
    days = list(daily.origins(2001))
    assert all((day - date(2004, 7, 12)).days % 14 == 0 for day in days)
    assert date(2001, 4, 1) < days[0] and days[-1] < date(2002, 4, 1) and len(days) == 26


def test_totals_and_counts_so_far_are_those_of_the_facts(request_, sample_snapshot):
    facts = pl.read_parquet(sample_snapshot.path / "marts" / "observations.parquet")
    robbery = facts.filter(pl.col("measure") == "commercial_robbery")

    def between(since, until):
        days = pl.col("period_start")
        return robbery.filter(days >= since, days < until)["numerator"].sum()

    found = years.years(request_, WHOLE)
    one = found.of((found.measure == "commercial_robbery") & (found.year == 2003))
    assert set(one.total) == {between(date(2003, 4, 1), date(2004, 4, 1))}
    assert set(one.last) == {between(date(2002, 4, 1), date(2003, 4, 1))}
    for origin, so_far in zip(one.origin, one.so_far, strict=True):
        assert so_far == between(date(2003, 4, 1), date.fromordinal(int(origin)))


@pytest.fixture
def four_years(folder):
    """Forty kidnaps a month from April 2000 on; those of May 2003 are entered in August."""

    def rows(late):
        day, found = date(2000, 4, 1), []
        while day < date(2004, 4, 1):
            if late or day.replace(day=1) != date(2003, 5, 1):
                found += [f"K{day}-{n},{day},kidnap,Camden,SCD7\n" for n in range(day.day % 3)]
            day += timedelta(days=1)
        return found

    early = [row for row in rows(False) if row.split(",")[1] < "2003-06-09"]
    folder.load("crimes", HEAD + "".join(early), "2003-06-08")
    folder.publish("2003-06-09")
    folder.load("crimes", HEAD + "".join(rows(True)), "2004-05-01")
    folder.publish("2004-05-03")
    return folder.data


def test_the_count_so_far_is_the_one_of_a_snapshot_of_the_day(four_years):
    request = reports.open_request(date(2004, 5, 3), None, four_years)
    found = years.years(request, WHOLE)
    kidnaps = found.of((found.measure == "kidnaps") & (found.year == 2003))
    so_far = {
        date.fromordinal(int(day)): count
        for day, count in zip(kidnaps.origin, kidnaps.so_far, strict=True)
    }
    # Monday 2 June 2003 ends a fortnight of the grid; so does 16 June. 9 June does not.
    assert found.known == (date(2003, 6, 9),)
    may = sum(day % 3 for day in range(1, 32))
    april = sum(day % 3 for day in range(1, 31))
    assert so_far[date(2003, 6, 2)] == april + 1 % 3  # May was not yet entered
    assert so_far[date(2003, 6, 16)] == april + may + sum(day % 3 for day in range(1, 16))


def test_targets_are_last_years_total_where_the_catalogue_has_none(request_):
    found = years.years(request_, WHOLE)
    asked = targets.asked(request_, found)
    row = int(np.flatnonzero((found.measure == "kidnaps") & (found.year == 2003))[0])
    of_row = asked.row == row
    assert list(asked.change[of_row]) == [-0.05, 0.0, 0.05]
    assert list(asked.target[of_row]) == pytest.approx(
        list(found.last[row] * c for c in (0.95, 1, 1.05))
    )
    assert not asked.higher[of_row].any()
    # more networks disrupted is better: at the target or over
    networks = np.isin(asked.row, np.flatnonzero(found.measure == "networks_disrupted"))
    assert networks.any() and asked.higher[networks].all()


def test_chances_of_at_least_are_one_less_those_of_one_under(request_):
    found = years.years(request_, WHOLE)
    found = found.of(found.measure == "networks_disrupted")
    asked = targets.asked(request_, found)
    one = targets.chances(found, asked, np.ones(len(found.measure)))
    for place in range(0, len(one), 7):
        row = asked.row[place]
        phi = found.variance[row] / found.rest[row] * found.elapsed[row]
        expected = year_end.chance_at_least(
            found.so_far[row], found.elapsed[row], asked.target[place], phi
        )
        assert one[place] == pytest.approx(expected)


def test_the_factor_then_looks_at_earlier_years_only(request_):
    found = years.years(request_, WHOLE)
    first, last = found.year.min(), found.year.max()
    factors = years.widened_then(found)
    assert (factors[found.year == first] == 1).all()
    before = found.of(found.year < last)
    assert set(factors[found.year == last]) == {years.factor_of_all(before)}


def test_inflation_names_every_count_measure_and_never_narrows(request_):
    factors = years.inflation(request_)
    counts = {
        item.id
        for item in request_.measures.values()
        if not item.is_rate and item.aggregate == "sum"
    }
    assert set(factors) == counts and min(factors.values()) >= 1
    # two past years are too few for one crime type: all stand in
    assert len(set(factors.values())) == 1


def test_rates_stand_beside_counts_and_are_nearer_than_two_simple_calls(found):
    rows = [row for row in found.years.rows.to_pylist() if row["kind"] == "rate"]
    every = next(row for row in rows if (row["place"], row["measure"]) == (WHOLE, "all"))
    single = [row for row in rows if row["place"] == WHOLE and row["measure"] != "all"]
    assert every["n"] == sum(row["n"] for row in single)
    assert every["share_80"] * every["n"] == pytest.approx(
        sum(row["share_80"] * row["n"] for row in single)
    )
    assert every["low_80"] <= 0.80 <= every["high_80"]
    assert every["mae"] < every["mae_run_rate"] and every["mae"] < every["mae_last_year"]
    assert every["brier"] < every["brier_last_year"]
    # what settles after a year is not known on the days of forecast
    assert "homicide_clear_up_cohort" not in {row["measure"] for row in rows}


# Alerts


def test_the_planted_rises_of_the_sample_are_found_and_named(request_, again):
    planted = past_record.truth(request_)
    tallies, named = past_alerts.tallies(again.meetings, planted)
    assert len(named) == sum("now" in event for event in planted) == 4
    assert all(item.alerted for item in named)
    # The rises of spring that were decided on were planted, too: no alert on one is false.
    spring = {event["borough"] for event in planted if event["kind"] == "acted_on"}
    alerts = [
        item.borough
        for meeting in again.meetings
        if meeting.window.since in (date(2004, 4, 5), date(2004, 4, 19))
        for item, tier in zip(
            meeting.series, past_record.tiers_of(meeting, meeting.now)[0], strict=True
        )
        if tier == "alert" and item.borough
    ]
    assert alerts and set(alerts) <= spring
    of_spring = [one for one in again.meetings if one.window.since.isoformat()[:7] == "2004-04"]
    assert past_record.judged(tuple(of_spring), planted).true == len(alerts)
    listed = rows_of_list.alert_rows(request_).rows
    last = past_alerts.tallies(again.meetings[-1:], planted)[0]
    alerted = sum(max(len(r["boroughs"]), 1) for r in listed if r["tier"] == "alert")
    assert sum(t.alerts for t in last.values()) == alerted
    # what came after the last meeting is not known yet
    assert sum(t.judged for t in last.values()) == 0


@pytest.mark.parametrize("known", [True, False])
def test_what_came_of_alerts_is_what_the_alert_list_says_of_its_past(request_, again, known):
    planted = past_record.truth(request_) if known else None
    tallies, named = past_alerts.tallies(again.meetings, planted)
    record = past_record.judged(again.meetings, planted)
    sums = [sum(getattr(t, name) for t in tallies.values()) for name in ("judged", "true")]
    assert sums == [record.alerts, record.true]
    assert sums[0] < sum(t.alerts for t in tallies.values())  # the last can't be judged yet
    assert bool(named) == known


def test_injected_rises_are_the_same_each_time_and_found_more_the_bigger(again):
    first, second = (past_alerts.injected(again.meetings[-20:]) for _ in range(2))
    assert first == second
    powers = [first.sizes[low] for low, _ in past_alerts.SIZES]
    shares = [size.found / size.planted for size in powers if size.planted]
    assert shares == sorted(shares)


# Words


def test_titles_say_the_numbers_of_their_rows(found):
    row = found.fortnights.rows.to_pylist()[0]
    held, n = (int(item.replace(",", "")) for item in numbers(found.fortnights.title, r"\((.*)\)"))
    assert (held, n) == (row["held_80"], row["n"])
    assert f"held {100 * row['share_80']:.0f} %" in found.fortnights.title
    whole = found.years.rows.to_pylist()[0]
    rates = next(row for row in found.years.rows.to_pylist() if row["kind"] == "rate")
    assert (whole["place"], rates["place"]) == (WHOLE, WHOLE)
    said = re.findall(r"\(([\d,]+) of ([\d,]+)\)", found.years.title)
    read = [tuple(int(item.replace(",", "")) for item in pair) for pair in said]
    assert read == [(row["held_80"], row["n"]) for row in (whole, rates)]
    alerts = found.alerts.rows.to_pylist()
    total, judged, true = (sum(row[key] for row in alerts) for key in ("alerts", "judged", "true"))
    said = [int(item) for item in re.findall(r"\d+", found.alerts.title)]
    assert said == [total, alerts[0]["meetings"], judged, true, judged - true]


def test_the_pages_title_is_what_came_short_of_what_was_said(found):
    tables = {"years": found.years, "power": found.power, "fortnights": found.fortnights}
    rows = {name: item.rows.to_pylist() for name, item in tables.items()}
    years, power, windows = (rows[name] for name in ("years", "power", "fortnights"))
    title, whole = words.headline(years, power, windows), years[0]
    assert f"({whole['held_80']} of {whole['n']})" in title and "fortnights" not in title
    assert all(f" at {row['expected']}" in found.power.title for row in power)
    # the shares of what was said: at 0.75 a band is held, just short of it it is not
    held = {**whole, "share_80": 0.75}
    half = [{"planted": 10, "found": 5}]
    assert words.headline([held], half, windows) == found.fortnights.title
    short = words.headline([{**held, "share_80": 0.7499}], half, windows)
    assert short.startswith("The 80 % band held 75 % of year ends") and "Of 10" not in short
    missed = words.headline([held], [{"planted": 10, "found": 4}], windows)
    assert missed == "Of 10 rises put in, 4 raised an alert (40 %)"


def test_whether_an_alert_can_be_trusted_is_said_of_its_own_rows(found):
    alerts, power = (item.rows.to_pylist() for item in (found.alerts, found.power))
    said, doubled = power_words.trust(alerts, power, True)
    true, judged = (sum(row[key] for row in alerts) for key in ("true", "judged"))
    assert said.startswith(f"Of {judged} past alerts {true} were real")
    assert all(f"where {row['expected']} are" in doubled for row in power)
    sizes = [{"share": 0.1, "expected": "A"}, {"share": 0.0999, "expected": "B"}]
    (just,) = power_words.trust([], sizes, False)
    assert "in 1 of 10 cases where A are" in just and "seldom where B are" in just
    assert power_words.trust([], [], True) == []


def test_what_the_wall_says_of_a_chance_is_scored_by_itself(found):
    rows = [row for row in found.reliability.rows.to_pylist() if row["place"] == WHOLE]
    parts = [row for row in rows if row["part_of"]]
    wholes = {row["words"]: row for row in rows if not row["part_of"]}
    assert [row["words"] for row in parts] == ["under 1 in 100", "over 99 in 100"]
    for row in parts:
        of = wholes[row["part_of"]]
        assert row["n"] < of["n"] and row["came_true"] <= of["came_true"]
        assert f"{row['came_true']} times of {row['n']}" in found.reliability.title
    low = [row["words"] for row in wholes.values() if row["mean_chance"] < row["low"]]
    assert low and all(f"'{name}' came true" in found.reliability.title for name in low)


def numbers(title, pattern):
    return re.findall(r"[\d,]+\d|\d", re.search(pattern, title)[1])


def test_the_markdown_has_a_line_a_crime_type_and_boroughs_in_one(request_, found):
    lines = scores.markdown(request_).splitlines()
    rows = found.years.rows.to_pylist()
    whole = [row for row in rows if row["place"] == WHOLE]
    tabled = [line for line in lines if line.startswith("|")]
    # two heads of two lines each; all boroughs in one line, of counts and of rates
    assert len(tabled) == 4 + found.fortnights.rows.num_rows + len(whole) + 2
    assert len({line.count("|") for line in tabled}) == 2


def test_every_row_of_the_command_names_its_table(request_, found):
    rows = scores.table(request_)
    assert {row["part"] for row in rows} == {
        *("fortnights", "year_ends", "stages", "reliability", "alerts", "power", "planted")
    }
    assert sum(row["part"] == "year_ends" for row in rows) == found.years.rows.num_rows


def test_too_short_a_past_says_so_in_words(folder):
    folder.load("crimes", HEAD + "C1,2004-06-30,kidnap,Camden,SCD7\n", "2004-07-11")
    folder.publish("2004-07-12")
    request = reports.open_request(date(2004, 7, 12), None, folder.data)
    found = scores.backtest(request)
    assert found.fortnights.title == "No past fortnight can be forecast from these figures"
    assert found.years.title == "No past planning year can be forecast from these figures"
    assert found.alerts.rows.num_rows == found.power.rows.num_rows == 0
    assert years.inflation(request) == {}
    assert "|" not in scores.markdown(request)


def test_widths_agree_with_the_backtests_page(request_, found):
    """The page's own share of the directorate's counts is made of the same forecasts."""
    listed = found.fortnights.rows.to_pylist()
    whole = [row for row in listed if row["level"] in ("ocu", "directorate")]
    every = widths.widths(request_)[""]
    assert every.n == sum(row["n"] for row in whole)
    assert every.held == sum(row["held_80"] for row in whole)
