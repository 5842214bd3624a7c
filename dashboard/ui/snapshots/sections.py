"""The sections of the snapshots page."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.reports import Disclosed, Request
from dashboard.reports.request.accounts import Account
from dashboard.reports.snapshots import loaded as snapshots
from dashboard.reports.snapshots import loading
from dashboard.ui.kit.address import link_to, pick
from dashboard.ui.kit.markup import Column, link, small, stack, strong, tag
from dashboard.ui.kit.section import Grid, card, note, result, section, statement, table
from dashboard.ui.snapshots import changes
from dashboard.words import dates, numbers
from dashboard.words.phrases import listed_first

NONE = "none"
COMING = "coming-changes"  # session key: what was foretold, and of what
LISTED = (Column("As at"), Column("Published"), Column("Sources", "right"))
SOURCES = (
    Column("File"),
    Column("Known on", wrap=False),
    *(Column(name, "right") for name in ("Read", "Accepted", "Rejected", "Superseded", "Excluded")),
)
HELD = (Column("File"), Column("Why"))
SERVED = (Column("Measure"), Column("Served by"), Column("Span"))
MOST = 12  # rows of a table that are open; the rest are folded


def heading(request: Request, listing: Disclosed) -> None:
    """What was revised since the snapshot before, and which one is open."""
    published = request.snapshot.published_at[:16].replace("T", " ")
    opened = (
        f"Open: as at {dates.day(request.as_at)}, {request.snapshot.id}, published {published} by "
        f"version {request.snapshot.program}"
    )
    before = next(iter(snapshots.others(request)), None)
    if before is None:
        statement(listing.title, opened)
    else:
        statement(snapshots.revised(request, before).title, f"{listing.title}. {opened}")


def listed(all_snapshots: Disclosed) -> None:
    """All snapshots, newest first, each a link that opens it."""
    with card("listing", "Published"):
        published = rows.typed(snapshots.Published, all_snapshots.rows)
        cells = [
            [
                stack(
                    link(
                        link_to(
                            "snapshots",
                            as_at=row["as_at"].isoformat(),
                            snapshot=row["id"],
                        ),
                        strong(dates.day(row["as_at"])),
                    ),
                    small(row["id"]),
                ),
                small(row["published_at"][:16].replace("T", " ")),
                row["sources"],
            ]
            for row in published
        ]
        marks = ["chosen" if row["open"] else "" for row in published]
        table(LISTED, cells, caption=all_snapshots.title, row_class=marks)
        note(*all_snapshots.plain_notes)


def held(held_files: Disclosed) -> None:
    """What is imported and not published, as it looks implausible; nothing where none is."""
    files = rows.typed(snapshots.Held, held_files.rows)
    if not files:
        return
    cells = [
        [
            stack(
                strong(row["file"]),
                small(f"{row['kind']}, known on {dates.day(date.fromisoformat(row['vintage']))}"),
                small(f"import number {row['number']}"),
            ),
            row["reason"],
        ]
        for row in files
    ]
    section(
        held_files,
        "held",
        title="Held",
        subtitle=held_files.title,
        grid=Grid(HELD, cells, open=MOST, cards=True),
        notes=[*held_files.plain_notes],
    )


def sound(request: Request) -> None:
    """A button that reads every file of the open snapshot against its sha256."""
    with card("verify", "Is it whole?"):
        count = len(request.snapshot.manifest["files"])
        if not st.button(f"Verify {count} files", key="verify"):
            note("Reads every file of the open snapshot against what was published.")
            return
        faults = snapshots.verify(request)
        if not faults:
            st.success(f"All {count} files are as published.", icon=":material/check:")
        for fault in faults:
            st.html(tag("p", fault, class_="note"))


def loaded(request: Request) -> None:
    """The sources with their accounts of rows and of values."""
    sources = snapshots.sources(request)
    files = [_source(row) for row in rows.typed(Account, sources.rows)]
    section(
        sources,
        "sources",
        title="Sources",
        subtitle=sources.title,
        grid=Grid(SOURCES, files, open=MOST, cards=True),
        below=sources.plain_notes,
        notes=["First line rows, second line values."],
    )


def _source(row: Account) -> list[Any]:
    name = stack(
        strong(row["file"]),
        small(" · ".join(filter(None, [row["kind"], row["coverage"]]))),
        small(row["warnings"]) if row["warnings"] else None,
    )
    pairs = (
        (row["rows_read"], row["value_read"]),
        (row["rows_accepted"], row["value_accepted"]),
        (row["rows_rejected"], row["value_rejected"]),
        (row["rows_superseded"], row["value_superseded"]),
        (row["rows_excluded"], row["value_excluded"]),
    )
    return [name, row["vintage"], *(stack(_said(n), small(_said(of))) for n, of in pairs)]


def served(request: Request) -> None:
    """Which source served which measure, over which span."""
    servings = snapshots.served(request)
    cells = [
        [
            strong(row["name"]),
            f"{row['source']}, by the {row['grain']}, {row['place']}" if row["source"] else "[x]",
            small(_span(row["since"], row["until"])),
        ]
        for row in rows.typed(snapshots.Served, servings.rows)
    ]
    section(
        servings,
        "served",
        title="Who served what",
        subtitle=servings.title,
        grid=Grid(SERVED, cells, open=MOST, cards=True),
        notes=["; ".join(servings.plain_notes)],
    )


def compared(request: Request) -> None:
    """What was revised between the open snapshot and another: the one before it, unless another
    is chosen."""
    with card("compare", "What was revised"):
        known = snapshots.others(request)
        if not known:
            note("There is no other snapshot to compare with.")
            return
        other = pick(
            "Compare with",
            "compare",
            [*known, NONE],
            words=lambda code: known.get(code, "Nothing to compare with"),
            hidden=True,
        )
        if other is None or other == NONE:
            return
        revised = snapshots.revised(request, other)
        grid = Grid(changes.FIGURES, changes.moved(revised), height=changes.TALL, cards=True)
        result(revised, "revised", lead=[f"{revised.title}."], grid=grid, notes=[revised.subtitle])


def coming(request: Request) -> None:
    """What the next publish will change, made aside when it is asked for."""
    with card("coming", "What the next publish will change"):
        waiting = snapshots.waiting(request.data)
        files = f"Loaded and not published: {listed_first(waiting)}." if waiting else ""
        note(files or "All that is loaded is published.")
        key = (request.snapshot.id, *waiting)
        asked = st.button("Show what it will change", key="coming")
        if asked or st.session_state.get(COMING, (None, None))[0] == key:
            changes.drawn(changes.once(COMING, key, "Publishing aside", lambda: loading.changes(
                request.data, request.role, request.who
            )))  # fmt: skip


def _span(since: date | None, until: date | None) -> str:
    """'1 April 2032 up to 12 July 2032' (until exclusive); '[x]' without dates."""
    if since is None or until is None:
        return numbers.MISSING
    return f"{dates.day(since, weekday=False)} up to {dates.day(until, weekday=False)}"


def _said(value: float | None) -> str:
    return numbers.figure(_whole(value), "n")


def _whole(value: float | None) -> float | None:
    return None if value is None else round(value)
