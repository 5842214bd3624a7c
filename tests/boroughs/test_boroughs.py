"""Boroughs: what a count is set against, who lies outside, and that nothing gets lost."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard import catalogue, reports
from dashboard.errors import NotFoundError
from dashboard.reports import Request
from dashboard.reports.boroughs import all_areas, exposure, london, matrix, one_borough, verdicts
from dashboard.reports.boroughs import funnel as funnels
from dashboard.reports.boroughs import work as borough_work
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.spans import Choice, windows
from dashboard.reports.measure import area_spans
from dashboard.stats import funnel

ROOT = Path(__file__).resolve().parents[2]
REAL = catalogue.load(ROOT / "data" / "catalogue")
CAMDEN, WESTMINSTER, BRENT = "E09000007", "E09000033", "E09000005"
CODES = exposure.policed(REAL)


def window(
    counts: dict[str, float], since=date(2025, 1, 1), until=date(2025, 12, 1)
) -> CountedSpan:
    return CountedSpan(since, until, False, {code: Part(n, None) for code, n in counts.items()})


def shares(parts: dict[str, tuple[float, float]]) -> dict[int, CountedSpan]:
    held = {code: Part(*part) for code, part in parts.items()}
    return {0: CountedSpan(date(2025, 1, 1), date(2025, 12, 1), False, held)}


def test_the_papers_own_figures_make_its_sentence():
    # The paper of the day printed 23.3; 853 of 3,653 is 23.35.
    said = all_areas.share("SCD", Part(853, 3653), "gun-enabled crimes")
    assert said == "SCD investigated 853 of 3,653 gun-enabled crimes, 23.4 %"
    assert all_areas.share("SCD", Part(0, 0), "gun-enabled crimes", " in Camden") == (
        "No gun-enabled crimes in Camden"
    )


def test_eleven_months_are_eleven_twelfths_of_the_years_people():
    months = window({}).months
    assert len(months) == 11
    # 270,541 residents of Westminster in 2025, by the GLA's projection.
    assert exposure.person_years(REAL, WESTMINSTER, months) == pytest.approx(270_541 * 11 / 12)
    both = [date(2024, 12, 1), date(2025, 1, 1)]
    assert exposure.person_years(REAL, WESTMINSTER, both) == pytest.approx((269_593 + 270_541) / 12)


def test_a_year_that_is_not_loaded_takes_its_neighbour_but_not_a_distant_one():
    last = REAL.people(CAMDEN, 2025)
    near, far = [date(2027, 1, 1)], [date(2028, 1, 1)]
    assert exposure.person_years(REAL, CAMDEN, near) == pytest.approx(last.population / 12)
    assert exposure.person_years(REAL, CAMDEN, far) is None
    assert not exposure.loaded(REAL, exposure.WORKDAY, 2025)  # no source has said
    assert exposure.loaded(REAL, exposure.RESIDENTS, 2025)


def test_residents_mislead_round_the_city():
    names = [REAL.areas[code].name for code in exposure.misleading(REAL)]
    assert names == ["Camden", "Hackney", "Islington", "Tower Hamlets", "Westminster"]


def test_a_count_at_its_limit_is_within_and_one_above_is_not():
    # Three years of 20 each: a known mean of 20 would have its 95 % limit at 28.7; a mean of
    # three is a sample too, so the limit is that of 15 (three quarters), 22.5, by 20/15.
    high = funnel.count_limits(15).high_95 * 20 / 15
    assert 30 < high < 31
    before = window(dict.fromkeys(CODES, 20.0))
    for seen, status in ((30.0, "within"), (31.0, "above_95")):
        now = window(dict.fromkeys(CODES, 20.0) | {CAMDEN: seen})
        held = {0: now, 1: before, 2: before, 3: before}
        found = verdicts.compare(REAL, held, exposure.HISTORY, rate=False)
        assert not found.adjust
        assert found.status(CAMDEN) == status
        assert found.boroughs[CAMDEN].size == 20.0


def test_what_lies_beyond_chance_everywhere_widens_the_limits():
    # Half the boroughs at twice, half at half of what their people let expect.
    people = {code: exposure.person_years(REAL, code, window({}).months) for code in CODES}
    counts = {
        code: round(years / 1000 * (2 if place % 2 else 0.5))
        for place, (code, years) in enumerate(people.items())
    }
    found = verdicts.compare(REAL, {0: window(counts)}, exposure.RESIDENTS, rate=False)
    assert found.phi > 10 and found.adjust
    assert all(item.exact.status(item.value) != "within" for item in found.boroughs.values())
    assert {found.status(code) for code in CODES} == {"within"}
    # The expected counts add up to what was seen: the rate is that of the boroughs together.
    total = sum(item.size for item in found.boroughs.values())
    assert total == pytest.approx(sum(counts.values()))


def test_fewer_than_one_a_borough_is_not_judged():
    # 31 events over 32 boroughs are just short of one each, 32 are one each.
    few = window(dict.fromkeys(CODES, 0.0) | {CAMDEN: 31.0})
    found = verdicts.compare(REAL, {0: few}, exposure.RESIDENTS, rate=False)
    assert (found.reason, found.status(CAMDEN)) == (verdicts.too_few(), "")
    enough = window(dict.fromkeys(CODES, 1.0))
    found = verdicts.compare(REAL, {0: enough}, exposure.RESIDENTS, rate=False)
    assert (found.reason, found.status(CAMDEN)) == ("", "within")


def test_shares_are_set_against_the_share_of_all_whatever_was_asked():
    parts = dict.fromkeys(CODES, (20.0, 100.0)) | {CAMDEN: (45.0, 100.0)}
    found = verdicts.compare(REAL, shares(parts), exposure.RESIDENTS, rate=True)
    assert (found.against, found.status(CAMDEN)) == (exposure.CASES, "above_998")
    assert found.status(BRENT) == "within"
    # More outcomes than offences, of earlier ones, is nothing that a share can hold.
    more = verdicts.compare(
        REAL, shares(parts | {CAMDEN: (120.0, 100.0)}), exposure.RESIDENTS, rate=True
    )
    assert more.boroughs[CAMDEN].value > 1 and more.status(CAMDEN) == "above_998"


def test_all_of_a_few_cases_is_not_far_above():
    parts = dict.fromkeys(CODES, (9.0, 10.0)) | {CAMDEN: (1.0, 1.0)}
    found = verdicts.compare(REAL, shares(parts), exposure.RESIDENTS, rate=True)
    assert found.status(CAMDEN) == "within"


HEAD = (
    "crime_ref,reported_on,offence,borough,ocu,branch,weapon,detected_on,detection,validated_on\n"
)


@pytest.fixture
def small(folder) -> Request:
    """Two years of robberies: each month two in Camden, one in Brent, one without a borough."""
    rows = []
    for year in (2002, 2003):
        for month in range(1, 13):
            for number, area in enumerate(("Camden", "Camden", "Brent", "unknown")):
                day = f"{year}-{month:02d}-{number + 1:02d}"
                rows.append(f"R{day}{number},{day},robbery_business,{area},SCD7,SCD7(5),,,,{day}")
    # One gun crime in Camden, which SCD8 takes, and one that the borough keeps.
    rows += [
        "G1,2003-05-05,shooting_nonfatal,Camden,SCD8,SCD8(1),firearm,2003-06-01,sanction,2003-05-06",
        "G2,2003-05-06,robbery_personal,Camden,TP,,firearm,,,2003-05-06",
        "Z,2004-01-02,robbery_business,Brent,SCD7,SCD7(5),,,,2004-01-02",
    ]
    folder.load("crimes", HEAD + "\n".join(rows) + "\n", "2004-01-03")
    return Request(folder.publish("2004-01-05"), folder.data)


def test_tiles_and_the_rest_are_the_total_and_it_says_so(small):
    found = london.tiles(small, "commercial_robbery", Choice("calendar"))
    rows = {row["code"]: row for row in found.rows.to_pylist()}
    assert len([row for row in rows.values() if row["kind"] == "borough"]) == 32
    assert (rows[CAMDEN]["seen"], rows[BRENT]["seen"], rows["unknown"]["seen"]) == (24, 12, 12)
    assert found.notes[0] == (
        "32 boroughs 36 + Heathrow and City airports 0 + unknown 12 = 48, all that SCD7 "
        "investigated."
    )
    city = rows["E09000001"]
    assert (city["said"], city["figure"], city["status"]) == ("not policed by MPS", "", "")
    # January 2004 is not over on 2 January: the span ends with December.
    assert "January to December 2003" in found.subtitle


@pytest.mark.parametrize(("as_at", "shown"), [("2004-12-31", True), ("2005-01-01", False)])
def test_the_map_has_no_measure_whose_figures_ended_over_a_year_ago(folder, small, as_at, shown):
    """They end with December 2003; a link to the map is offered as long as it has the measure."""
    later = Request(folder.publish(as_at), folder.data)
    assert area_spans.on_the_map(later, "commercial_robbery") is shown
    assert ("commercial_robbery" in london.measures(later, Choice())) is shown


def test_place_and_investigator_are_kept_apart(small):
    share = windows(small, Choice("calendar"))["scd_share_of_gun_crime"][0]
    assert share.parts[CAMDEN] == Part(1, 2)
    assert all_areas.share_words(small, Choice("calendar"), CAMDEN) == (
        "SCD investigated 1 of 2 gun-enabled crimes in Camden, 50.0 %, January to December 2003."
    )
    assert windows(small, Choice("calendar", unit="TP"))["gun_crime"][0].parts[CAMDEN].seen == 1
    assert windows(small, Choice("calendar"))["gun_crime"][0].parts[CAMDEN].seen == 2
    of_tp = london.tiles(small, "gun_crime", Choice("calendar", unit="TP"))
    assert of_tp.subtitle.startswith("Gun-enabled crime, investigated by TP")
    assert of_tp.notes[0].endswith("= 1, all that TP investigated.")
    rows = {
        r["ocu"]: r for r in borough_work.work(small, CAMDEN, Choice("calendar")).rows.to_pylist()
    }
    assert list(rows) == ["SCD7", "SCD8", "TP"]  # the directorate's first
    assert (rows["SCD8"]["gun"], rows["SCD8"]["gun_all"], rows["SCD8"]["detected"]) == (1, 2, 1)
    assert (rows["SCD7"]["offences"], rows["SCD7"]["offences_before"]) == (24, 24)
    assert rows["SCD7"]["share"] == pytest.approx(24 / 48)
    assert (rows["SCD8"]["unsolved"], rows["TP"]["unsolved"]) == (0, 1)


def test_a_break_ends_the_history_and_is_marked(small):
    # All series break on 1 April 2002 [NCRS03]: 2002 holds it, so 2003 has no history.
    found = one_borough.measures(small, CAMDEN, Choice("calendar"))
    row = next(r for r in found.rows.to_pylist() if r["measure"] == "commercial_robbery")
    assert (row["figure"], row["before_said"], row["own"]) == ("24", "24 [b]", "")
    assert row["share"] == pytest.approx(24 / 48)
    # From April on there are nine months before, and nine of 2003.
    after = windows(small, Choice("planning"))["commercial_robbery"]
    assert (after[0].since, after[1].since) == (date(2003, 4, 1), date(2002, 4, 1))


def test_a_briefing_is_of_a_borough_that_the_met_polices(small):
    measures, work = one_borough.briefing(small, CAMDEN)
    assert measures.rows.num_rows and work.rows.num_rows
    assert measures.stamp.filters[0] == ("borough", "Camden")
    for wrong in ("E09000001", "E0", None):
        with pytest.raises(NotFoundError):
            one_borough.briefing(small, wrong)


def test_a_month_of_the_address_is_read_or_left():
    assert london.until_of("2025-11") == date(2025, 12, 1)
    assert london.after(date(2025, 12, 1)) == "2025-11"
    assert [london.until_of(word) for word in ("latest", "2025-13", "", None)] == [None] * 4


def test_the_samples_boroughs_as_polars_counts_them(sample_data, sample_snapshot):
    request = Request(sample_snapshot, sample_data)
    crimes = pl.read_parquet(sample_snapshot.path / "facts" / "crimes.parquet")
    spans = {"twelve": date(2003, 7, 1), "planning": date(2004, 4, 1), "month": date(2004, 6, 1)}
    until = date(2004, 7, 1)
    for span, since in spans.items():
        kept = crimes.filter(
            pl.col("reported_on").is_between(since, until, closed="left"),
            pl.col("no_crimed_on").is_null(),
        )
        robberies = kept.filter(offence="robbery_business", ocu="SCD7")
        guns = kept.filter(pl.col("weapon").is_in(["firearm", "imitation_firearm"]))
        for name, rows in (("commercial_robbery", robberies), ("gun_crime", guns)):
            counted = dict(rows.group_by("borough").len().rows())
            found = windows(request, Choice(span))[name][0]
            held = {code: part.seen for code, part in found.parts.items() if part.seen}
            assert held == counted, (span, name)
            assert (found.since, found.until) == (since, until)
    work = borough_work.work(request, CAMDEN, Choice("twelve")).rows.to_pylist()
    here = crimes.filter(pl.col("borough") == CAMDEN, pl.col("no_crimed_on").is_null())
    year = here.filter(pl.col("reported_on").is_between(spans["twelve"], until, closed="left"))
    assert {row["ocu"]: row["offences"] for row in work} == dict(year.group_by("ocu").len().rows())
    minutes = year.group_by("ocu").agg(pl.col("attended_minutes").median()).rows()
    assert {row["ocu"]: row["attended_minutes"] for row in work} == dict(minutes)
    open_days = (
        year.filter(pl.col("detected_on").is_null() | (pl.col("detected_on") >= request.as_at))
        .group_by("ocu")
        .agg((pl.lit(request.as_at) - pl.col("reported_on")).dt.total_days().median())
    )
    assert {row["ocu"]: row["unsolved_days"] for row in work} == dict(open_days.rows())


def test_the_matrix_ranks_nothing_and_says_what_chance_would_do(sample_data, sample_snapshot):
    request = Request(sample_snapshot, sample_data)
    found = matrix.matrix(request, Choice("twelve"))
    rows = found.rows.to_pylist()
    first = [row["borough_name"] for row in rows if row["measure"] == rows[0]["measure"]]
    assert first[:32] == sorted(first[:32])
    owners = list(dict.fromkeys(row["owner"] for row in rows))
    assert owners[:2] == ["SCD1", "SCD4"] and owners == list(dict.fromkeys(owners))
    judged = sum(1 for row in rows if row["status"])
    assert found.notes[0].startswith(f"{judged:,} cells judged")
    far = sum(1 for row in rows if row["status"].endswith("998"))
    assert found.title.startswith(f"{far} cells lie")
    assert all(row["status"] == "" for row in rows if row["kind"] != "borough")
    assert all(row["status"] == "" for row in rows if row["unit"] == "gbp")


LIMITS = verdicts.Limits(0.8, 1.2, 0.7, 1.3)
SHARE, OTHERS = "times its population’s share", "other boroughs differ"
WIDE = verdicts.Limits(0.4, 2.0, 0.2, 2.5)


@pytest.mark.parametrize(
    ("value", "own", "said"),
    [
        # Within limits that are widened as areas differ, and still above what its size suggests
        (1.9, "within", f"1.9 {SHARE}, as much as {OTHERS}; usual for Ashby"),
        (1.2, "within", ""),  # on its own limit: both say as expected
        (1.9, "above_95", f"1.9 {SHARE}, as much as {OTHERS}; higher than usual for Ashby"),
        (2.1, "within", f"2.1 {SHARE}, more than {OTHERS}; usual for Ashby"),  # beyond what is due
        (1.0, "above_998", "as its population suggests; higher than usual for Ashby"),
        (0.7, "above_95", f"0.7 {SHARE}, as much as {OTHERS}; higher than usual for Ashby"),
        (1.9, "", f"1.9 {SHARE}, as much as {OTHERS}"),  # without a history there is one yardstick
    ],
)
def test_where_population_and_own_history_differ_both_are_named(value, own, said):
    item = verdicts.Judged(19, 10, value, LIMITS, WIDE, 10)
    judged = verdicts.Comparison("residents", "residents", {"A": item}, adjust=True)
    request = SimpleNamespace(catalogue=SimpleNamespace(areas={"A": SimpleNamespace(name="Ashby")}))
    assert judged.status("A") == ("within" if value <= 2 else "above_95")
    assert one_borough.two_yardsticks(request, judged, own, "A") == said


def test_a_boroughs_alert_and_what_is_outside_stand_first(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    found = one_borough.measures(request, "E09000012", Choice())
    rows = found.rows.to_pylist()
    ranks = [one_borough.rank_of(row) for row in rows[1:]]
    assert rows[0]["measure"] == "commercial_robbery" and ranks == sorted(ranks)
    assert {row["status"] for row in rows[1:4]} == {"above_95"} and "within" not in found.subtitle
    gun = next(row for row in rows if row["measure"] == "gun_crime")
    assert gun["yardsticks"] == f"1.9 {SHARE}, as much as {OTHERS}; usual for Hackney"
    knife = next(row for row in rows if row["status"] == "above_95")
    assert f"{SHARE}, more than {OTHERS}" in knife["yardsticks"]
    assert one_borough.heading(found.title, "Hackney").startswith("Hackney")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            [("Kidnap", "n", "above"), ("Trident murder", "n", "above")],
            "Ashby is far above what is expected on kidnap and Trident murder, against residents",
        ),
        (
            [("Kidnap", "n", "above"), ("Kidnap, detection", "percent", "below")],
            "Ashby is far above what is expected on kidnap, against residents, and far below what "
            "is expected on kidnap, detection",
        ),
        # What the table marks, its statement never calls within limits.
        (
            [("Kidnap", "n", "above"), ("Blackmail", "n", "above_95")],
            "Ashby is far above what is expected on kidnap, against residents, and above what is "
            "expected on blackmail, against residents",
        ),
        (
            [("Blackmail", "n", "above_95")],
            "Ashby is above what is expected on blackmail, against residents",
        ),
        ([], "Ashby stands out on no measure, against residents"),
    ],
)
def test_the_title_of_a_borough_names_what_counts_stand_against(found, said):
    rows = [{"name": "Other", "unit": "n", "status": "within"}]
    rows += [
        {"name": name, "unit": unit, "status": side if "_" in side else f"{side}_998"}
        for name, unit, side in found
    ]
    assert one_borough.title_of(rows, SimpleNamespace(name="Ashby"), "residents") == said


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ([], "none of 32 boroughs is far from"),
        (["above_95"], "; 1 is somewhat above or below it, about 2 would be by chance"),
        (["above_95", "below_95"], "; 2 are somewhat above or below it, about 2 would be by"),
    ],
)
def test_a_title_without_far_ones_counts_those_beyond_the_inner_limits(
    small, monkeypatch, odd, said
):
    stands = {f"E{number}": (odd[number : number + 1] or ["within"])[0] for number in range(32)}
    judged = SimpleNamespace(boroughs=stands, against="residents", status=stands.get)
    monkeypatch.setattr(funnels, "comparison", lambda *_: judged)
    title = funnels.funnel_title(small, "commercial_robbery", Choice("calendar"))
    assert said in title
    assert ("somewhat" in title) is bool(odd)


def test_below_an_alerts_title_it_is_said_that_the_tiles_are_of_another_span(sample_data):
    request = reports.open_request(date(2004, 7, 12), data=sample_data)
    found = london.tiles(request, "commercial_robbery", Choice("twelve"))
    stands = {row["name"]: row["status"] for row in found.rows.to_pylist()}
    assert "in the fortnight to 11 July" in found.title
    assert "not the alert's fortnight: July 2003 to June 2004" in found.subtitle
    # The alert's boroughs, as the tiles have them
    assert {stands[name] for name in ("Camden", "Hackney", "Islington")} == {"within"}
    assert "Camden, Hackney and Islington as expected" in found.subtitle
    without = london.tiles(request, "kidnaps", Choice("twelve"))
    assert "alert" not in without.title + without.subtitle
