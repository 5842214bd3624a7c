"""The Trends page's row of controls: each writes the address, and the address leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.catalogue import ours
from dashboard.reports import Request
from dashboard.reports.trends import asking, series_at
from dashboard.reports.trends.asking import Asked
from dashboard.reports.trends.series_at import Place
from dashboard.ui.kit.address import put
from dashboard.words import names
from dashboard.words.names import area_word, whole_area
from dashboard.words.phrases import sentence

Words = Callable[[str], str]
LEVEL_WORDS = {
    "force": "Force",
    "directorate": "Directorate",
    "ocu": "OCU",
    "branch": "Branch",
    "team": "Team",
}
YEAR_WORDS = {
    "1": "and 1 year before",
    "3": "and 3 years before",
    "5": "and 5 years before",
    "10": "and 10 years before",
    "all": "All years",
}
EARLIEST = date(1990, 1, 1)  # of a day that limits may be rebased at


def place_words(request: Request, place: Place) -> str:
    """'Knife crime, Ashby'."""
    name = request.measures[place.measure].name
    if place.borough:
        return f"{name}, {names.area(request.catalogue, place.borough)}"
    return f"{name}, {f'all {whole_area()}' if place.unit == ours().force else place.unit}"


def controls(request: Request, asked: Asked) -> None:
    """One row: what, at which level, where, how fine, how long; compare and rebase folded."""
    with st.container(key="trend-controls", horizontal=True):
        measures = asking.measures(request)
        _list("Measure", "measure", measures, asked.place.measure, 240, _name(request))
        levels = series_at.levels(request, asked.place.measure)
        _list("Level", "level", levels, asked.level, 130, _level)
        if asked.level == "borough":
            codes = asking.boroughs(request)
            _list(sentence(area_word()), "borough", codes, asked.place.borough, 210, _area(request))
        else:
            codes = series_at.units(request, asked.place.measure, asked.level)
            _list("Unit", "unit", codes, asked.place.unit, 265, _unit(request))
        grains = series_at.grains(request, asked.place.measure) or [asked.grain]
        _list("Grain", "grain", grains, asked.grain, 120, lambda grain: f"By {grain}")
        _list("Years", "years", list(asking.YEARS), asked.years, 180, YEAR_WORDS.__getitem__)
        _compare(request, asked)
        _rebase(asked)


def _level(level: str) -> str:
    return LEVEL_WORDS.get(level) or sentence(area_word())


def _name(request: Request) -> Words:
    return lambda measure: request.measures[measure].name


def _area(request: Request) -> Words:
    return lambda code: names.area(request.catalogue, code)


def _unit(request: Request) -> Words:
    return lambda code: names.unit(request.catalogue, code)


def _list(label: str, key: str, options: list[str], value: str, width: int, words: Words) -> None:
    """A drop-down list that shows what is asked and writes what is chosen into the address."""
    widget = f"trend-{key}"
    st.session_state[widget] = value
    put(key, value)
    st.selectbox(
        label,
        options,
        key=widget,
        format_func=words,
        on_change=_choose,
        args=(key, widget),
        label_visibility="collapsed",
        width=width,
    )


def _choose(key: str, widget: str) -> None:
    """A choice leads those that hang on it: they are chosen anew."""
    put(key, st.session_state[widget])
    if key == "level" and st.session_state[widget] != "borough":
        put("borough", None)
    if key == "grain":
        put("years", None)


def _compare(request: Request, asked: Asked) -> None:
    """A pop-over in which up to three series are put beside the first."""
    count = len(asked.also)
    with st.popover(f"Compare ({count})" if count else "Compare", icon=":material/add_chart:"):
        for place in asked.also:
            st.button(
                f"Take out {place_words(request, place)}",
                key=f"out-{asking.written(place)}",
                on_click=_write,
                args=(tuple(item for item in asked.also if item != place),),
            )
        if count < asking.MOST:
            _add(request, asked)
        if count:
            st.toggle(
                "All on one scale",
                value=asked.shared,
                key="trend-shared",
                on_change=_share,
            )


def _add(request: Request, asked: Asked) -> None:
    measures = asking.measures(request)
    here = measures.index(asked.place.measure)
    measure = st.selectbox(
        "Measure to compare", measures, here, key="trend-with", format_func=_name(request)
    )
    units = [
        code
        for level in series_at.levels(request, measure)
        if level not in ("borough", "team")
        for code in series_at.units(request, measure, level)
    ]
    words = {code: names.unit(request.catalogue, code) for code in units}
    words |= {code: names.area(request.catalogue, code) for code in asking.boroughs(request)}
    where = st.selectbox("Where", list(words), key="trend-where", format_func=words.__getitem__)
    place = asking.place_of(request, f"{measure}{asking.BETWEEN}{where}")
    if place is not None:
        st.button(
            "Put beside",
            type="primary",
            key="trend-add",
            on_click=_write,
            args=((*asked.also, place),),
        )


def _write(also: tuple[Place, ...]) -> None:
    put("compare", ",".join(asking.written(place) for place in also) or None)


def _share() -> None:
    put("scale", "shared" if st.session_state["trend-shared"] else None)


def _rebase(asked: Asked) -> None:
    """A pop-over that names the day from which limits start anew, and the reason."""
    with (
        st.popover("Rebased" if asked.rebase else "Rebase", icon=":material/restart_alt:"),
        st.form("trend-rebase", border=False),
    ):
        st.date_input(
            "Limits start anew on",
            value=asked.rebase,
            min_value=EARLIEST,
            format="DD/MM/YYYY",
            key="trend-day",
        )
        st.text_input(
            "Because",
            value=asked.because,
            max_chars=asking.LONGEST_REASON,
            key="trend-because",
        )
        st.form_submit_button("Rebase", on_click=_follow_rebase)
        st.form_submit_button("As published", on_click=_forget_rebase)


def _follow_rebase() -> None:
    day = st.session_state["trend-day"]
    put("rebase", day.isoformat() if day else None)
    put("because", st.session_state["trend-because"].strip() or None)


def _forget_rebase() -> None:
    put("rebase", None)
    put("because", None)
