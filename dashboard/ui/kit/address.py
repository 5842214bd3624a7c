"""The state of a page is its address: reading it, writing it, and links that keep it.

The as-at date and the snapshot are always spelled out, so that a link gives the same
figures next year. A value that the page does not know falls back to its default, and the page says
so. However much of the address a run writes, it is one entry of the browser's history: `settle`
sends it at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.state import get_session_state

KEPT = ("as_at", "snapshot", "unit", "borough", "measure", "against", "span", "month")
HOME = "tasking"
ANY = "*"  # ends the name of a family of keys: p_* is p_unit, p_since …
WRITTEN, REPLACED = "address written", "address replaced"  # session keys of one run


def state(key: str, default: str | None, options: Sequence[str]) -> str | None:
    """What the address says for `key` if it is one of `options`, else `default`.

    The value is written back, so that the address always holds it; one that was asked for and is
    not among the options is remembered for `remarks`.
    """
    said = st.query_params.get(key)
    value = said if said in options else default
    if value != said:
        if said is not None:
            st.session_state.setdefault(REPLACED, []).append((key, said, value))
        put(key, value)
    return value


def several(key: str, options: Sequence[str]) -> list[str]:
    """Those of `options` that the address holds for `key`, a comma between them; one that is not
    among them is taken out and remembered for `remarks`."""
    said = st.query_params.get(key)
    asked = said.split(",") if said else []
    chosen = [item for item in options if item in asked]
    if unknown := [item for item in asked if item not in options]:
        st.session_state.setdefault(REPLACED, []).append((key, ", ".join(unknown), None))
        put(key, ",".join(chosen) or None)
    return chosen


def put(key: str, value: str | None) -> None:
    """Writes one value into the address; None takes it out. The browser has it after `settle`."""
    held = st.query_params.to_dict()
    if held.get(key) == value:
        return
    changed = {**held, key: value}
    with get_session_state().query_params() as params:
        params.clear_with_no_forward_msg(preserve_embed=True)
        for name, words in changed.items():
            if words is not None:
                params.set_with_no_forward_msg(name, words)
    st.session_state[WRITTEN] = True


def settle() -> None:
    """Sends what this run wrote into the address to the browser, all at once."""
    if st.session_state.pop(WRITTEN, False):
        st.query_params.from_dict(st.query_params.to_dict())


def again() -> None:
    """Runs the page anew at the address as it is written by now.

    A rerun takes the address that the browser has been sent: it is sent before.
    """
    settle()
    st.rerun()


def remarks(own: Sequence[str]) -> list[str]:
    """What of the address the page does not know, a sentence each; asked once a run.

    own  keys that the page reads beside those that go along from page to page
    """
    known = (*KEPT, *own)
    said = [
        _not_known(key, known)
        for key in st.query_params
        if not any(_names(name, key) for name in known)
    ]
    for key, asked, value in st.session_state.pop(REPLACED, []):
        shown = "nothing" if value is None else value
        said.append(
            f"The link asks for {key} {asked}, which is not to be had here: {shown} is shown."
        )
    return said


def _names(name: str, key: str) -> bool:
    return key.startswith(name.removesuffix(ANY)) if name.endswith(ANY) else key == name


def _not_known(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key, known, 1)
    meant = f"; did it mean {near[0]}?" if near else "."
    return f"The link says {key}, which this page does not know{meant}"


def pick(
    label: str,
    key: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    words: Callable[[str], str] = str,
    hidden: bool = False,
    clears: Sequence[str] = (),
) -> str | None:
    """A drop-down list bound to the address; returns the option chosen.

    label   said to a screen reader; shown unless `hidden`
    words   what an option is called
    clears  keys of the address that mean nothing once another option is chosen
    """
    first = default if default is not None else (options[0] if options else None)
    value = state(key, first, options)
    widget = f"pick-{key}"
    if value is not None:
        # The address leads: a link may have changed it since the list was last drawn.
        st.session_state[widget] = value
    st.selectbox(
        label,
        options,
        key=widget,
        format_func=words,
        on_change=_follow,
        args=(key, widget, clears),
        label_visibility="collapsed" if hidden else "visible",
    )
    return value


def _follow(key: str, widget: str, clears: Sequence[str]) -> None:
    put(key, st.session_state[widget])
    for other in clears:
        put(other, None)


def link_to(page: str, **params: str | None) -> str:
    """The address of `page` ('tasking', 'ocu', 'snapshots') with as-at and filters kept.

    `params` override what is kept; None takes one out.
    """
    asked = {key: value for key, value in {**kept(), **params}.items() if value is not None}
    path = "./" if page == HOME else page
    return f"{path}?{urlencode(asked)}" if asked else path


def kept() -> dict[str, str]:
    """What of the address goes along from page to page: as-at, snapshot and filters."""
    held = st.query_params.to_dict()
    return {key: held[key] for key in KEPT if key in held}


def whole() -> str:
    """The full address of what is on the screen, to be sent to someone."""
    base = urlsplit(st.context.url or "")
    query = urlencode(st.query_params.to_dict())
    return f"{base.scheme}://{base.netloc}{base.path or '/'}{'?' if query else ''}{query}"


def here() -> str:
    """The same as a link from one page to another, for a list of places to go back to."""
    page = urlsplit(st.context.url or "").path.rpartition("/")[2]
    query = urlencode(st.query_params.to_dict())
    return f"{page or './'}{'?' if query else ''}{query}"
