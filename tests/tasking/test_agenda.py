"""The wall's items as facts: what each says, in the meeting's order, on the sample and without."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest

from dashboard import reports
from dashboard.errors import NotFoundError
from dashboard.reports.alerts import alert_list
from dashboard.reports.decisions import acts, board
from dashboard.reports.packs import minutes
from dashboard.reports.packs.block import Asked
from dashboard.reports.tasking import (
    agenda,
    alert_items,
    bar_items,
    bar_rows,
    objectives,
    to_decide,
)
from dashboard.reports.tasking.item import first_lines
from tests.folders import Folder

# What nobody across a room should have to read: tests' letters, spreads, codes in brackets.
FORBIDDEN = re.compile(r"\b[pq] ?[=<]|φ|τ|\bseason|spread ×|\[\w+\]|XmR|above_|concern_")

SAID = {
    "what": "Plain-clothes patrols round the shops",
    "tactic": "offenders",
    "four_p": "pursue",
    "owner_unit": "SCD7",
    "owner_post": "The owner",
    "raised_from": "hand",
    "meeting": date(2004, 7, 13),
    "due": date(2004, 8, 24),
}


@pytest.fixture(scope="module")
def items(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    return {item.key: item for item in agenda.agenda(request)}


def words(item) -> list[str]:
    """Every word that the item shows."""
    said = [item.section, item.title, item.sentence, item.strip, *item.heads]
    said += [line for part in item.lists for line in (part.heading, *part.lines)]
    said += [cell for row in item.facts for cell in row]
    for shown in item.pictures:
        for row in shown.rows.to_pylist():
            said += [row[name] for name in ("label", "aside", "figure", "said") if name in row]
    return said


def test_the_items_follow_the_meeting_and_each_has_its_own_name(items):
    assert list(items) == [
        *("opening", "last-time", "alert-1", "alert-2", "rare", "coming", "pressure"),
        *("objectives", "objectives-2", "fit", "closing"),
    ]


def test_the_alerts_say_what_came_and_what_was_expected(items):
    first, second = items["alert-1"], items["alert-2"]
    assert first.title == (
        "Commercial robbery above what was expected in Camden, Hackney and Islington"
    )
    assert first.sentence == (
        "68 where 11 were expected (4 to 21) in the fortnight to 11 July: Camden 23, Hackney 23,"
        " Islington 22. New this meeting. Of 5 past alerts 3 were real."
    )
    assert first.strip.startswith(
        "Serious and Organised Crime: 38 of 640 posts vacant · overtime 119 % of profile"
    )
    assert second.title == "Shootings above what was expected in Brent"
    # an owner's capacity, though the series is of the whole force
    assert second.strip.startswith("Trident: 13 of 330 posts vacant")


def test_an_alert_shows_where_and_its_27_fortnights(items):
    tiles, line = items["alert-1"].pictures
    assert sum(row["state"] == "alert" for row in tiles.rows.to_pylist()) == 3
    rows = line.rows.to_pylist()
    assert len(rows) == 27 and rows[-1]["now"] and rows[-1]["n"] == 68
    assert rows[0]["expected"] is None and rows[-1]["low"] == 4 and rows[-1]["high"] == 21


def test_the_opening_says_what_changed_and_what_is_to_be_decided(items):
    changed, decide = items["opening"].lists
    assert changed.heading == "Since 29 June 2004"
    assert changed.lines == (
        "2 new alerts, none cleared or gone",
        "Earlier counts changed by 3 at most",
    )
    # The fourth stands in the line that "and 1 more" would take.
    assert decide.lines == (
        "Commercial robbery in Camden, Hackney and Islington",
        "Shootings in Brent",
        "11 targets are likely to be missed",
        "SCD7 and SCD8: overtime over profile",
    )


def test_rare_events_stand_on_the_wall_where_they_are_unusual_alone(sample_data, items):
    # Of the sample's rare events three places by three or more; Brent's shootings are the alert's.
    assert items["rare"].title == "Kidnap 4 in Southwark and 3 in Bromley; shootings 3 in Redbridge"
    assert [line.partition(",")[0] for line in items["rare"].lists[0].lines] == [
        *("Southwark: kidnap 4", "Bromley: kidnap 3", "Redbridge: shootings 3")
    ]
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    listed = alert_items.rare_listed(request)
    assert listed.title == items["rare"].title
    found, every = listed.rows.to_pylist(), alert_list.alert_list(request).rare.rows.to_pylist()
    where = [row["borough_name"] for row in found]
    assert where[:10] == ["Southwark"] * 4 + ["Bromley"] * 3 + ["Redbridge"] * 3
    assert sorted(map(str, found)) == sorted(map(str, every))
    few = [row for row in found if row["borough_name"] == "Lewisham"]  # two of a kind at most
    assert alert_items.crowded(request, few) == []
    ahead = {row["label"]: row["figure"] for row in items["coming"].pictures[0].rows.to_pylist()}
    assert (ahead["Homicide"], ahead["Shootings"], ahead["Kidnap"]) == ("11", "33", "15")


def test_what_is_to_be_decided_opens_what_it_names(sample_data, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    request = reports.open_request(date(2004, 7, 12), None, data)
    targets, capacity = to_decide.questions(request)[2:]
    assert (targets.raises.measure, targets.raises.matter) == (None, to_decide.TARGETS)
    assert len(targets.among) == 11 == len(set(targets.among))
    assert to_decide.matter(request, to_decide.CAPACITY).words == capacity.words
    with pytest.raises(NotFoundError, match="nonsense"):
        to_decide.matter(request, "nonsense")
    # Decided on from its own form, and moving nobody, it is decided all the same.
    acts.decide(request, "Ann", SAID | {"origin": {"matter": to_decide.CAPACITY}})
    after = to_decide.questions(request)
    assert [bool(item.decision) for item in after] == [False, False, False, True]


@pytest.mark.parametrize(
    ("many", "said"),
    [(3, "abc"), (4, "abcd"), (5, ["a", "b", "c", "and 2 more kinds"])],
)
def test_one_line_more_is_said_itself_two_are_counted(many, said):
    assert first_lines("abcdefg"[:many], 3, "kind") == tuple(said)


@pytest.mark.parametrize(
    ("many", "tall"), [(0, []), (4, [4]), (5, [3, 2]), (7, [4, 3]), (9, [3, 3, 3])]
)
def test_rows_are_shared_out_among_as_many_screens_as_they_need(many, tall):
    pages = bar_items.screens(range(many), 4)
    assert [len(page) for page in pages] == tall and sum(map(list, pages), []) == [*range(many)]


def test_objectives_come_likeliest_misses_first_at_most_six_a_screen(items):
    screens = [item for key, item in items.items() if key.startswith("objectives")]
    pages = [screen.pictures[0].rows.to_pylist() for screen in screens]
    assert max(len(page) for page in pages) <= 6
    assert screens[0].title == (
        "Of 19 targets: 11 likely to be missed, 4 could go either way, 2 likely to be met, "
        "2 without a forecast"
    )
    tones = [row["tone"] for page in pages for row in page if row["low"] is not None]
    assert tones == sorted(tones, key=["bad", "quiet", "good"].index)
    assert pages[0][0]["said"] == "under 1 in 100"
    rows = [row for page in pages for row in page]
    assert len(rows) == 11  # the others ask for no decision
    # what can't be foretold has no band and stands last among those of its outlook
    bare = [(row["tone"], row["low"] is None) for row in rows]
    order = ["bad", "quiet", "good"]
    assert bare == sorted(bare, key=lambda item: (order.index(item[0]), item[1]))
    assert 0 < sum(missing for _, missing in bare) < 7
    assert {screen.strip for screen in screens} == {
        "bar: so far, April to June 2004 · band: where the year will end, four times in five"
        " · mark: target"
    }
    # A figure of another period than the key says has its own.
    asides = {row["label"]: row["aside"] for row in rows}
    assert asides["Vetting in date"].endswith("June 2004")
    assert asides["Commercial robbery"].endswith("2004/05")


def test_the_targets_counted_as_missed_are_those_of_the_tasking_page(items, sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    assert objectives.board(request).title.startswith("11 of 19 targets are likely to be missed")
    assert items["objectives"].title.startswith("Of 19 targets: 11 likely to be missed")


def test_what_was_decided_last_time_comes_before_the_alerts(items, sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    before = board.board(request, before_only=True, live_only=True, of=board.tasking)
    item = items["last-time"]
    assert item.title == before.title and item.strip == "2 more on the decisions page"
    listed = before.rows.to_pylist()[:4]
    assert [row[0] for row in item.facts] == [row["standing"] for row in listed]
    assert [row[2] for row in item.facts] == [
        *("SCD7: no measure set", "SCD5: no measure set"),
        "SCD7: Worked: 26 came, 57–110 without it, aim 40.9",
        "SCD7: No halving seen: 37 came, 18–49 without it, aim 16.1",
    ]
    for (_, what, _), row in zip(item.facts, listed, strict=True):
        assert len(what) <= 90 and row["what"].startswith(what.removesuffix(" …"))


def test_what_was_decided_here_is_read_back_though_the_items_are_kept(sample_data, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    request = reports.open_request(date(2004, 7, 12), None, data)
    assert agenda.agenda(request)[-1].section == "6 · Decide"
    acts.decide(request, "Ann", SAID)
    last = agenda.agenda(request)[-1]
    assert last.key == "closing-2"  # below a decision stands more than below what asks for one
    first = next(item for item in agenda.agenda(request) if item.key == "closing")
    # It is on no matter of the list: all that asked still asks, and stands before it.
    assert first.title == "1 decision made at this meeting; 4 still ask for one"
    assert first.title in last.title and "4 to 5 of 5" in last.title
    signs = [row[0] for item in (first, last) for row in item.facts]
    assert last.section == "6 · Decide" and signs == [*"1234", "✓"]
    assert last.facts[-1] == ("✓", "Plain-clothes patrols round the shops", "SCD7")
    assert [bool(way) for way in (*first.asks, *last.asks)] == [True] * 4 + [False]


def test_a_decision_closes_the_matter_that_it_answers_and_no_other(sample_data, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    request = reports.open_request(date(2004, 7, 12), None, data)
    first, second, *_ = to_decide.questions(request)
    raised = {"from": "alert", "measure": first.raises.measure}
    of_alert = SAID | {"raised_from": "alert", "origin": raised}
    # Another borough's robbery is not this one's.
    acts.decide(request, "Ann", of_alert | {"boroughs": ["E09000008"]})
    assert not to_decide.questions(request)[0].decision
    made = acts.decide(request, "Ann", of_alert | {"boroughs": first.raises.borough.split("+")[:1]})
    after = to_decide.questions(request)
    assert after[0].decision == made["id"]
    assert [item.words for item in to_decide.unanswered(after)] == [
        item.words for item in (second, *after[2:])
    ]
    opening = agenda.agenda(request)[0]
    assert opening.lists[1].heading == "To decide today, 1 of 4 done"
    assert opening.lists[1].lines[0] == second.short
    # The alert says what, who and by when; the read-back what the decision closed.
    items = {item.key: item for item in agenda.agenda(request)}
    assert "SCD7, The owner, by 24 Aug" in items["alert-1"].strip
    assert "SCD7, The owner" not in items["alert-2"].strip
    closing = [items["closing"], items["closing-2"]]  # three that still ask, and two decisions
    assert [row[0] for item in closing for row in item.facts] == ["1", "2", "3", "✓", "✓"]
    # What answers an alert is read back before the decision that was made earlier on none.
    details = [below for item in closing for below in item.details if below]
    assert [first.short in below for below in details] == [True, False]
    assert all("by 24 Aug" in below for below in details)
    # Taken back, it answers nothing.
    acts.withdraw(request, "Ann", made["id"], made["version"], "raised twice")
    assert not to_decide.questions(request)[0].decision
    # Nor is it made: not read back, not counted, and in the minutes withdrawn alone.
    back = to_decide.read_back(request, to_decide.questions(request))
    assert made["id"] not in [row.decision for row in back.rows]
    assert back.title.startswith("1 decision made")
    asked = Asked(request)
    decided, ended = list(minutes.decided(asked)), list(minutes.closed(asked))
    assert [part.shown.rows.num_rows for part in decided] == [1]
    (gone,) = (line for line in ended if SAID["what"] in line)
    assert gone.startswith("Withdrawn: ")


@pytest.mark.parametrize(
    ("moves", "closes"),
    [
        ([("SCD8", "SCD7")], False),  # from one of those that are over to another
        ([("SCD6", "SCD7")], False),  # nothing for the other
        ([("SCD6", "SCD7"), ("SCD4", "SCD8")], True),
    ],
)
def test_a_move_answers_for_those_over_profile_whom_it_gives_to(items, moves, closes):
    made = {"moves": [{"giver": giver, "taker": taker} for giver, taker in moves]}
    assert to_decide.relieves(made, {"SCD7", "SCD8"}) is closes


def test_capacity_and_objectives_lead_to_the_decision_that_they_ask_for(items):
    asks = {key: item.asks[0].matter for key, item in items.items() if item.asks and not item.facts}
    assert asks["pressure"] == to_decide.CAPACITY and asks["objectives"] == to_decide.TARGETS


def test_the_meeting_ends_with_the_rows_that_read_back_returns(items, sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    back = to_decide.read_back(request, to_decide.questions(request))
    assert items["closing"].title == back.title
    assert [row[1:] for row in items["closing"].facts] == [
        (row.words, row.owner) for row in back.rows
    ]
    assert back.rows[0].owner == "SCD7"
    assert back.rows[2].words.startswith("11 targets are likely to be missed")


def test_pressure_and_capacity_are_one_picture_of_every_unit(items):
    spent, vacant = (shown.rows.to_pylist() for shown in items["pressure"].pictures)
    assert [row["label"] for row in spent] == [row["label"] for row in vacant]
    assert [(row["label"], row["figure"]) for row in spent[:3]] == [
        ("SCD7", "1"),
        ("SCD8", "1"),
        ("SCD11", "not tested"),
    ]
    assert all(row["mark"] == 1 for row in spent)
    assert vacant[0]["bar"] == pytest.approx(38 / 640)


def test_no_letters_of_statistics_and_no_codes_on_the_wall(items):
    for key, item in items.items():
        for said in words(item):
            assert not FORBIDDEN.search(said), (key, said)


def test_without_targets_the_measures_lead_what_is_worse_first(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    board = [row | {"target_words": None} for row in objectives.board(request).rows.to_pylist()]
    lines = bar_rows.lines(board)
    assert not bar_rows.objectives(board)
    tones = [item.line["tone"] for item in lines]
    assert tones[0] == "bad" and "bad" not in tones[tones.count("bad") :]


def test_what_ended_long_ago_is_dated_and_asks_for_no_decision(sample_data):
    """Old figures that were worse than usual are no news: their period stands there instead."""
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    board = [row | {"target_words": None} for row in objectives.board(request).rows.to_pylist()]
    worse = next(item.of for item in bar_rows.lines(board) if item.line["tone"] == "bad")
    (old,) = bar_rows.lines([worse | {"fresh": False, "latest_words": "March 2002"}])
    assert (old.line["said"], old.line["tone"]) == ("March 2002", "plain")


def test_a_folder_without_an_alert_has_an_opening_a_fitness_and_an_end(folder: Folder):
    head = "date,grain,borough,offence,offences,publisher\n"
    months = [date(2003 + n // 12, n % 12 + 1, 1) for n in range(24)]
    rows = "".join(f"{m},month,E09000007,robbery_business,{20 + m.month},x\n" for m in months)
    folder.load("counts", head + rows, "2005-01-10")
    folder.publish("2005-01-17")
    request = reports.open_request(date(2005, 1, 17), None, folder.data)
    found = {item.key: item for item in agenda.agenda(request)}
    assert list(found)[0] == "opening" and list(found)[-2:] == ["fit", "closing"]
    opening = found["opening"]
    assert opening.kind == "opening plain"
    assert "Commercial robbery" in opening.pictures[0].rows.column("label").to_pylist()
    assert "pressure" not in found  # neither posts nor overtime are loaded
    assert "figures" in found["fit"].title or "No figure" in found["fit"].title
    for item in found.values():
        assert not any(FORBIDDEN.search(said) for said in words(item))
