"""Who looks at the page: whom the shell has let in, in which browser, in which session."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import snapshots
from dashboard.access import LOCAL, Role
from dashboard.access.roles import defined, role_of_claims
from dashboard.access.witness import Witness
from dashboard.catalogue import folder_of
from dashboard.errors import ContentError

BROWSER_COOKIE = "dashboard_browser"  # tells browsers apart; the gate gives it out
KEY = "person"
log = logging.getLogger("dashboard")


@dataclass(frozen=True)
class Person:
    """Somebody who was let in.

    who    the reference that the audit keeps
    name   what the bar calls them; '' without sign-in
    until  when they have to sign in again; None without sign-in
    claims what the provider says of them
    """

    who: str
    name: str
    role: Role
    until: datetime | None = None
    claims: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False, repr=False)

    def still(self) -> bool:
        """Whether they may still do what they were let in for: the sign-in has not ended, and
        roles.toml gives them the same role as then."""
        if self.until is None:
            return True
        try:
            role = role_of_claims(self.claims, defined(folder_of(snapshots.data_folder())))
        except ContentError:  # nobody holds a role that can't be read
            return False
        return datetime.now(UTC) < self.until and role == self.role

    def owner(self, browser: str) -> str:
        """Whose a collected result is: this person's in this browser, in the role they have."""
        return f"{self.who} {self.role.words} {browser}"


NOBODY_SIGNED_IN = Person("local", "", LOCAL)


def here() -> Person:
    """The person of this run."""
    person: Person = st.session_state.get(KEY, NOBODY_SIGNED_IN)
    return person


def desk() -> str:
    """Whose drafts are kept and found in this run: the person's; where nobody signs in those of
    this browser alone, which the store does not learn to name."""
    person = here()
    if person.name or not (told := browser()):
        return person.who
    return f"{person.who} {hashlib.sha256(told.encode()).hexdigest()[:16]}"


def witness() -> Witness:
    """Tells the audit what the person of this run does."""
    return Witness(snapshots.data_folder(), here().who)


def browser() -> str:
    """What tells this browser from others; '' where it was not told."""
    told: Any = st.context.cookies.get(BROWSER_COOKIE)
    return told if isinstance(told, str) else ""  # a run without a browser has no words for it


def session() -> str:
    """The id of this session, which ends as its window is closed."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def living(session_id: str) -> bool:
    """Whether the window of a session is still open."""
    return runtime.exists() and runtime.get_instance().is_active_session(session_id)
