"""The sections of the information quality page: each asks one report and draws what it gives."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.charts import triangle
from dashboard.reports import Disclosed, Request
from dashboard.reports.quality import balance, rate_checks, reconciliation, revision
from dashboard.reports.quality import faults as quality
from dashboard.reports.quality import imports as imports_report
from dashboard.ui.kit import address
from dashboard.ui.kit.section import actions, card, downloads, draw, note, statement, table, why
from dashboard.ui.quality import cells
from dashboard.ui.shell.incidents import guard
from dashboard.words import names

VIEWS = {
    "faults": "Open faults",
    "delays": "Delays and balance",
    "revisions": "Revisions",
    "reconciliation": "Reconciliation and imports",
}
LIST_HEIGHT = 244  # pixels of a list that scrolls inside its card
ALL = "all"


def header(
    title: str,
    subtitle: str,
    pick: Callable[[], object] | None = None,
) -> None:
    """The statement of the view; below it the choice of view, and a list of its own at the right.

    pick  draws that list
    """
    statement(title, subtitle)
    left, right = st.columns([0.68, 0.32], gap="small", vertical_alignment="center")
    with left:
        _views()
    if pick:
        with right:
            pick()


def _views() -> None:
    widget = "view-of-quality"
    chosen = view()
    st.session_state[widget] = chosen
    st.segmented_control(
        "View",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        key=widget,
        on_change=_turn,
        args=(widget, chosen),
        label_visibility="collapsed",
    )


def _turn(widget: str, before: str) -> None:
    # A second press on the chosen view leaves nothing chosen: then it stays.
    address.put("view", st.session_state[widget] or before)


def view() -> str:
    """The view that the address asks for."""
    return address.state("view", "faults", list(VIEWS)) or "faults"


def faults(request: Request) -> None:
    """What is open by kind, the worklist beside it, and all units below."""
    if reason := quality.without(request):
        header("Faults on crime reports [x]", "")
        with card("faults", "Open faults"):
            note(reason)
        return
    unit = quality.unit_of(request, st.query_params.get("unit"))
    rules = quality.rules(request)
    fault = st.query_params.get("fault")
    fault = fault if fault in rules else None
    found = quality.kinds(request, unit)
    header(
        found.title,
        found.subtitle,
        lambda: address.pick(
            "Unit",
            "unit",
            quality.units(request),
            default=unit,
            words=lambda code: names.unit(request.catalogue, code),
            hidden=True,
        ),
    )
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, guard():
        kinds(found, fault)
    with right, guard():
        worklist(request, unit, fault)
    with guard():
        matrix(request, rules)


def kinds(found: Disclosed, fault: str | None) -> None:
    with card("kinds", "By kind of fault"):
        rows = found.rows.to_pylist()
        marks = ["chosen" if row["fault"] == fault else "" for row in rows]
        table(
            cells.KINDS,
            cells.kinds(rows, fault),
            caption=found.title,
            row_class=marks,
        )
        with actions("kinds"):
            why(found)
            downloads(found, "open-faults")
            note(*found.notes, inline=True)


def worklist(request: Request, unit: str, fault: str | None) -> None:
    asked = st.query_params.get("page", "1")
    page = int(asked) if asked.isdecimal() and asked != "0" else 1
    found = quality.worklist(request, unit, fault, page)
    with card("worklist", found.title if found else "Worklist"):
        if found is None:
            note(f"Records of {unit} are never shown.")
            return
        if not found.rows.num_rows:
            note("No report waits to be put right." if page == 1 else "The list ends before here.")
        with st.container(height=LIST_HEIGHT, border=False):
            rows = cells.worklist(request, found.rows.to_pylist())
            table(cells.WORKLIST, rows, caption=found.title)
        with actions("worklist"):
            last = quality.pages(found)
            if last > 1:
                turn(page - 1, "‹ Older", page > 1)
                note(f"{page:,} of {last:,}", inline=True)
                turn(page + 1, "Newer ›", page < last)
            why(found)
            downloads(found, "worklist")


def turn(page: int, words: str, there: bool) -> None:
    """A button to another page of the worklist."""
    st.button(
        words,
        type="tertiary",
        disabled=not there,
        on_click=address.put,
        args=("page", str(page)),
        key=f"turn-{words}",
    )


def matrix(request: Request, rules: dict[str, str]) -> None:
    found = quality.by_unit(request)
    with card("matrix", found.title, found.subtitle):
        heads, rows = cells.matrix(found.rows.to_pylist(), rules)
        table(heads, rows, caption=found.title)
        with actions("matrix"):
            why(found)
            downloads(found, "faults-by-unit")
            note("Beside each count its share of the reports that the rule looks at.", inline=True)


def delays(request: Request) -> None:
    """How long reports wait, and detection rates beside no-crimes and reclassifications."""
    if not quality.has_records(request):
        header("Delays and balancing pairs [x]", "")
        with card("delays", "Delays"):
            note("No crime reports are loaded: published counts tell no delays.")
        return
    found = balance.delays(request)
    header(found.title, found.subtitle)
    with card("delays", "Days that pass"), guard():
        rows = cells.delays(found.rows.to_pylist(), list(balance.STEPS))
        table(cells.DELAYS, rows, caption=found.title)
        with actions("delays"):
            why(found)
            downloads(found, "delays")
            note(*found.notes, inline=True)
    pairs = balance.balance(request)
    with card("balance", pairs.title, pairs.subtitle), guard():
        rows = cells.balance(pairs.rows.to_pylist())
        table(cells.BALANCE, rows, caption=pairs.title)
        with actions("balance"):
            why(pairs)
            downloads(pairs, "balancing-pairs")
            note(*pairs.notes, inline=True)


def revisions(request: Request) -> None:
    """The triangle of a measure, and how much its recent periods still grow."""
    names = revision.measures(request)
    first = revision.default(request)
    if first is None:
        header("Nothing is loaded that could be revised [x]", "")
        return
    measure = address.state("measure", first, list(names)) or first
    found = revision.triangle(request, measure)
    header(
        found.title,
        found.subtitle,
        lambda: address.pick(
            "Measure", "measure", list(names), default=first, words=names.__getitem__, hidden=True
        ),
    )
    left, right = st.columns([0.6, 0.4], gap="small")
    with left, card("triangle", "From snapshot to snapshot"), guard():
        rows = found.rows.to_pylist()
        months = len({row["period_start"] for row in rows})
        spec, data = triangle.spec(months), triangle.data(found)
        draw(spec, data, alt=f"{found.title}. {found.subtitle}.")
        note(
            "Grey: known for the first time; blue: more, orange: fewer than at the as-at before.",
            *found.notes,
        )
        with actions("triangle"):
            why(found)
            downloads(found, f"{measure}-revisions", spec, data)
    factors = revision.provisional(request, measure)
    with right, card("growth", factors.title), guard():
        note(f"{factors.subtitle}.")
        rows = cells.growth(factors.rows.to_pylist())
        table(cells.GROWTH, rows, caption=factors.title)
        with actions("growth"):
            why(factors)
            downloads(factors, f"{measure}-growth")
        note(*factors.notes)


def reconciled(request: Request) -> None:
    """Corporate figures against the records, printed rates against their parts, imports."""
    reason = reconciliation.without(request)
    found = None if reason else reconciliation.figures(request)
    if found is None:
        header("Nothing to reconcile [x]", "")
    else:
        header(found.title, found.subtitle)
    left, right = st.columns([0.58, 0.42], gap="small")
    with left, card("figures", "Corporate figures and the records"), guard():
        if found is None:
            note(reason)
        else:
            with st.container(height=LIST_HEIGHT + 196, border=False):
                rows = cells.figures_of(found.rows.to_pylist())
                table(cells.FIGURES, rows, caption=found.title)
            with actions("figures"):
                why(found)
                downloads(found, "reconciliation")
                note(*found.notes, inline=True)
    with right, guard():
        if found is not None:
            rates(request)
    with right, guard():
        imports(request)


def rates(request: Request) -> None:
    found = rate_checks.rates(request)
    with card("rates", found.title):
        note(f"{found.subtitle}.")
        rows = cells.rates(found.rows.to_pylist())
        table(cells.RATES, rows, caption=found.title)
        with actions("rates"):
            why(found)
            downloads(found, "rate-check")


def imports(request: Request) -> None:
    found = imports_report.rejected(request)
    with card("imports", found.title):
        note(f"{found.subtitle}.")
        if found.rows.num_rows:
            rows = cells.imports(found.rows.to_pylist())
            table(cells.IMPORTS, rows, caption=found.title)
        with actions("imports"):
            downloads(found, "imports")
            note(*found.notes, inline=True)


SECTIONS = {
    "faults": faults,
    "delays": delays,
    "revisions": revisions,
    "reconciliation": reconciled,
}


def draw_view(request: Request) -> None:
    """The view that the address asks for."""
    SECTIONS[view()](request)
