"""The sections of the audit's page: each asks one report and draws what it gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import streamlit as st

from dashboard import rows, snapshots
from dashboard.access import Disclosed
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import people, units
from dashboard.charts import audit_days
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import csv
from dashboard.export.forms.stamping import file_name
from dashboard.periods import LONDON
from dashboard.reports.audit import asking, listing
from dashboard.reports.audit import overview as overviews
from dashboard.reports.audit.asking import Asked
from dashboard.ui.audit import cells
from dashboard.ui.kit import address, files, person
from dashboard.ui.kit.section import actions, card, draw, note, statement, table
from dashboard.words.phrases import sentence

EVERY = "all"
KEYS = ("before", "after")  # of the page of lines that the address names
SINCE, LAST, WORDS = "audit-since", "audit-last", "audit-words"


def asked() -> Asked:
    """What the address asks for, of who looks at the page."""
    who = person.here()
    today = datetime.now(LONDON).date()
    said = st.query_params.to_dict()
    return asking.asked_of_address(snapshots.data_folder(), who.role, who.who, said, today)


def header(overview: Disclosed) -> None:
    """The strongest thing that the lines of the period say, and the rest of it below."""
    statement(overview.title, overview.subtitle)
    note(*(f"{sentence(words)}." for words in overview.plain_notes))


def controls(asked: Asked) -> None:
    """What is chosen: period, kind, person, unit, words; each stands in the address."""
    period = asked.period
    with st.container(key="choose-audit", horizontal=True, vertical_alignment="bottom"):
        _day("From", SINCE, period.since)
        _day("To", LAST, period.last_day)
        _pick("Kind", "kind", [kind.value for kind in Kind])
        _pick("Who", "who", people(asked.audit, asked.whole))
        _pick("Unit", "unit", units(asked.audit, asked.whole))
        st.session_state[WORDS] = asked.chosen.words
        hint = "in who or what"
        st.text_input("Words", key=WORDS, placeholder=hint, on_change=_search, width=200)


def _day(label: str, key: str, day: date) -> None:
    st.session_state[key] = day
    st.date_input(label, key=key, format="DD/MM/YYYY", on_change=_move, width=130)


def _pick(label: str, key: str, options: list[str]) -> None:
    """A list of what may be chosen; what the address names stays in it, known or not."""
    said = st.query_params.get(key)
    widget = f"audit-{key}"
    offered = [EVERY, *options, *([said] if said and said not in options else [])]
    st.session_state[widget] = said or EVERY
    st.selectbox(
        label,
        offered,
        key=widget,
        format_func=lambda item: "All" if item == EVERY else item,
        on_change=_choose,
        args=(key, widget),
        width=165,
    )


def _choose(key: str, widget: str) -> None:
    said = st.session_state[widget]
    _put(key, None if said == EVERY else said)


def _search() -> None:
    _put("words", st.session_state[WORDS].strip() or None)


def _move() -> None:
    since, last = st.session_state[SINCE], st.session_state[LAST]
    _put("since", min(since, last).isoformat())
    _put("until", (max(since, last) + timedelta(days=1)).isoformat())


def _put(key: str, value: str | None) -> None:
    """Into the address; the list begins anew."""
    address.put(key, value)
    for other in KEYS:
        address.put(other, None)


def days(asked: Asked, overview: Disclosed) -> None:
    """The lines that were chosen by day and kind."""
    with card("days", "By day", overview.subtitle):
        if not overview.rows.num_rows:
            note("No such line in this period.")
            return
        groups = (*overviews.GROUPS, overviews.REST)
        spec = audit_days.spec(groups, asked.period.since, asked.period.until)
        draw(spec, audit_days.data(overview), alt=f"{overview.title}.")


def lines(asked: Asked) -> None:
    """The lines themselves, a page by key, and all of them as a file."""
    keys = {key: _number(st.query_params.get(key)) for key in KEYS}
    page = listing.page(asked, **keys)
    with card("lines", page.shown.title, "newest first"):
        told = rows.typed(listing.Told, page.shown.rows)
        table(cells.LINES, cells.lines(told), caption=page.shown.title)
        with actions("lines"):
            _turn("‹ Newer", "after", page.newer)
            _turn("Older ›", "before", page.older)
            taken(asked)


def taken(asked: Asked) -> None:
    """The link to the chosen lines as CSV; taking it is a line of the audit itself."""
    by = person.here().role.words
    whole = cache(lambda: listing.chosen_lines(asked))  # read when the link is followed

    def made() -> bytes:
        return csv.as_csv(sheet_of(whole()), Produced(by, datetime.now(UTC)))

    name = file_name(asked.stamp(), "audit", "csv")
    files.link("CSV", name, made, key="audit", of=lambda: [whole()])


def _turn(words: str, key: str, line: int | None) -> None:
    st.button(
        words,
        type="tertiary",
        disabled=line is None,
        on_click=_to,
        args=(key, line),
        key=f"turn-{key}",
    )


def _to(key: str, line: int | None) -> None:
    for other in KEYS:
        address.put(other, str(line) if other == key and line is not None else None)


def _number(said: str | None) -> int | None:
    """The line that an address names; None where it names none that can be one."""
    return int(said) if said and said.isdecimal() and len(said) < 16 else None
