"""What stands on every page: marking, bar, as-at, freshness; and the request it opens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import __version__, periods, reports, snapshots
from dashboard.access.roles import needs_figures
from dashboard.catalogue import Catalogue, Directorate
from dashboard.errors import ContentError, NotAllowedError, NotFoundError
from dashboard.reports import Request
from dashboard.ui.kit import address, person, section
from dashboard.ui.kit.markup import link, literal, tag
from dashboard.ui.shell import incidents, visitor
from dashboard.ui.shell.dress import dress, here, marked, quoted
from dashboard.ui.shell.present import catalogue_here, present
from dashboard.words import dates
from dashboard.words.marking import told

LAST = "last as-at"  # session keys: what to go on with when a menu link carries no address
NEWEST_FIRST = -1
# Where those begin who do not see the whole, by what their role sees.
HOMES = {"borough": "boroughs", "none": "audit"}


def page(*own: str, whole: bool = True) -> Request:
    """Draws marking and bar, and opens the snapshot that the address names.

    own     keys of the address that the page reads beside address.KEPT; any other is said
    whole   its figures are of the whole: it opens to no role that sees one borough alone
    return  the request; where there is none, says what to do and stops the page
    """
    request, known = _begun(whole)
    marked(request.marking, printed=_told(request), stamp=_stamp(request))
    _bar(request, known)
    _older(request)
    _remarked(own)
    return request


def _remarked(own: tuple[str, ...]) -> None:
    """Here, below the bar, stands at the end what the page did not know of its address."""
    place = st.container()
    incidents.last(lambda: _remarks(place, own))


def _remarks(place: DeltaGenerator, own: tuple[str, ...]) -> None:
    said = address.remarks(own)
    if said:
        with place:
            section.fault(" ".join(said))


def stage() -> Request:
    """Draws the marking alone, for one thing on the whole screen, and opens the snapshot.

    The as-at can't be changed here: what the meeting looks at stays as it is.
    """
    request = _begun(True)[0]
    # No bar says so here: the marking's lines do.
    marked(_told(request), stamp=_stamp(request))
    return request


def _told(request: Request) -> str:
    return told(request.marking, request.sample)


def _stamp(request: Request) -> str:
    return f"As at {dates.day(request.as_at)} · {request.snapshot.id}"


def desk(*own: str) -> None:
    """Draws marking and bar of a page that opens no snapshot; who is let in may still look on.

    own  keys of the address, as `page` takes them
    """
    dress()
    if not visitor.admitted():
        incidents.end()
    _named(present())
    _small_bar()
    _remarked(own)


def _small_bar() -> None:
    """Marking and bar of a page without a snapshot: of what the data folder holds."""
    words, sample = here()
    marked(words, printed=told(words, sample), stamp="Of no snapshot: as it is now")
    with st.container(key="bar", horizontal=True):
        _chip(sample)
        _who(catalogue_here())
        section.copy_link()


def _begun(whole: bool) -> tuple[Request, list[tuple[date, str]]]:
    dress()
    if not visitor.admitted():
        incidents.end()
    known = listed(str(snapshots.data_folder()))
    try:
        needs_figures(person.here().role, whole)
    except NotAllowedError:
        _named(present())
        _small_bar()
        home = HOMES[person.here().role.sees]
        st.html(tag("p", link(address.link_to(home), f"Your page: {home.capitalize()}")))
        raise
    try:
        request = _open(known)
    except (NotFoundError, ContentError) as error:
        _named(present())
        marked()
        _without(error, known)
        incidents.end()
    except Exception:
        marked()  # whatever the page says of it
        raise
    _named(request.catalogue.directorate)
    return request, known


def brand() -> str:
    """What the dashboard is called, before any snapshot is opened."""
    return present().brand


def _named(own: Directorate) -> None:
    """Gives the style sheet what stands in the navigation: the brand, and on a phone the code."""
    names = {"words-brand": own.brand, "words-directorate": own.directorate}
    said = "; ".join(f"--{key}: {quoted(words)}" for key, words in names.items())
    st.html(f"<style>:root {{ {said}; }}</style>")


@st.cache_data(ttl=5, max_entries=4, show_spinner=False)
def listed(data: str) -> list[tuple[date, str]]:
    """As-at and id of every whole snapshot, oldest first; read anew every five seconds."""
    return [(item.as_at, item.id) for item in snapshots.listing(Path(data))]


def _open(known: list[tuple[date, str]]) -> Request:
    """The request for the address; as-at and snapshot are written back into it."""
    said_as_at = st.query_params.get("as_at")
    said_id = st.query_params.get("snapshot")
    if said_as_at is None and said_id is None and LAST in st.session_state:
        said_as_at, said_id = st.session_state[LAST]
    elif said_as_at is None and said_id is None and known:
        said_as_at, said_id = known[NEWEST_FIRST][0].isoformat(), known[NEWEST_FIRST][1]
    as_at = periods.parse_date(said_as_at, "as_at") if said_as_at else None
    request = _request(as_at, said_id)
    spelled = request.as_at.isoformat(), request.snapshot.id
    st.session_state[LAST] = spelled
    for key, value in zip(("as_at", "snapshot"), spelled, strict=True):
        address.put(key, value)
    return request


def _bar(request: Request, known: list[tuple[date, str]]) -> None:
    with st.container(key="bar", horizontal=True):
        _chip(request.sample)
        if under_way := snapshots.begun(request.data):
            there = sum(day in {as_at for as_at, _ in known} for day in under_way)
            words = f"{there} of {len(under_way)} meetings published so far"
            st.html(tag("span", words, class_="chip"), width="content")
        _as_at(request, known)
        year = periods.planning_year_words(request.as_at)
        fresh = freshness(request.data_until, request.as_at)
        # Where the menu leaves room for one of them, what is under way goes before.
        after = tag("span", fresh, class_="chip wide" if under_way else "chip")
        st.html(tag("span", f"Year {year}", class_="chip wide") + after, width="content")
        _who(request.catalogue)
        section.copy_link()


def _chip(sample: bool) -> None:
    if sample:
        st.html(tag("span", "SAMPLE DATA", class_="chip sample"), width="content")


def _older(request: Request) -> None:
    """Of a snapshot that another program published: whose its counts and its verdicts are."""
    if (by := request.snapshot.program) != __version__:
        section.note(
            f"Published by version {by}, read by version {__version__}: counts are as published, "
            "verdicts and forecasts are this version's."
        )


def _request(as_at: date | None, snapshot_id: str | None) -> Request:
    """The request of who looks at the page."""
    who = person.here()
    return reports.open_request(as_at, snapshot_id, role=who.role, who=who.who)


def _who(catalogue: Catalogue) -> None:
    """Who is signed in, and the way out; without sign-in, which role is looked as."""
    who = person.here()
    if who.until is not None:
        with st.popover(literal(who.name), type="tertiary", key="who", icon=":material/person:"):
            st.html(tag("p", who.role.words, class_="note"))
            visitor.sign_out()
        return
    with st.popover(literal(who.role.words), type="tertiary", key="who", icon=":material/person:"):
        visitor.looks_as(catalogue)


def _as_at(request: Request, known: list[tuple[date, str]]) -> None:
    """The as-at list. One entry an as-at; a snapshot of the address stays until it is left."""
    newest = {as_at.isoformat(): code for as_at, code in known}
    options = sorted({*newest, request.as_at.isoformat()}, reverse=True)
    st.session_state["pick-as-at"] = request.as_at.isoformat()
    st.selectbox(
        "As at",
        options,
        key="pick-as-at",
        format_func=lambda said: f"As at {dates.day(date.fromisoformat(said))}",
        on_change=_move,
        args=(newest,),
        label_visibility="collapsed",
        width=190,
    )


def _move(newest: dict[str, str]) -> None:
    chosen = st.session_state["pick-as-at"]
    address.put("as_at", chosen)
    address.put("snapshot", newest.get(chosen))


def freshness(until: date | None, as_at: date) -> str:
    """'Data to Sun 11 Jul 2032 · 1 day old'; `until` is exclusive."""
    if until is None:
        return "No data"
    last = date.fromordinal(until.toordinal() - 1)
    age = (as_at - last).days
    return f"Data to {dates.day(last)} · {age} day{'' if age == 1 else 's'} old"


def _without(error: Exception, known: list[tuple[date, str]]) -> None:
    """No request: in words, what is wrong and what to do."""
    if not known:
        st.html(tag("h1", "There is no snapshot yet", class_="statement"))
        st.markdown(
            "Nothing has been published here yet. For a trial, run"
            " `python -m dashboard sample`. For your own data, run"
            " `python -m dashboard import KIND FILE` and then"
            " `python -m dashboard publish --as-at DATE`, and open this page again."
        )
        if "load" in person.here().role.may:
            way = link(address.link_to("load"), "Load a file here")
            st.html(tag("p", way, " in place of the first of these two commands."))
        return
    st.html(tag("h1", "The snapshot of this link is not here", class_="statement"))
    sentence = (
        f"{str(error)[:1].upper()}{str(error)[1:]}. It may have been pruned, or the link cut."
    )
    st.html(tag("p", sentence, class_="substatement"))
    items = [
        tag(
            "li",
            link(
                address.link_to(address.HOME, as_at=as_at.isoformat(), snapshot=code),
                f"As at {dates.day(as_at)}",
            ),
        )
        for as_at, code in reversed(known[-8:])
    ]
    st.html(tag("p", "These are here:", class_="substatement") + tag("ul", *items))
