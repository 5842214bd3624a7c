"""The items that alerts are shown by: where it is, and how its year of windows went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard import rows
from dashboard.reports.alerts import alert_list, history
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.decisions import on_chart
from dashboard.reports.remarks import Remarks
from dashboard.reports.request import Request
from dashboard.reports.tasking import pressures, problems, where
from dashboard.reports.tasking.item import Item, Listing, first_lines
from dashboard.reports.tasking.problems import Problem
from dashboard.words import dates, phrases
from dashboard.words.names import areas_word, window_word

MOST_NAMED = 2  # kinds of rare events in a title
MOST_KINDS = 6  # of rare events, said in a line each


def alert(request: Request, item: Problem, place: int) -> Item:
    """The item of one problem, the `place`th of the meeting, from 1."""
    title = problems.title(request, item)
    owner = request.measures[item.row["measure"]].owner
    return Item(
        f"alert-{place}",
        "2 · Beyond expectation now",
        "alert",
        title,
        problems.sentence(request, item),
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
        decided = on_chart.sentence(on_chart.of_alert(request, item.row))
        said += [words for words in (spoken.short(item.row), decided) if words]
    return replace(item, strip=" · ".join(filter(None, (item.strip, *said)))) if said else item


def no_rare() -> str:
    """What is said where no rare event is listed."""
    return f"No rare event in the {window_word()}, or none known by date"


def rare(request: Request) -> list[Item]:
    """Rare events: how many of each kind, and where; no item where there is none."""
    events = rows.typed(Rare, alert_list.alert_list(request).rare.rows)
    if not events:
        return []
    title = f"{kinds(events)}, in {areas_word()} that expected fewer than one of the kind"
    lines = [_kind(name, count, events) for name, count in _counts(events).most_common()]
    return [
        Item(
            "rare",
            "2 · Rare events",
            "events",
            title,
            "How many of each kind, and the last of it",
            pictures=(where.of_events(request, events, title),),
            lists=(Listing("", first_lines(lines, MOST_KINDS, "kind")),),
        )
    ]


def kinds(events: Sequence[Rare]) -> str:
    """'Kidnap 15, homicide 7 and 11 other kinds' of rare events; they overlap and are not added."""
    said = [f"{phrases.inside(name)} {count}" for name, count in _counts(events).most_common()]
    more = len(said) - MOST_NAMED
    if more > 0:
        said = [*said[:MOST_NAMED], phrases.many(more, "other kind")]
    return phrases.sentence(phrases.listed(said))


def _counts(events: Sequence[Rare]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in events:
        counts[row["name"]] += row["n"]
    return counts


def _kind(name: str, count: int, events: Sequence[Rare]) -> str:
    """'Kidnap: 15, the last on 10 July in Ashby'; a month's count has no day."""
    same = [row for row in events if row["name"] == name]
    dated = [(day, row["borough_name"]) for row in same if (day := row["day"])]
    if not dated:
        months = phrases.listed(sorted({row["period_words"] for row in same}))
        places = phrases.listed_first([row["borough_name"] for row in same if row["borough_name"]])
        return f"{name}: {count} in {months}" + (f", in {places}" if places else "")
    day, borough = max(dated, key=lambda known: known[0])
    when = dates.day(day, year=False, weekday=False)
    return f"{name}: {count}, the last on {when}" + (f" in {borough}" if borough else "")
