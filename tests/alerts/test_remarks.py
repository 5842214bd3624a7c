"""An alert is explained and marked: beside its figure, as it stood at each meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pptx import Presentation

from dashboard import reports
from dashboard.access import LOCAL
from dashboard.access.roles import look_as
from dashboard.decisions.remarks import ACTED_ON, KNOWN, NOISE, subject_of
from dashboard.errors import DashboardError, NotAllowedError, UsageError
from dashboard.export import Produced
from dashboard.export.packs import files
from dashboard.reports import remarks, remarks_transfer
from dashboard.reports.alerts import alert_list, alert_words, history, past_record
from dashboard.reports.alerts.past_record import Marked
from dashboard.reports.measure import chart_rows, standouts
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.overtime import board as overtime
from dashboard.reports.overtime import exceptions
from dashboard.reports.packs import contents
from dashboard.reports.request import Request
from dashboard.reports.tasking import agenda, digest, objectives
from dashboard.reports.unit import planned
from dashboard.store import ConflictError
from tests.screens import screen

pytestmark = pytest.mark.some(10, "remarks")

AS_AT, BEFORE = date(2004, 7, 12), date(2004, 6, 28)
WORDS = "One crew; two are charged"
MADE = Produced("local", datetime(2004, 7, 13, 9, 30, tzinfo=UTC))
BUT_ALERTS = [
    heading
    for heading, _ in contents.kind("tasking").sections
    if heading != "Beyond expectation now"
]


@pytest.fixture
def data(sample_copy):
    return sample_copy()


@pytest.fixture
def request_(data):
    return reports.open_request(AS_AT, None, data)


def put(request, who, alert, *said):
    return remarks.put(request, who, subject_of(alert), *said)


def marked(request):
    return alert_words.marked(past_record.marked_outcomes(request))


def first(request):
    return alert_list.alert_list(request).alerts.rows.to_pylist()[0]


def test_what_is_said_stands_on_page_paper_wall_and_mail(request_):
    alert = first(request_)
    assert remarks.all_remarks(request_).words(alert) == ""
    assert not any("acted on" in item.strip for item in agenda.agenda(request_))
    put(request_, "Ann", alert, ACTED_ON, WORDS, None)
    said = remarks.all_remarks(request_).words(alert)
    assert "acted on" in said and "Ann" in said and said.endswith(WORDS)
    assert any(WORDS in line for _, lines in digest.digest(request_).parts for line in lines)
    assert any("acted on" in item.strip for item in agenda.agenda(request_))
    for name, of in (
        ("tasking", {}),
        ("minutes", {}),
        ("unit", {"unit": alert["unit_code"]}),
        ("borough", {"borough": alert["boroughs"][0]}),
    ):
        pack = contents.pack(request_, name, **of)
        assert any(WORDS in line for line in texts(pack)), name
    assert marked(request_) == "Marked at their meetings: 1 acted on."
    # The slide of its chart says so, and so does the list's, which has a column of it.
    shown = history.history(request_, alert)
    assert any(note.endswith(WORDS) for note in shown.plain_notes)
    pack = contents.pack(request_, "tasking", without=BUT_ALERTS)
    slides = Presentation(BytesIO(files.written(pack, "pptx", MADE))).slides
    told = [
        shape.text_frame.text
        for slide in slides
        for shape in slide.shapes
        if shape.name == "Stamp" and WORDS in shape.text_frame.text
    ]
    heads = [
        cell.text
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.rows[0].cells
    ]
    assert told and "Explanation" in heads


def texts(pack):
    """Sentences, and what is said in the rows of alerts."""
    blocks = [item for section in pack.sections for item in section.blocks]
    named = [item for item in blocks if getattr(item, "name", "").endswith("alerts")]
    alerts = [item.shown.rows for item in named]
    said = [words for rows in alerts for words in rows["explanation"].to_pylist()]
    return [*said, *(item for item in blocks if isinstance(item, str))]


def test_it_is_said_again_by_who_saw_the_last_word(request_):
    alert = first(request_)
    row = put(request_, "Ann", alert, KNOWN, WORDS, None)
    with pytest.raises(ConflictError):
        put(request_, "Bob", alert, NOISE, "", None)
    put(request_, "Bob", alert, None, "No crew after all", row["version"])
    assert remarks.all_remarks(request_).words(alert).startswith("Explained by Bob")
    # Taking every word back leaves nothing beside the figure, and the history keeps it.
    put(request_, "Bob", alert, None, "", row["version"] + 1)
    assert remarks.all_remarks(request_).words(alert) == "" and marked(request_) == ""


def test_a_meeting_before_knows_nothing_of_it(request_, data):
    alert = first(request_)
    put(request_, "Ann", alert, NOISE, "", None)
    earlier = reports.open_request(BEFORE, None, data)
    assert remarks.all_remarks(earlier).words(alert) == "" and marked(earlier) == ""


def test_what_was_marked_stands_beside_what_came_of_it(request_, data):
    """Of three alerts of past meetings that lasted or not, and one whose end nobody knows yet."""
    came = past_record.came_true(request_)
    true = next(item for item, right in came.items() if right)
    false = next(item for item, right in came.items() if not right)
    meeting = reports.open_request(BEFORE, None, data)
    for subject, mark in ((true, KNOWN), (false, NOISE), (subject_of(first(request_)), NOISE)):
        remarks.put(request_, "Ann", subject, mark, "", None)
    assert past_record.marked_outcomes(request_) == {
        "known": Marked(1, 1, 1),
        "noise": Marked(2, 1, 0),
    }
    assert past_record.marked_outcomes(meeting) == {}
    said = "2 noise (of 1 judged by now 0 lasted)"
    assert said in marked(request_)
    pack = contents.pack(request_, "tasking")
    assert any(said in item for s in pack.sections for item in s.blocks if isinstance(item, str))


@pytest.mark.parametrize(
    ("mark", "words", "why"),
    [(None, "  ", "write what explains"), ("sure", "", "marked as"), (None, "x" * 4001, "at most")],
)
def test_a_remark_that_says_nothing_or_too_much_is_refused(request_, mark, words, why):
    with pytest.raises(UsageError, match=why):
        put(request_, "Ann", first(request_), mark, words, None)


def test_a_commander_explains_the_own_units_alerts_only(request_):
    alert = first(request_)  # of SCD7
    own = replace(LOCAL, name="ocu_commander", words="OCU commander", records="own", unit="SCD7")
    for role, allowed in (
        (own, True),
        (replace(own, unit="SCD8"), False),
        (replace(own, may=frozenset()), False),
        (replace(own, unit=None, records="all"), True),
    ):
        asked = replace(request_, role=role)
        assert remarks.may(asked, alert["unit_code"]) is allowed
        if not allowed:
            with pytest.raises(NotAllowedError):
                put(asked, "Ann", alert, KNOWN, "", None)


def test_a_period_and_a_target_are_explained_wherever_their_figures_stand(request_):
    """A special cause of a chart, and the verdict on the year: on page, pack and in the rows."""
    track = tracks(request_, "SCD7")["commercial_robbery"]
    found = chart_rows.chart(request_, track)
    known = standouts.standouts(request_, track, found)
    verdict, period = next(iter(known)), list(known)[1]
    assert verdict.startswith("Target of 2004/05: ")
    remarks.put(request_, "Ann", known[period], None, WORDS, None)
    remarks.put(request_, "Ann", known[verdict], None, "Two more teams from May", None)
    explained = remarks.beside(request_, found)
    rows = [row for row in explained.rows.to_pylist() if row["explanation"]]
    assert [period.startswith(row["period"]) for row in rows] == [True]
    assert remarks.sentences(explained) == [f"{rows[0]['period']}: {rows[0]['explanation']}"]
    plan = remarks.beside(request_, planned.plan(request_, "SCD7"), year=True)
    said = dict(
        zip(*(plan.rows[name].to_pylist() for name in ("measure", "explanation")), strict=True)
    )
    assert [name for name, words in said.items() if words] == ["commercial_robbery"]
    earlier = reports.open_request(BEFORE, None, request_.data)
    # On the wall the row of the objective says so, on the screen that shows it.
    shown = [item for item in agenda.agenda(request_) if "explained: Commercial rob" in item.strip]
    assert [item.key.partition("-")[0] for item in shown] == ["objectives"]
    assert not any("explained" in item.strip for item in agenda.agenda(earlier))
    board = remarks.beside(request_, objectives.board(request_), year=True)
    assert any("Two more teams" in words for words in board.rows["explanation"].to_pylist())
    quarterly = contents.pack(request_, "strategic")
    parts = {part.name: part for section in quarterly.sections for part in section.parts}
    assert "explanation" in parts["priorities"].shown.columns
    unit = contents.pack(request_, "unit", unit="SCD7")
    blocks = [item for section in unit.sections for item in section.blocks]
    # A chart takes it along, wherever it goes.
    charts = [item.shown for item in blocks if getattr(item, "drawn", "") == "spc"]
    assert any(note.endswith(WORDS) for shown in charts for note in shown.plain_notes)
    plans = [item for item in blocks if getattr(item, "name", "") == "plan"]
    assert "explanation" in plans[0].shown.columns
    # The year's verdict keeps its explanation at the next meeting; one before knew nothing of it.
    earlier_plan = remarks.beside(earlier, planned.plan(earlier, "SCD7"), year=True)
    assert "explanation" not in earlier_plan.rows.column_names


def test_claims_that_break_a_rule_are_explained_by_their_unit(request_):
    found = exceptions.exceptions(request_, "SCD7")
    words, subject = next(iter(exceptions.standouts(request_, found.summary, "SCD7").items()))
    commander = Request(request_.snapshot, request_.data, look_as("ocu_commander", "SCD7"))
    remarks.put(commander, "Ann", subject, None, "The form came late", None)
    for unit in ("SCD7", "SCD"):  # the directorate's table says whose explanation it is
        summary = exceptions.exceptions(request_, unit).summary
        said = [row["explanation"] for row in summary.rows.to_pylist() if row["explanation"]]
        assert len(said) == 1 and said[0].startswith("SCD7: Explained by Ann")
    assert "explanation" not in exceptions.exceptions(request_, "SCD1").summary.rows.column_names
    with pytest.raises(NotAllowedError):
        other = exceptions.standouts(
            request_, exceptions.exceptions(request_, "SCD1").summary, "SCD1"
        )
        remarks.put(commander, "Ann", next(iter(other.values())), None, "Not mine", None)


def test_a_units_overtime_is_explained_for_the_year(request_):
    """The Star Chamber reads it on its page and in its pack, and the plan of the unit as well."""
    found = overtime.board(request_, "SCD")
    known = {words[:5]: item for words, item in overtime.standouts(request_, found).items()}
    remarks.put(request_, "Ann", known["SCD7 "], None, "Two long surveillances", None)
    shown = remarks.beside(request_, found.rows, year=True).rows.to_pylist()
    assert [row["unit_code"] for row in shown if row["explanation"]] == ["SCD7"]
    pack = contents.pack(request_, "star-chamber")
    parts = {part.name: part for section in pack.sections for part in section.parts}
    assert "explanation" in parts["overtime"].shown.columns
    wall = {item.key: item.strip for item in agenda.agenda(request_)}
    assert wall["pressure"] == "explained: SCD7"
    plan = remarks.beside(request_, planned.plan(request_, "SCD7"), year=True).rows.to_pylist()
    said = [row["measure"] for row in plan if row["explanation"]]
    assert said == ["overtime_against_profile"]


def test_what_was_said_comes_into_an_empty_store_and_out_again_the_same(request_, data, tmp_path):
    """Said, said anew by another, and taken back: each with who and when."""
    rows = alert_list.alert_list(request_).alerts.rows.to_pylist()
    row = put(request_, "Ann", rows[0], KNOWN, WORDS, None)
    put(request_, "Bob", rows[0], None, "No crew after all", row["version"])
    row = put(request_, "Ann", rows[1], NOISE, "", None)
    put(request_, "Ann", rows[1], None, "", row["version"])
    first = remarks_transfer.exported(data)
    entries = first["explanations"]
    assert [item["by"] for item in entries].count("Bob") == 1 and len(entries) == 4
    other = tmp_path / "other"
    other.mkdir()
    (other / "snapshots").symlink_to(data / "snapshots")
    assert remarks_transfer.exported(other)["explanations"] == []
    assert [remarks_transfer.imported(other, entries) for _ in range(2)] == [4, 0]
    assert remarks_transfer.exported(other) == first
    there = remarks.all_remarks(there_again(other))
    assert there.rows.keys() == remarks.all_remarks(request_).rows.keys()
    assert there.words(rows[0]) == remarks.all_remarks(request_).words(rows[0])
    # What another store said since comes in as what is said next.
    put(request_, "Cyd", rows[0], ACTED_ON, "", 2)
    assert remarks_transfer.imported(other, remarks_transfer.exported(data)["explanations"]) == 1
    assert "acted on by Cyd" in remarks.all_remarks(there_again(other)).words(rows[0])


def there_again(data):
    return reports.open_request(AS_AT, None, data)


@pytest.mark.parametrize(
    "broken", [{"measure": "none"}, {"unit_code": "SCD99"}, {"mark": "sure"}, {"at": "soon"}]
)
def test_an_explanation_that_is_none_is_a_sentence_and_nothing_is_written(
    request_, data, broken, tmp_path
):
    put(request_, "Ann", first(request_), KNOWN, WORDS, None)
    (entry,) = remarks_transfer.exported(data)["explanations"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "snapshots").symlink_to(data / "snapshots")
    with pytest.raises(DashboardError):
        remarks_transfer.imported(other, [{**entry, **broken}])
    assert remarks_transfer.exported(other)["explanations"] == []


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("trends", {"measure": "{measure}", "unit": "{unit_code}"}),
        ("boroughs", {"measure": "{measure}"}),
        ("boroughs", {"borough": "{first}"}),
        ("ocu", {"unit": "{unit_code}", "measure": "{measure}"}),
    ],
)
def test_what_is_said_of_an_alert_stands_on_each_page_that_names_it(request_, data, page, asked):
    alert = first(request_)
    put(request_, "Ann", alert, ACTED_ON, WORDS, None)
    shown = screen(page, data)
    values = alert | {"first": alert["boroughs"][0]}
    for key, value in {"as_at": str(AS_AT), **asked}.items():
        shown.query_params[key] = value.format(**values)
    assert not shown.run().exception
    assert any(WORDS in item.proto.body for item in shown.get("html"))
