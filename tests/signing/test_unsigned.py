"""Which figures stand on unsigned returns: the rule at its edge, and where it is seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.access import look_as
from dashboard.decisions import signoffs
from dashboard.errors import NotAllowedError, NotFoundError, UsageError
from dashboard.export.forms import pptx
from dashboard.export.forms.sheets import sheet_of
from dashboard.export.packs import document
from dashboard.reports import open_request
from dashboard.reports.measure import chart_rows
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.packs import contents, meeting
from dashboard.reports.packs.block import Asked, Block
from dashboard.reports.signing import acts, returns
from dashboard.reports.tasking import bar_rows, digest, fitness, objectives
from dashboard.reports.tasking.agenda import agenda
from dashboard.reports.unit import planned

HEAD = "measure,period_start,grain,unit_code,numerator,denominator,verified\n"
MAY, JUNE = date(2004, 5, 1), date(2004, 6, 1)
NETWORKS, REFERRALS, ORDERS = "networks_disrupted", "child_referrals", "confiscation_orders"
ROWS = [
    *((NETWORKS, f"2004-0{month}-01", "month", unit, 6)
      for month in (4, 5, 6) for unit in ("SCD7(2)", "SCD6(5)")),
    *((REFERRALS, day, "week", "SCD5", 100)
      for day in ("2004-05-17", "2004-05-24", "2004-05-31", "2004-06-07", "2004-06-28")),
    (ORDERS, "2004-04-01", "quarter", "SCD6(5)", 5),
]  # fmt: skip


def text(rows) -> str:
    return HEAD + "".join(f"{','.join(map(str, row))},,yes\n" for row in rows)


@pytest.fixture
def at(folder):
    """A request of a folder with returns known on 11 July 2004."""
    folder.load("returns", text(ROWS), "2004-07-11")

    def opened(as_at="2004-07-12", **more):
        if not (folder.data / "snapshots" / as_at).exists():
            folder.publish(as_at)
        return open_request(date.fromisoformat(as_at), None, folder.data, **more)

    opened.folder = folder
    return opened


def signed(request, *subjects, version=None):
    for unit, month in subjects:
        acts.sign_return(request, "Ann", unit, month, version)


def states(request) -> dict[tuple[str, int], str]:
    return {
        (item.held.unit, item.held.month.month): item.state for item in returns.returns(request)
    }


def marks(request, unit: str) -> dict[str, str]:
    rows = planned.plan(request, unit).rows.to_pylist()
    return {row["measure"]: row["unsigned"] for row in rows if row["unsigned"]}


def test_before_anybody_has_signed_nothing_is_marked_and_it_is_said_once(at):
    request = at()
    assert set(states(request).values()) == {"before"} and returns.owed(request) == ()
    assert marks(request, "SCD7") == {}
    said = [row for row in fitness.strip(request).rows.to_pylist() if row["label"] == "Signed"]
    assert [row["value"] for row in said] == ["none yet"]


def test_a_period_belongs_to_the_month_in_which_it_ends(at):
    months = {(item.unit, item.month): item.measures for item in returns.returned_months(at())}
    # The week from 31 May ends in June, that from 28 June in July, which is not over;
    # the quarter from April ends in June.
    assert months[("SCD5", MAY)] == (REFERRALS,) and ("SCD5", JUNE) in months
    assert not [month for _, month in months if month > JUNE]
    assert {item.figures for item in returns.returned_months(at()) if item.unit == "SCD5"} == {2}
    assert months[("SCD6", JUNE)] == (ORDERS, NETWORKS)
    assert months[("SCD6", MAY)] == (NETWORKS,)


def test_the_wall_says_what_is_signed_as_soon_as_tasking_does(at):
    """It was drawn before: what it keeps is kept until somebody writes."""
    request = at()
    before = _fit(request)
    signed(request, ("SCD7", JUNE))
    again = at()
    assert _fit(again) != before
    assert [fact[:2] for fact in _fit(again)] == [
        (row["label"], row["value"]) for row in fitness.strip(again).rows.to_pylist()
    ]


def _fit(request):
    (item,) = [item for item in agenda(request) if item.key == "fit"]
    return item.facts


def test_what_is_owed_begins_with_the_first_month_signed(at):
    request = at()
    signed(request, ("SCD7", MAY))
    found = states(request)
    assert found[("SCD7", 5)] == "signed" and found[("SCD7", 6)] == "unsigned"
    assert found[("SCD6", 5)] == "unsigned" and found[("SCD6", 4)] == "before"


def test_a_figure_is_marked_where_one_of_its_months_is_unsigned_and_only_there(at):
    request = at()
    signed(request, ("SCD7", MAY), ("SCD6", MAY), ("SCD6", JUNE), ("SCD5", MAY))
    assert marks(request, "SCD7") == {NETWORKS: "[unsigned] SCD7 June 2004"}
    assert NETWORKS not in marks(request, "SCD6") and ORDERS not in marks(request, "SCD6")
    board = {row["measure"]: row for row in objectives.board(request).rows.to_pylist()}
    # The board's figure is of all units: what one lacks, it lacks.
    assert board[NETWORKS]["unsigned"] == "[unsigned] SCD7 June 2004"
    assert "[unsigned] SCD7 June 2004" in board[NETWORKS]["sentence"]
    assert board[ORDERS]["unsigned"] is None
    signed(request, ("SCD7", JUNE))
    assert marks(request, "SCD7") == {}


def test_every_place_tells_the_same(at):
    request = at()
    signed(request, ("SCD7", MAY), ("SCD6", MAY), ("SCD6", JUNE), ("SCD5", MAY), ("SCD5", JUNE))
    mark = "[unsigned] SCD7 June 2004"
    chart = chart_rows.chart(request, tracks(request, "SCD7")[NETWORKS])
    assert any(note.startswith(mark) for note in chart.notes)
    assert "[unsigned]" in sheet_of(planned.plan(request, "SCD7")).symbols
    row = {r["measure"]: r for r in objectives.board(request).rows.to_pylist()}[NETWORKS]
    said = "SCD7 June 2004"  # a wall and a mail have words for the mark
    assert f"not signed: {said}" in bar_rows.objectives([row])[0].bar["aside"]
    line = {r["label"]: r for r in fitness.strip(request).rows.to_pylist()}["Signed"]
    assert line["value"] == "1 of 6 returns not" and said in line["detail"]
    assert said in digest.as_text(digest.digest(request))
    pack = contents.pack(request, "unit", unit="SCD7")
    plan = next(part for part in pack.parts if part.name == "plan")
    # Among the columns that a slide, which has room for least, prints.
    assert "unsigned" in plan.shown.columns[: pptx.MOST_COLUMNS]
    assert mark in plan.shown.rows.column("unsigned").to_pylist()
    (board,) = (part for part in meeting.plan(Asked(request)) if isinstance(part, Block))
    assert "value_said" in board.shown.columns[: document.MOST_COLUMNS]
    assert any(words.endswith(mark) for words in board.shown.rows.column("value_said").to_pylist())


def test_what_is_restated_is_signed_again(at):
    first = at()
    signed(first, ("SCD7", MAY), ("SCD6", MAY))
    changed = [*ROWS[:2], (NETWORKS, "2004-05-01", "month", "SCD7(2)", 7), *ROWS[3:]]
    at.folder.load("returns", text(changed), "2004-07-20")
    later = at("2004-07-26")
    assert states(later)[("SCD7", 5)] == "revised" and states(later)[("SCD6", 5)] == "signed"
    assert states(first)[("SCD7", 5)] == "signed"  # what was known then is what was signed
    signed(later, ("SCD7", MAY), version=1)
    assert states(later)[("SCD7", 5)] == "signed"
    # In the clock of the meeting before it stands as it did.
    assert states(at())[("SCD7", 5)] == "signed"


def test_a_past_meeting_shows_signatures_as_they_stood(at):
    early = at("2004-06-28")
    later = at("2004-07-12")
    signed(later, ("SCD7", MAY))
    assert states(later)[("SCD7", 5)] == "signed"
    # Nothing was returned by then that is known now: the past meeting knows of no signature.
    assert returns.signed(early) == {}
    with pytest.raises(UsageError, match="later meeting"):
        signed_at = signoffs.Subject(signoffs.RETURN, "SCD7", MAY)
        acts.withdraw(early, "Ann", signed_at, 1, "no")


def test_a_withdrawn_signature_leaves_the_return_unsigned(at):
    request = at()
    signed(request, ("SCD7", MAY))
    subject = signoffs.Subject(signoffs.RETURN, "SCD7", MAY)
    acts.withdraw(request, "Ann", subject, 1, "wrong month")
    assert states(request)[("SCD7", 5)] == "withdrawn"
    assert "SCD7" in {item.held.unit for item in returns.owed(request)}


@pytest.mark.parametrize(("as_at", "over"), [("2004-06-28", False), ("2004-06-29", True)])
def test_a_return_is_signed_in_time_within_28_days_of_its_month(at, as_at, over):
    at.folder.load("returns", text(ROWS[:4]), "2004-06-01")
    request = at(as_at)
    signed(request, ("SCD7", MAY))
    may = next(item for item in returns.owed(request) if item.held.month == MAY)
    assert may.due_on == date(2004, 5, 31) + timedelta(days=28)
    assert (may.due_on < request.as_at) == over


def test_signing_is_a_right_beside_the_role(at):
    for role in ("analyst", "ocu_commander"):
        with pytest.raises(NotAllowedError, match="may not sign"):
            signed(at(role=look_as(role, "SCD7", "")), ("SCD7", MAY))
    signed(at(role=look_as("information_unit")), ("SCD7", MAY))


@pytest.mark.parametrize("subject", [("SCD1", MAY), ("SCD7", date(2004, 7, 1))])
def test_only_what_was_returned_of_a_month_that_is_over_is_signed(at, subject):
    with pytest.raises(NotFoundError):
        signed(at(), subject)


def test_who_sees_one_borough_is_told_nothing_of_returns(at):
    signed(at(), ("SCD7", MAY))
    viewer = at(role=look_as("borough_viewer", "", "E09000007"))
    assert returns.returns(viewer) == ()
