"""The list of decisions, and its short form that opens the tasking page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.catalogue import order, ours
from dashboard.export.packs import kept
from dashboard.reports import Request
from dashboard.reports.decisions import acts, board, expectations
from dashboard.reports.decisions.board import Decided
from dashboard.ui.decisions import cells
from dashboard.ui.kit import address, section, wall
from dashboard.ui.kit.markup import Column, join, link
from dashboard.words import dates, names

COMPACT, MOST_NAMED = 3, 6  # decisions on the tasking page; where its title names more
NO_SCORE = "–"
SHOWN = 100  # in the list and its downloads
TRUE = (
    Column("Judged", "right"),
    Column("Worked", "right"),
    Column("Did not", "right"),
    Column("Not told", "right"),
    Column("Off by, as “how sure” said", "right"),
    Column("Off by, had “no effect” been said", "right"),
)


def last_time(request: Request, also: Callable[[], object]) -> None:
    """Section 1 of the meeting: what was decided last time, and whether it worked.

    also  draws what else changed since, in the row below
    """
    acts.judge_due(request)
    decisions = board.board(request, before_only=True, live_only=True, of=board.tasking)
    decided = rows.typed(Decided, decisions.rows)
    # What the title names stands first: overdue, then new results.
    named = sum(row["overdue"] or row["new_result"] for row in decided)
    shown = decided[: max(COMPACT, min(named, MOST_NAMED))]
    more = len(decided) - len(shown)

    def tools() -> None:
        label = f"All decisions, {more} more open" if more > 0 else "All decisions"
        _links([("decisions", label, {}), *_minutes(request)])
        also()

    section.section(
        decisions,
        "decided",
        part=1,
        grid=section.Grid(cells.COMPACT, cells.compact(shown)),
        tools=tools,
        file="decisions",
    )


def _minutes(request: Request) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The way to the minutes that were kept last, of a meeting before; none where none are."""
    minutes = kept.last_before(
        request.data, "minutes", request.as_at, request.scope, request.role.restricted
    )
    if minutes is None:
        return []
    words = f"Minutes, as at {dates.day(minutes.as_at)}"
    return [("reports", words, {"pack": minutes.name, "kept": minutes.id})]


def _links(items: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
    links = (link(address.link_to(page, **also), words) for page, words, also in items)
    section.ways(join(links, " · "))


def decisions_list(request: Request) -> None:
    """The page's list: all decisions, those overdue first, and how expectations came true."""
    acts.judge_due(request)
    said, lists = st.columns([0.7, 0.3], gap="small", vertical_alignment="center")
    with lists:
        unit = _unit(request)
    decisions = board.board(request, unit=unit, most=SHOWN)
    whose = f"what {unit} owns, gives to or takes from, " if unit else ""
    with said:
        section.statement(decisions.title, f"{whose}{decisions.subtitle}")
    wall.way()
    lines = cells.listed(rows.typed(Decided, decisions.rows))
    with section.card("list", "Decisions"):
        if not lines:
            section.note(f"{decisions.title}.")
        else:
            section.table(cells.LIST, lines, caption=decisions.title, cards=True)
        with section.actions("list"):
            if acts.may(request):
                _links([("decisions", "Decide by hand", {"raise": "hand"})])
            heads = board.book_of(request).heads
            many = sum(unit is None or board.concerns(request, head, unit) for head in heads)
            rest = f"The first {SHOWN} of {many:,}: `decisions list` has all." * (many > SHOWN)
            section.note(rest, inline=True)
            section.downloads(decisions, "decisions")
        section.note(*decisions.plain_notes)
    _came_true(request)


def _unit(request: Request) -> str | None:
    """The OCU that the address asks for, chosen in a list; None of all."""
    ocus = order.page_units(request.catalogue)
    asked = st.query_params.get("unit")
    if asked in request.catalogue.units and asked not in ocus:
        address.put("unit", request.catalogue.ocu_of(asked))  # a part's own: its OCU's
    every = ours().directorate
    unit = address.pick(
        "Unit",
        "unit",
        [every, *(code for code in ocus if code != every)],
        words=lambda code: names.unit(request.catalogue, code),
        hidden=True,
    )
    return None if unit == every else unit


def _came_true(request: Request) -> None:
    """How often what was expected came true, by tactic and by unit, once there are enough."""
    shown = {by: expectations.came_true(request, by) for by in expectations.BY}
    first = shown["tactic"]
    with section.card("tactics", "Do our expectations come true?", first.title):
        for by, scores in shown.items():
            names = scores.rows.column(by).to_pylist()
            if lines := _scores(names, rows.typed(expectations.Score, scores.rows)):
                heads = [Column(expectations.BY[by].capitalize()), *TRUE]
                if all(line[-1] == line[-2] == NO_SCORE for line in lines):
                    # Columns of dashes alone tell nobody anything: the note says from when on.
                    heads, lines = heads[:-2], [line[:-2] for line in lines]
                section.table(heads, lines, caption=f"{scores.title}, by {expectations.BY[by]}")
        section.note("Of the decisions of all units.", *first.plain_notes)
        with section.actions("tactics"):
            for by, scores in shown.items():
                label = f"Download by {expectations.BY[by]}"
                section.downloads(scores, f"expectations-{by}", label=label)


def _scores(names: list[str], scores: list[expectations.Score]) -> list[list[Any]]:
    """Cells of the table of expectations; a score that there are too few for is a dash."""
    return [
        [
            name,
            row["judged"],
            row["worked"],
            row["did_not"],
            row["not_told"],
            *(
                NO_SCORE if score is None else f"{score:.2f}"
                for score in (row["brier"], row["brier_no_effect"])
            ),
        ]
        for name, row in zip(names, scores, strict=True)
    ]
