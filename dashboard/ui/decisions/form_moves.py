"""What a decision moves from unit to unit, as the form asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.catalogue import order, ours
from dashboard.reports import Request
from dashboard.ui.kit.typed import Typed

MOST_MOVES = 4
NONE = ""  # a unit that is still to be chosen, a field that is left open


def drop_down(
    form: Typed, label: str, field: str, options: list[Any], words: Callable[[Any], str] = str
) -> None:
    if form.get(field) not in options:
        form.put(field, options[0])
    st.selectbox(label, options, key=form.key(field), format_func=words, on_change=form.keep)


def choice(form: Typed, label: str, field: str, options: Mapping[str, str]) -> None:
    """A drop-down list of codes under their words, kept as it is changed."""
    drop_down(form, label, field, list(options), lambda code: options[code])


def units(request: Request) -> dict[str, str]:
    """Code and name of the OCUs that may own a decision."""
    catalogue = request.catalogue
    return {code: f"{code} {catalogue.units[code].name}" for code in order.page_units(catalogue)}


def moves(request: Request, form: Typed) -> None:
    known = list(units(request))
    rates = sorted({rate.category for rate in request.catalogue.rates})
    owner = form.get("owner_unit")
    for place in range(form.get("moves", 0)):
        if form.get(f"taker-{place}") is None and owner in known:
            form.put(f"taker-{place}", owner)  # who is to do it is who needs them
        columns = st.columns([0.22, 0.22, 0.16, 0.16, 0.24])
        for field, start in (("officers", 0), ("hours", 0)):
            if form.get(f"{field}-{place}") is None:
                form.put(f"{field}-{place}", start)
        with columns[0]:
            drop_down(form, "From", f"giver-{place}", [NONE, *known], lambda code: code or "choose")
        with columns[1]:
            drop_down(form, "To", f"taker-{place}", known)
        with columns[2]:
            st.number_input(
                "Officers", 0, 1000, key=form.key(f"officers-{place}"), on_change=form.keep
            )
        with columns[3]:
            st.number_input(
                "Hours", 0, 100_000, key=form.key(f"hours-{place}"), on_change=form.keep
            )
        with columns[4]:
            drop_down(
                form, "Paid as", f"category-{place}", rates, lambda code: code.replace("_", " ")
            )
    if form.get("moves", 0) < MOST_MOVES:
        st.button(
            "Move officers or overtime" if not form.get("moves") else "Another move",
            key=form.press("add-move"),
            on_click=_another,
            args=(form,),
            type="tertiary",
        )


def _another(form: Typed, field: str = "moves") -> None:
    form.put(field, form.get(field, 0) + 1)
    form.keep()


def budgets(request: Request, form: Typed) -> None:
    """Overtime budget that one unit gives to another."""
    known = units(request)
    for place in range(form.get("budgets", 0)):
        columns = st.columns(3)
        if form.get(f"budget_gbp-{place}") is None:
            form.put(f"budget_gbp-{place}", "")
        if form.get(f"got-{place}") is None and form.get("owner_unit") in known:
            form.put(f"got-{place}", form.get("owner_unit"))
        with columns[0]:
            choice(form, "From", f"gave-{place}", {NONE: "choose", **known})
        with columns[1]:
            choice(form, "To", f"got-{place}", known)
        with columns[2]:
            st.text_input(
                f"Budget in {ours().currency}",
                key=form.key(f"budget_gbp-{place}"),
                on_change=form.keep,
            )
    if form.get("budgets", 0) < MOST_MOVES:
        st.button(
            "Another move of budget" if form.get("budgets") else "Move budget",
            key=form.press("add-budget"),
            on_click=_another,
            args=(form, "budgets"),
            type="tertiary",
        )


def budget(form: Typed, place: int) -> dict[str, Any]:
    names = {"giver": "gave", "taker": "got", "budget_gbp": "budget_gbp"}
    return {name: form.get(f"{field}-{place}") for name, field in names.items()}
