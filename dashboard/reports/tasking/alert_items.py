"""The items that alerts are shown by: where it is, and how its year of windows went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.alerts import (
    alert_list,
    alert_words,
    history,
    past_record,
    rare_events,
)
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.decisions import board, on_chart
from dashboard.reports.remarks import Remarks
from dashboard.reports.request import Request
from dashboard.reports.tasking import pressures, problems, to_decide, where
from dashboard.reports.tasking.item import Item, Listing, first_lines
from dashboard.reports.tasking.problems import Problem
from dashboard.words import dates, phrases
from dashboard.words.names import area_word, window_word

MOST_NAMED = 3  # areas with many rare events in a title
MOST_CROWDED = 6  # of them, said in a line each


def alert(request: Request, item: Problem, place: int) -> Item:
    """The item of one problem, the `place`th of the meeting, from 1."""
    title = problems.title(request, item)
    owner = request.measures[item.row["measure"]].owner
    trust = alert_words.trust(past_record.record(request))
    return Item(
        f"alert-{place}",
        "2 · Beyond expectation now",
        "alert",
        title,
        " ".join(filter(None, (problems.sentence(request, item), trust))),
        pictures=(
            where.of_problem(request, item, title),
            history.history(request, {**item.row, "sentence": title}),
        ),
        strip=pressures.capacity(request, owner),
        row=item.row,
    )


def with_remarks(request: Request, spoken: Remarks, item: Item) -> Item:
    """The item with a word on what is said of its figures, and of an alert on what was decided on
    its series; as it is where nothing is."""
    explained = [label for label, spelt in item.figures if spoken.figure(spelt, year=True)]
    said = [f"explained: {phrases.listed_first(explained)}"] if explained else []
    if item.row:
        row = item.row
        of = Problem(row, (), {})
        here = [made for made in board.made_here(request) if to_decide.on_problem(of, made)]
        before = on_chart.came_of(request, row["measure"], row["boroughs"])
        told = [*map(to_decide.told, here), before]
        said += [words for words in (spoken.short(row), *told) if words]
    return replace(item, strip=" · ".join(filter(None, (item.strip, *said)))) if said else item


def no_rare() -> str:
    """What is said where no rare event is listed."""
    return f"No rare event in the {window_word()}, or none known by date"


def rare(request: Request) -> list[Item]:
    """Rare events where they are unusual: which kind, how many, and where; no item where none is.

    All of them stand on the page."""
    events = rows.typed(Rare, alert_list.alert_list(request).rare.rows)
    places = crowded(request, events)
    if not places:
        return []
    title = phrases.sentence(_title(events, places))
    lines = [_said(place) for place in places]
    return [
        Item(
            "rare",
            "2 · Rare events",
            "events",
            title,
            f"less than one of the kind is usual there in a {window_word()}",
            pictures=(
                where.of_events(request, [row for at in places for row in at.events], title),
            ),
            lists=(Listing("", first_lines(lines, MOST_CROWDED, area_word())),),
        )
    ]


class Crowded(NamedTuple):
    """An area in which many rare events of one kind came."""

    kind: str
    area: str
    n: int
    events: tuple[Rare, ...]


def crowded(request: Request, events: Sequence[Rare]) -> list[Crowded]:
    """Where rare_events.MANY or more of one kind came, most first; of what an alert speaks of
    nothing, as that has its own item."""
    told = {
        (name, code)
        for row in alert_list.alerts(request)
        for name in on_chart.of_kind(request, row["measure"])
        for code in row["boroughs"]
    }
    return [
        Crowded(
            request.measures[here[0]["measure"]].name,
            here[0]["borough_name"] or here[0]["borough"],
            sum(row["n"] for row in here),
            here,
        )
        for here in rare_events.crowds(events)
        if told.isdisjoint((name, row["borough"]) for row in here for name in _counted_by(row))
    ]


def _counted_by(row: Rare) -> tuple[str, ...]:
    return row["measure"], *row["also_measures"]


def rare_listed(request: Request) -> Disclosed:
    """All rare events, those first that came often in one area: these are the title too; where no
    kind did, how many events there are."""
    rare_events = alert_list.alert_list(request).rare
    events = rows.typed(Rare, rare_events.rows)
    if not events:
        return rare_events
    places = crowded(request, events)
    rank = {(row["measure"], row["borough"]): at for at, place in enumerate(places)
            for row in place.events}  # fmt: skip
    order = [rank.get((row["measure"], row["borough"]), len(rank)) for row in events]
    taken = rare_events.rows.take(sorted(range(len(order)), key=order.__getitem__))
    return replace(rare_events, rows=taken, title=phrases.sentence(_title(events, places)))


def _title(events: Sequence[Rare], places: Sequence[Crowded]) -> str:
    if places:
        return _named(places)
    many = phrases.many(sum(row["n"] for row in events), "event")
    return f"{many}, no kind {rare_events.MANY} times in one {area_word()}"


def _named(places: Sequence[Crowded]) -> str:
    of: dict[str, list[str]] = {}
    for place in places[:MOST_NAMED]:
        of.setdefault(phrases.inside(place.kind), []).append(f"{place.n} in {place.area}")
    said = "; ".join(f"{kind} {phrases.listed(here)}" for kind, here in of.items())
    more = len(places) - MOST_NAMED
    return f"{said}; and in {more} more" if more > 0 else said


def _said(place: Crowded) -> str:
    """'Ashby: kidnap 4, the last on 10 July'; a month's count has no day."""
    count = f"{place.area}: {phrases.inside(place.kind)} {place.n}"
    days = [row["day"] for row in place.events if row["day"]]
    if not days:
        months = sorted({row["period_words"] for row in place.events})
        return f"{count} in {phrases.listed(months)}"
    return f"{count}, the last on {dates.day(max(days), year=False, weekday=False)}"
