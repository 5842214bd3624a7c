"""An alert's life over meetings: new, running, cleared; counts and targets revised, old → new."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from dashboard import reports
from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.request import meetings
from dashboard.reports.tasking import agenda, digest, since_last

HEAD = "crime_ref,reported_on,offence,borough,ocu,no_crimed_on\n"
FIRST = date(2004, 7, 12) - timedelta(days=14 * 30)  # a fortnight's first day
CAMDEN = "E09000007"


def fortnight(number: int, count: int, no_crimed: int = 0) -> str:
    """Business robberies in Camden in the fortnight `number`, from its last day back."""
    since = FIRST + timedelta(days=14 * number)
    return "".join(
        f"F{number}-{item},{since + timedelta(days=13 - item % 14)},robbery_business,Camden,SCD7,"
        f"{since + timedelta(days=13) if item < no_crimed else ''}\n"
        for item in range(count)
    )


@pytest.fixture
def data(folder):
    """Two a fortnight; fifteen and twelve in the last but two and last but one, two in the last.

    At the third meeting one report of the second's fortnight turns out to be no crime.
    """
    usual = "".join(fortnight(number, 2) for number in range(27))
    rise, second, calm = fortnight(27, 15), fortnight(28, 12), fortnight(29, 2)
    folder.load("crimes", HEAD + usual + rise, "2004-06-13")
    folder.publish("2004-06-14")
    folder.load("crimes", HEAD + usual + rise + second, "2004-06-27")
    folder.publish("2004-06-28")
    folder.load("crimes", HEAD + usual + rise + fortnight(28, 12, no_crimed=1) + calm, "2004-07-11")
    folder.publish("2004-07-12")
    return folder.path / "data"


def at(data, day: str):
    return reports.open_request(date.fromisoformat(day), None, data)


def in_camden(request):
    rows = alert_list.alert_list(request).alerts.rows.to_pylist()
    return [r for r in rows if r["measure"] == "commercial_robbery" and r["borough"] == CAMDEN]


def test_an_alert_keeps_its_identity_from_meeting_to_meeting(data):
    (first,) = in_camden(at(data, "2004-06-14"))
    assert (first["times_seen"], first["first_seen"]) == (1, date(2004, 6, 15))
    assert first["p_before"] is None
    (second,) = in_camden(at(data, "2004-06-28"))
    assert (second["times_seen"], second["first_seen"]) == (2, date(2004, 6, 15))
    assert second["p_before"] == first["p"]
    assert second["sentence"].endswith("2nd meeting running.")
    # twelve after fifteen is weaker evidence: it goes on, folded
    assert alert_list.goes_on(second) and not alert_list.goes_on(first)


def test_an_alert_that_is_gone_is_cleared_with_both_figures(data):
    now = at(data, "2004-07-12")
    assert in_camden(now) == []
    since = since_last.since_last(now)
    assert (since.meeting, since.as_at) == (date(2004, 6, 29), date(2004, 6, 28))
    cleared = {row["borough"]: row for row in since.cleared.rows.to_pylist()}
    assert (cleared[CAMDEN]["then"], cleared[CAMDEN]["now"]) == (12, 2)
    assert "12 in the fortnight 14 to 27 June 2004" in cleared[CAMDEN]["sentence"]


def test_a_count_revised_since_stands_old_to_new(data):
    since = since_last.since_last(at(data, "2004-07-12"))
    revised = {row["borough"]: row for row in since.revised.rows.to_pylist()}
    assert (revised[CAMDEN]["old"], revised[CAMDEN]["new"], revised[CAMDEN]["change"]) == (
        12,
        11,
        -1,
    )
    assert revised[CAMDEN]["sentence"].endswith("12 → 11, an alert then.")
    # the unit's own total of the same fortnight moved with it, and nothing else did
    assert {row["borough"] for row in since.revised.rows.to_pylist()} == {CAMDEN, None}


def test_the_first_meeting_has_nothing_before_it(data):
    first = at(data, "2004-06-14")
    assert since_last.since_last(first) is None
    assert [item.key for item in agenda.agenda(first)][:2] == ["opening", "alert-1"]


def test_a_meeting_left_out_breaks_the_run(folder):
    usual = "".join(fortnight(number, 2) for number in range(27))
    rise = fortnight(27, 15)
    folder.load("crimes", HEAD + usual + rise, "2004-06-13")
    folder.publish("2004-06-14")
    # no snapshot for the meeting between: nobody knows whether it stood then
    later = usual + rise + fortnight(28, 12) + fortnight(29, 14)
    folder.load("crimes", HEAD + later, "2004-07-11")
    folder.publish("2004-07-12")
    now = at(folder.path / "data", "2004-07-12")
    assert in_camden(now)[0]["times_seen"] == 1
    assert meetings.running(now, now.listed) == ()
    assert since_last.since_last(now).meeting == date(2004, 6, 15)


def test_a_target_set_between_two_meetings(sample_data):
    """The sample's targets were set before its first meeting: none is new at the last."""
    since = since_last.since_last(at(sample_data, "2004-07-12"))
    assert since.targets.rows.num_rows == 0


ROW = {
    "measure": "commercial_robbery",
    "name": "Commercial robbery",
    "unit_code": "SCD7",
    "unit_name": "Serious and Organised Crime",
    "borough": CAMDEN,
    "borough_name": "Camden",
    "tier": "alert",
    "now": 14,
    "expected": 5.2,
    "low": 1,
    "high": 10,
    "excess": 8.8,
    "p": 0.001,
    "window_since": date(2004, 6, 28),
    "window_until": date(2004, 7, 12),
}


def test_the_sentence_of_the_design():
    assert alert_words.sentence(ROW, alert_words.seen(1)) == (
        "Commercial robbery in Camden: 14 in the fortnight to 11 July, 5.2 expected (1–10); "
        "first seen at this meeting."
    )


SAID = re.compile(
    r"(?P<name>.+?)(?: in (?P<place>.+?)|, (?P<unit>.+?)): (?P<now>\d+) in the fortnight to "
    r"(?P<day>\d+) (?P<month>\w+), (?P<expected>[\d.]+) expected \((?P<low>\d+)–(?P<high>\d+)\); "
    r"(?:first seen at this meeting|(?P<times>\d+)\w\w meeting running)\.$"
)


def test_each_sentence_read_back_gives_the_figures_of_its_row(sample_data, data):
    """The words hold no number of their own: every one is the row's."""
    read = 0
    for folder, day in ((sample_data, "2004-07-12"), (data, "2004-06-14"), (data, "2004-06-28")):
        found = alert_list.alert_list(at(folder, day))
        for row in (*found.alerts.rows.to_pylist(), *found.watch.rows.to_pylist()):
            said = SAID.match(row["sentence"])
            assert said, row["sentence"]
            assert said["name"] == row["name"]
            assert (said["place"] or said["unit"]) == (row["borough_name"] or row["unit_name"])
            assert int(said["now"]) == row["now"]
            assert said["expected"] == f"{row['expected']:.1f}"
            assert (int(said["low"]), int(said["high"])) == (row["low"], row["high"])
            assert int(said["times"] or 1) == row["times_seen"]
            last = row["window_until"] - timedelta(days=1)
            assert (said["day"], said["month"]) == (str(last.day), f"{last:%B}")
            read += 1
    assert read >= 7


def test_a_wider_alert_shares_the_row_of_the_narrower_that_makes_it():
    brent = ROW | {"excess": 8.0}
    london = ROW | {"borough": None, "borough_name": None, "excess": 16.0}
    assert alert_list.rolled([brent, london]) == [(brent, [london])]
    # just short of half of the excess: each stands alone
    wide = london | {"excess": 16.1}
    assert alert_list.rolled([brent, wide]) == [(brent, []), (wide, [])]
    # another measure's is no part of it
    other = london | {"measure": "shootings"}
    assert alert_list.rolled([brent, other]) == [(brent, []), (other, [])]
    # two boroughs together make the half
    camden = brent | {"borough": "E09000019", "excess": 4.0}
    both = [brent | {"excess": 4.0}, camden, london]
    assert [len(below) for _, below in alert_list.rolled(both)] == [1, 0]


def test_the_digest_says_the_rows_of_the_page(sample_data):
    request = at(sample_data, "2004-07-12")
    found = alert_list.alert_list(request)
    message = digest.digest(request)
    text, page = digest.as_text(message), digest.as_html(message)
    for row in found.alerts.rows.to_pylist():
        assert f"- {row['sentence']}" in text
        assert row["sentence"] in page
    assert text.startswith("RESTRICTED\n") and text.endswith("RESTRICTED\n")
    assert page.count(">RESTRICTED</p>") == 2
    assert "SAMPLE DATA" in text and "SAMPLE DATA" in page
    assert f"about {found.expected_false:.1f} are to be expected" in text


def test_the_digest_escapes_what_a_catalogue_may_hold():
    message = digest.Digest("A&B", "<i>", "<b>x</b>", (("<u>", ("<script>",)),), ("<p>",))
    page = digest.as_html(message)
    assert not re.search(r"<(script|u|i|b)>", page)
    assert "&lt;script&gt;" in page and "A&amp;B" in page
