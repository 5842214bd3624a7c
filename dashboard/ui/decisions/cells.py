"""Rows of decisions as cells of tables. Pure but for the links' as-at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from dashboard.reports.decisions import bar_words
from dashboard.reports.decisions.board import Decided
from dashboard.ui.kit import address
from dashboard.ui.kit.bars import bar
from dashboard.ui.kit.markup import Column, Html, join, link, small, stack, strong, tag
from dashboard.words import dates, numbers, status


class Spare(TypedDict):
    """Of a row of strategy.capacity.spare, which this page's sibling makes, what is shown here."""

    unit_code: str
    unit_name: str
    posts_words: str
    overtime_words: str
    open_now: int | None
    per_post: float | None
    alerts: int | None
    called: str
    strain: str
    place: int | None
    reason: str


LIST = (
    Column("Stands", wrap=False),
    Column("Decision"),
    Column("Owner"),
    Column("Expected, and what came of it"),
    Column("Moved"),
)
COMPACT = (
    Column("Stands", wrap=False),
    Column("Decision and owner"),
    Column("", words="What came, against what would have come without it, as a bar"),
    Column("What came of it"),
)
TRIED = (Column("Decided", wrap=False), Column("What, and what came of it"))
TONES = {"worked": "good", "did_not": "bad"}
SHAPES = {"worked": "●", "did_not": "▲", "not_yet": "○", "never": "○"}
LONGEST, BRIEF = 110, 64  # letters of a decision in a list, on the meeting's page


def listed(rows: Iterable[Decided]) -> list[list[Any]]:
    """Cells of the whole list."""
    return [
        [
            stands(row),
            stack(
                link(to(row), strong(shortened(row["what"]))),
                small(f"{row['tactic']}{' · ' + row['priority'] if row['priority'] else ''}"),
            ),
            stack(row["owner_unit"], small(row["owner_post"])),
            stack(result(row), small(row["effect"])) if row["result"] else row["effect"],
            small(row["moved"]),
        ]
        for row in rows
    ]


def compact(rows: Iterable[Decided]) -> list[list[Any]]:
    """Cells of the tasking page's first card."""
    return [
        [
            stands(row),
            join([link(to(row), strong(shortened(row["what"], BRIEF))), small(row["owner_unit"])]),
            bar(bar_words.bar(row), row["result"]) if row["result"] else "",
            _came(row),
        ]
        for row in rows
    ]


def _came(row: Decided) -> Html:
    """The verdict with its counts; until there is one, what is expected."""
    if not row["result"]:
        return small(f"expected: {row['effect']}")
    shape = tag("span", SHAPES[row["verdict"]], aria_hidden="true")
    tone = TONES.get(row["verdict"], "plain")
    return tag("span", shape, f" {bar_words.short(row)}", class_=f"said {tone}")


def to(row: Decided) -> str:
    """The address of a decision's own page."""
    return address.link_to("decisions", decision=row["id"], item=None)


def stands(row: Decided) -> Html:
    """The standing; what is overdue has its own shape and says for how many meetings."""
    if row["overdue"]:
        more = f"carried to {row['carried']} meeting{'' if row['carried'] == 1 else 's'}"
        return stack(tag("span", "▲ overdue", class_="st bad"), small(more))
    if row["state"] == "open":
        return stack(tag("span", "○ open", class_="st plain"), small(row["standing"]))
    words = {"done": "● done", "known": "● result", "withdrawn": "× withdrawn"}[row["state"]]
    done = row["done_on"] if row["state"] == "done" else None
    since = dates.day(done, weekday=False) if done else ""
    waits = ", its judgement awaited" if done and row["measure"] else ""
    return stack(tag("span", words, class_="st plain"), small(f"{since}{waits}"))


def tried(rows: Iterable[Decided]) -> list[list[Any]]:
    """Cells of what was decided on the same before: when, what, and its verdict or its standing."""
    return [
        [
            dates.day(row["meeting"], weekday=False),
            stack(
                link(to(row), strong(shortened(row["what"]))),
                result(row) if row["result"] else small(_awaited(row)),
            ),
        ]
        for row in rows
    ]


def _awaited(row: Decided) -> str:
    """How one without a result stands, and what was expected of it where: it names its place."""
    place = "" if row["measure"] else row["place"].removeprefix(", ").strip()
    return "; ".join(filter(None, (row["standing"], row["effect"], place)))


def result(row: Decided) -> Html:
    """The result's sentence with its shape."""
    verdict = row["verdict"]
    shape = tag("span", SHAPES[verdict], aria_hidden="true")
    tone = tag("span", shape, class_=f"st {TONES.get(verdict, 'plain')}")
    return Html(f"{tone} {tag('span', row['result'])}")


def shortened(words: str, most: int = LONGEST) -> str:
    """The first line of a decision, at most as long as a list takes."""
    first = words.split("\n")[0]
    return first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]} …"


SPARE = (
    Column("Unit"),
    Column("Posts vacant", "right", wrap=False),
    Column("Overtime of profile"),
    Column("Open cases a post", "right"),
    Column("Alerts", "right"),
)


def spare(rows: Iterable[Spare], units: Iterable[str]) -> list[list[Any]]:
    """What each unit named in the form has to spare, those in alert and over their profile, and
    every one that is below it: rows of strategy.capacity.spare."""
    wanted = set(units)
    named = [row for row in rows if row["unit_code"] in wanted or row["called"]]
    return [
        [
            stack(
                strong(row["unit_code"]),
                small(", ".join(filter(None, (row["unit_name"], row["called"])))),
            ),
            row["posts_words"],
            row["overtime_words"],
            stack(numbers.number(row["per_post"], 1), small(f"{row['open_now']:,} open"))
            if row["per_post"] is not None
            else numbers.MISSING,
            status.UNTESTED if row["alerts"] is None else numbers.number(row["alerts"]),
        ]
        for row in sorted(named, key=lambda row: row["unit_code"] not in wanted)
    ]
