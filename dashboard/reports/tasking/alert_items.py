"""The items that alerts are shown by: where it is, and how its year of windows went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from dashboard import rows
from dashboard.reports.alerts import alert_list, alert_words, history, past_record
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.decisions import on_chart
from dashboard.reports.remarks import Remarks
from dashboard.reports.request import Request
from dashboard.reports.tasking import pressures, problems, to_decide, where
from dashboard.reports.tasking.item import Item, Listing, first_lines
from dashboard.reports.tasking.problems import Problem
from dashboard.words import dates, phrases
from dashboard.words.names import area_word, areas_word, window_word

MANY = 3  # of a kind in one area where less than one is usual: the wall shows so many
MOST_NAMED = 2  # kinds of rare events in a title
MOST_KINDS = 6  # of rare events, said in a line each


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
        here = [made for made in to_decide.standing(request) if to_decide.on_problem(of, made)]
        before = on_chart.came_of(request, row["measure"], row["boroughs"])
        told = [*map(to_decide.told, here), before]
        said += [words for words in (spoken.short(row), *told) if words]
    return replace(item, strip=" · ".join(filter(None, (item.strip, *said)))) if said else item


def no_rare() -> str:
    """What is said where no rare event is listed."""
    return f"No rare event in the {window_word()}, or none known by date"


def rare(request: Request) -> list[Item]:
    """Rare events where they are unusual: how many of each kind, and where; no item where none is.

    All of them stand on the page."""
    listed = alert_list.alert_list(request)
    told = {
        (name, code)
        for row in rows.typed(Alert, listed.alerts.rows)
        for name in on_chart.of_kind(request, row["measure"])
        for code in row["boroughs"]
    }
    events = unusual(rows.typed(Rare, listed.rare.rows), told)
    if not events:
        return []
    counted = _by_kind(request, events)
    title = f"{_named(counted)}, in {areas_word()} where less than one of the kind is usual"
    lines = [_said(kind) for kind in counted]
    return [
        Item(
            "rare",
            "2 · Rare events",
            "events",
            title,
            f"{MANY} or more of a kind in one {area_word()} in the {window_word()}",
            pictures=(where.of_events(request, events, title),),
            lists=(Listing("", first_lines(lines, MOST_KINDS, "kind")),),
        )
    ]


def unusual(events: Sequence[Rare], told: Set[tuple[str, str | None]]) -> list[Rare]:
    """Of rare events those of which MANY or more of one kind came in one area.

    told  measures and areas of which an alert speaks already
    """
    came = Counter[tuple[str, str | None]]()
    for row in events:
        came[row["measure"], row["borough"]] += row["n"]
    return [
        row
        for row in events
        if row["borough"]
        and came[row["measure"], row["borough"]] >= MANY
        and told.isdisjoint((name, row["borough"]) for name in _counted_by(row))
    ]


def _counted_by(row: Rare) -> tuple[str, ...]:
    return row["measure"], *row["also_measures"]


class Kind(NamedTuple):
    """A kind of rare event.

    n      how many came where it is rare
    whole  of how many in all that came; None where only their months are known
    """

    name: str
    n: int
    whole: int | None
    events: tuple[Rare, ...]


def kinds(request: Request, events: Sequence[Rare]) -> str:
    """'Kidnap 15 of 15, homicide 7 of 11 and 11 other kinds' of rare events: what came where it is
    rare, of all that came. The kinds overlap and are not added."""
    return _named(_by_kind(request, events))


def _named(counted: Sequence[Kind]) -> str:
    said = [f"{phrases.inside(kind.name)} {_of_all(kind)}" for kind in counted]
    more = len(said) - MOST_NAMED
    if more > 0:
        said = [*said[:MOST_NAMED], phrases.many(more, "other kind")]
    return phrases.sentence(phrases.listed(said))


def _of_all(kind: Kind) -> str:
    return str(kind.n) if kind.whole is None else f"{kind.n} of {kind.whole}"


def _by_kind(request: Request, events: Sequence[Rare]) -> list[Kind]:
    """The kinds, most first; an event is of every kind that counts it."""
    of: dict[str, list[Rare]] = {}
    for row in events:
        for measure in _counted_by(row):
            of.setdefault(measure, []).append(row)
    read = alert_rows(request).read
    whole: dict[str, int] = {}
    for at, item in enumerate(read.series):
        if item.borough is None:  # the widest of the units that count it
            whole[item.measure] = max(int(read.now[at]), whole.get(item.measure, 0))
    found = [
        Kind(
            request.measures[measure].name,
            sum(row["n"] for row in rows),
            whole.get(measure) if all(row["day"] for row in rows) else None,
            tuple(rows),
        )
        for measure, rows in of.items()
    ]
    return sorted(found, key=lambda kind: -kind.n)


def _said(kind: Kind) -> str:
    """'Kidnap: 15 of 15, the last on 10 July in Ashby'; a month's count has no day."""
    dated = [(day, row["borough_name"]) for row in kind.events if (day := row["day"])]
    count = f"{kind.name}: {_of_all(kind)}"
    if not dated:
        months = phrases.listed(sorted({row["period_words"] for row in kind.events}))
        names = [row["borough_name"] for row in kind.events if row["borough_name"]]
        return f"{count} in {months}" + (f", in {phrases.listed_first(names)}" if names else "")
    day, borough = max(dated, key=lambda known: known[0])
    when = dates.day(day, year=False, weekday=False)
    return f"{count}, the last on {when}" + (f" in {borough}" if borough else "")
