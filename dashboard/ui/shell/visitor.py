"""Who is let in: asked at each run, for the sign-in cookie of Streamlit outlives every change.

With sign-in, the age of the identity token and the role by roles.toml are looked at again each
time. Without, whoever sits at this machine is let in, and may look as any role.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard import snapshots
from dashboard.access import look_as, sign_in
from dashboard.access.roles import defined, role_of_claims
from dashboard.access.sign_in import SignIn
from dashboard.access.witness import Witness
from dashboard.catalogue import Catalogue, folder_of, order
from dashboard.errors import ContentError
from dashboard.ui.kit import person
from dashboard.ui.kit.markup import tag
from dashboard.ui.kit.person import NOBODY_SIGNED_IN, Person
from dashboard.ui.shell.dress import dress, marked
from dashboard.words import names, phrases

LOOKS_AS = "look-as"  # session key: role, unit and borough that nobody signed in chose
REFUSED = "refused"  # session key: whom the audit says was not let in
AHEAD = timedelta(minutes=5)  # by which the clock of a provider may be fast


def admitted() -> bool:
    """Whether somebody is let in; where not, the page says what to do and nothing else."""
    told = sign_in.configured()
    visitor = local_person() if told is None else _signed_in(told)
    if visitor is None:
        st.session_state.pop(person.KEY, None)
        return False
    before: Person | None = st.session_state.get(person.KEY)
    changed = before is None or (before.who, before.role) != (visitor.who, visitor.role)
    if visitor.until is not None and changed:
        _witness(visitor.who).record("sign-in", f"let in as {visitor.role.words}")
    st.session_state[person.KEY] = visitor
    return True


def _witness(who: str) -> Witness:
    return Witness(snapshots.data_folder(), who)


def local_person() -> Person:
    chosen = st.session_state.get(LOOKS_AS)
    if chosen is None:
        return NOBODY_SIGNED_IN
    known = defined(folder_of(snapshots.data_folder()))
    name, unit, borough = chosen
    return Person(NOBODY_SIGNED_IN.who, "", look_as(name, unit, borough, known))


def _signed_in(told: SignIn) -> Person | None:
    if not st.user.is_logged_in:
        _say("Sign in to see the dashboard", "", "Sign in")
        return None
    claims = st.user.to_dict()
    until = ends(claims.get("iat"), told.hours, datetime.now(UTC))
    if until is None:
        _say("Your sign-in has ended", f"It lasts {told.hours:g} hours.", "Sign in again")
        return None
    try:
        role = role_of_claims(claims, defined(folder_of(snapshots.data_folder())))
    except ContentError as error:  # nobody holds a role that can't be read
        person.log.error("roles.toml can't be read: %s", error)
        role = None
    who = str(claims.get("sub") or "")
    if role is None or not who:
        if st.session_state.get(REFUSED) != who:  # once a session
            _witness(who or "unknown").record("refusal", "let in nowhere: no role")
            st.session_state[REFUSED] = who
        _say("You have no role here", f"Ask {told.ask} for one.", "", out=True)
        return None
    named = str(claims.get("name") or claims.get("email") or who)
    return Person(who, named, role, until, claims)


def ends(issued: object, hours: float, now: datetime) -> datetime | None:
    """When a sign-in issued then (seconds since 1970) ends; None where it has, or never began.

    >>> ends(1_000, 1, datetime.fromtimestamp(4_000, UTC)).timestamp()
    4600.0
    >>> ends(1_000, 1, datetime.fromtimestamp(4_601, UTC))
    """
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    try:
        began = datetime.fromtimestamp(issued, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    until = began + timedelta(hours=hours)
    return until if began - AHEAD <= now < until else None


def _say(title: str, sentence: str, button: str, *, out: bool = False) -> None:
    dress()
    marked()
    st.html(tag("h1", title, class_="statement"))
    if sentence:
        st.html(tag("p", sentence, class_="substatement"))
    if button and st.button(button, type="primary", key="sign-in"):
        st.login()
    if out:
        sign_out()


def looks_as(catalogue: Catalogue) -> None:
    """Lets whoever sits at this machine choose the role to look as: it shows what that one sees."""
    known = defined(folder_of(snapshots.data_folder()))
    name = st.selectbox(
        "Look as",
        ["", *known],
        key="look-as-role",
        format_func=lambda code: known[code].name if code else "nobody in particular",
    )
    role = known.get(name)
    unit = borough = None
    if role and role.records == "own":
        unit = st.selectbox("Unit", order.page_units(catalogue), key="look-as-unit")
    if role and role.sees == "borough":
        codes = [area.code for area in order.areas(catalogue)]
        words = {code: names.area(catalogue, code) for code in codes}
        borough = st.selectbox(
            phrases.sentence(names.area_word()),
            codes,
            key="look-as-borough",
            format_func=words.__getitem__,
        )
    if st.button("Look", key="look-as-now"):
        st.session_state[LOOKS_AS] = (name, unit, borough) if name else None
        st.rerun()


def sign_out() -> None:
    """Draws the button that ends the sign-in, here and at the provider."""
    if st.button("Sign out", key="sign-out", type="tertiary"):
        st.logout()
