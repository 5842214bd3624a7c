"""A unit's page: what its sentences say of which rows, and what stands in for missing data."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from dashboard.charts import funnel
from dashboard.errors import NotFoundError
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import office, pictures, pptx
from dashboard.periods import next_start
from dashboard.reports.alerts import standing
from dashboard.reports.measure import chart_rows, wording, year_words
from dashboard.reports.measure.tracks import track
from dashboard.reports.unit import branches, ocu, planned, records
from tests.asking import a_measure

ROBBERIES = "blackmail"
PLAN = {ROBBERIES: a_measure(ROBBERIES)}
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("measure", "place", "grain", "unit_code", "borough")]
    + [("period_start", pa.date32())]
    + [(name, pa.float64()) for name in ("numerator", "denominator")]
    + [(name, pa.bool_()) for name in ("provisional", "whole")]
)


@pytest.fixture(autouse=True)
def no_alerts(monkeypatch):
    """These tracks are made up: no list of alerts is known of them (see alerts/test_standing)."""
    monkeypatch.setattr(standing, "alerts_on", lambda *_, **__: ())


def told(rows):
    return {name: pa.Table.from_pylist(found, SCHEMA) for name, found in rows.items()}


def months(values, since=date(2002, 4, 1), denominator=None):
    """Rows of months in a row; None leaves a month out."""
    rows, start = [], since
    for value in values:
        row = {"period_start": start, "numerator": value, "denominator": denominator}
        if value is not None:
            rows.append(row | {"provisional": False})
        start = next_start(start, "month")
    return rows


@pytest.fixture
def made(asking):
    def of(values, request=None, **more):
        request = request or asking(plan=PLAN)
        return track(request, ROBBERIES, "SCD7", "unit", "month", months(values, **more))

    return of


LEVEL = [10, 14, 9, 13, 11, 12, 10, 13, 9, 14, 11, 12] * 2  # mean 11.5, no runs


def test_a_shift_is_dated_by_the_first_point_of_its_run(made):
    # 24 months at a level, then 7 above it: November 2003 is the last below the new mean
    said = wording.statement(made([*LEVEL[:20], 9, 16, 15, 17, 16, 15, 16, 16]))
    assert said == "Robberies have run above their usual level since January 2004"


def test_what_lay_beyond_a_limit_is_not_called_close_to_it(made):
    # 20 and 18 lie close to the upper limit; of 21 and 18 the first lies beyond.
    said = [wording.statement(made([*LEVEL, 14, before, 18])) for before in (20, 21)]
    assert said == [
        "Robberies were close to their upper limit in two of the last three months",
        "Robberies were close to or beyond their upper limit in two of the last three months",
    ]


def test_six_points_are_no_shift(made):
    said = wording.statement(made([*LEVEL[:20], 9, 15, 14, 15, 14, 15, 14]))
    assert said == "Robberies were within their usual range in June 2004"


def test_a_point_outside_the_limits_is_named_by_its_month(made):
    said = wording.statement(made([*LEVEL, 12, 11, 40]))
    assert said == "Robberies were above their usual range in June 2004"


def test_fewer_than_five_a_month_have_a_forecast_band_and_no_verdict(made):
    enough = made([1, 0, 2, 1, 0, 26] * 3)  # mean 5
    assert enough.chart.kind == "xmr"
    small = made([1, 0, 2, 1, 0, 25] * 3)  # just short of it
    assert small.chart.kind == "band" and small.variation == "" and small.assurance == ""
    small = made([1, 0, 2, 1, 0, 3] * 3)  # 18 in the 17 months before: P(X <= 3) is 0.97
    assert (
        wording.statement(small) == "Robberies: 3 in September 2003, within the forecast of 0 to 4"
    )


def test_the_rows_of_the_chart_carry_what_the_statement_says(made, asking):
    request = asking(plan=PLAN)
    found = chart_rows.chart(request, made([*LEVEL, 12, 11, 40]))
    last = found.rows.to_pylist()[-1]
    assert (last["point"], last["rule"]) == ("concern_high", "outside the limits")
    assert last["value"] > last["upper"]
    assert found.title == "Robberies were above their usual range in June 2004"


def test_a_missing_month_is_a_gap_and_never_zero(made, asking):
    found = chart_rows.chart(asking(plan=PLAN), made([*LEVEL[:6], None, *LEVEL[:6]]))
    gap = found.rows.to_pylist()[6]
    assert gap["value"] is None and gap["said"] == "[x]"
    assert any("[x]" in note for note in found.notes)


def test_the_drawn_lower_limit_stops_at_zero(made, asking):
    found = chart_rows.chart(asking(plan=PLAN), made([0, 20, 0, 20, 1, 19] * 4))
    assert {row["lower"] for row in found.rows.to_pylist()} == {0.0}


def test_year_to_date_beside_the_same_months_a_year_before(made):
    # April 2002 to June 2004: 27 months; the last three are this year's
    said = year_words.year_to_date(made([10] * 24 + [20, 21, 22]))
    assert said == (
        "63 in the year to date (April to June 2004), 30 in the same months a year before."
    )


def test_a_rate_shows_both_its_parts(made, asking):
    request = asking(plan={ROBBERIES: a_measure(unit="percent", better="higher")})
    held = made([12] * 3, request, since=date(2004, 4, 1), denominator=49)
    assert year_words.year_to_date(held).startswith("24 % (36 of 147) in the year to date")


def test_slow_measures_are_judged_by_settled_months_only(asking):
    request = asking(plan={ROBBERIES: a_measure(settles=365)})
    rows = months([*LEVEL, 12, 11, 40])
    rows[-1]["provisional"] = True
    held = track(request, ROBBERIES, "SCD7", "unit", "month", rows)
    assert wording.statement(held) == "Robberies were within their usual range in May 2004"


def row(name=ROBBERIES, place="unit", **more):
    return {
        "measure": name,
        "place": place,
        "grain": "month",
        "period_start": date(2004, 6, 1),
        "numerator": 12.0,
        "provisional": False,
        "whole": True,
    } | more


def test_plan_says_x_for_what_has_no_data(asking):
    measures = PLAN | {"kidnaps": a_measure("kidnaps")}
    request = asking(plan=measures, rows=told({"unit_measures": [row()]}))
    found = planned.plan(request, "SCD7")
    assert found.rows.column("symbol").to_pylist() == ["", "[x]"]
    assert found.rows.column("figure").to_pylist() == ["12", "[x]"]
    assert ocu.first(request, found) == ROBBERIES


def test_published_counts_are_called_force_wide(asking):
    request = asking(plan=PLAN, rows=told({"unit_measures": [row(place="published")]}))
    found = planned.plan(request, "SCD7")
    assert found.rows.column("place").to_pylist() == ["published"]
    assert found.notes == ("force-wide: published counts of the whole force, not SCD7's own",)


def test_a_month_that_is_not_over_is_left_out(asking):
    rows = [row(), row(period_start=date(2004, 7, 1), numerator=3.0, whole=False)]
    found = planned.plan(asking(plan=PLAN, rows=told({"unit_measures": rows})), "SCD7")
    assert found.rows.column("value").to_pylist() == [12.0]


def test_what_changed_is_told_of_fresh_figures_only(asking):
    request = asking(plan=PLAN, rows=told({"unit_measures": [row(period_start=date(2004, 2, 1))]}))
    assert ocu.head(request, "SCD7").changed == ("Nothing is known beyond 29 February 2004",)
    request = asking(plan=PLAN, rows=told({"unit_measures": [row()]}))
    assert ocu.head(request, "SCD7").changed == ("No last period is beyond its own limits",)


def test_a_unit_without_data_has_its_own_words(asking):
    request = asking(plan=PLAN, rows=told({"unit_measures": []}))
    assert ocu.head(request, "SCD7").changed == ()
    assert "import its records" in ocu.no_data(request, "SCD7", ROBBERIES)


@pytest.mark.parametrize(
    ("said", "shown", "remark"),
    [
        ("SCD7", "SCD7", ""),
        ("SCD7(5)", "SCD7", "a branch of SCD7"),  # a branch opens its OCU
        ("SCD", "SCD", ""),  # units above the OCUs have a page too
        (None, "SCD1", ""),
    ],
)
def test_the_unit_of_a_link(said, shown, remark, asking):
    code, words = ocu.unit_of(asking(plan=PLAN), said)
    assert code == shown and remark in words


def test_a_link_with_a_measure_alone_opens_its_owner(asking):
    request = asking(plan=PLAN)
    measure, about = next(iter(request.measures.items()))
    assert ocu.unit_of(request, None, measure) == (about.owner, "") != ("SCD1", "")
    assert ocu.unit_of(request, None, "none of that name") == ("SCD1", "")


def test_an_unknown_unit_names_its_neighbours(asking):
    with pytest.raises(NotFoundError, match="SCD7"):
        ocu.unit_of(asking(plan=PLAN), "SCD77")


def branch_rows(before, now):
    found = []
    for code, (old, new) in {
        "SCD7(5)": (before[0], now[0]),
        "SCD7(1)": (before[1], now[1]),
    }.items():
        shared = {"unit_code": code, "provisional": False}
        found.append(shared | {"period_start": date(2003, 1, 1), "numerator": float(old)})
        found.append(shared | {"period_start": date(2004, 1, 1), "numerator": float(new)})
    return found


def test_branches_stand_in_the_organisations_order_with_what_is_expected(made, asking):
    request = asking(plan=PLAN, rows=told({"published_series": branch_rows((60, 20), (60, 20))}))
    found = branches.branches(request, made([11] * 27, request)).rows.to_pylist()
    assert [item["unit_code"] for item in found] == ["SCD7(1)", "SCD7(5)"]
    assert [item["denominator"] for item in found] == [20, 60]
    assert {item["state"] for item in found} == {"inside"}


def test_a_branch_outside_the_limits_is_named(made, asking):
    request = asking(plan=PLAN, rows=told({"published_series": branch_rows((50, 50), (95, 25))}))
    found = branches.branches(request, made([11] * 27, request))
    assert "SCD7(5)" in found.title and found.title.endswith("outside the limits for their size")


def shares(counted, asking, **changed):
    """The parts beside each other of a rate, each with (numerator, denominator) of one month."""
    plan = {ROBBERIES: a_measure(ROBBERIES, unit="percent", **changed)}
    listed = [
        {"unit_code": code, "provisional": False, "period_start": date(2004, 1, 1)}
        | {"numerator": part, "denominator": of}
        for code, (part, of) in counted.items()
    ]
    request = asking(plan=plan, rows=told({"published_series": listed}))
    known = months([11.0] * 27, denominator=20.0)
    held = track(request, ROBBERIES, "SCD7", "unit", "month", known)
    return branches.branches(request, held)


@pytest.mark.parametrize(
    ("parts", "changed", "limited"),
    [
        ((9.0, 10.0), {"parts": "n"}, True),
        ((10.0, 10.0), {"parts": "n"}, True),  # all of them is a share
        ((11.0, 10.0), {"parts": "n"}, False),  # one more than all is none
        ((9.0, 10.0), {"parts": "gbp"}, False),  # nor are pounds of pounds, however many
        ((11.0, 10.0), {"parts": "gbp"}, False),
    ],
)
def test_parts_of_a_rate_that_is_no_share_stand_without_limits(asking, parts, changed, limited):
    found = shares({"SCD7(1)": parts, "SCD7(5)": parts}, asking, **changed)
    every = found.rows.to_pylist()
    assert [row["value"] for row in every] == [parts[0] / parts[1]] * 2
    assert {row["low_998"] is not None for row in every} == {limited}
    assert ("limits" in found.subtitle) == limited and found.title.endswith("limits") != limited
    # Drawn and in Office as well, which have no band then.
    item = pptx.Item(sheet_of(found), office.funnel("percent"))
    assert pptx.deck(
        [item], Produced("local", datetime(2004, 7, 13, tzinfo=UTC))
    ) and "NaN" not in pictures.chart_svg(funnel.spec("percent", 2), funnel.data(found))


def test_a_rate_whose_whole_no_part_has_is_not_compared_by_part(asking):
    spent = {"SCD7(1)": (9.0, None), "SCD7(5)": (9.0, None), "unassigned": (0.0, 20.0)}
    assert shares(spent, asking, parts="gbp") is None


def test_published_counts_have_no_records_and_say_so(asking):
    held = track(asking(plan=PLAN), ROBBERIES, "SCD7", "published", "month", months([11] * 3))
    assert records.records_behind(asking(plan=PLAN), held) is None
    assert (
        records.why_no_records(asking(plan=PLAN), held)
        == "Published counts have no records behind them."
    )


def test_records_of_covert_units_are_never_shown(asking):
    held = track(asking(plan=PLAN), ROBBERIES, "SCD10", "unit", "month", months([11] * 3))
    assert "never shown" in records.why_no_records(asking(plan=PLAN), held)
