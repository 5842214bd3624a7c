"""What is typed into a form, kept on the server as it is typed: a reload loses nothing.

The writer's name is not: it stands in the session it was typed in alone, so that nobody signs under
the name that another left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.access import Role
from dashboard.decisions import who
from dashboard.errors import DashboardError
from dashboard.store import (
    ConflictError,
    draft,
    forget_draft,
    is_there,
    keep_draft,
    open_store,
)
from dashboard.ui.kit import person, section
from dashboard.words.phrases import sentence

NAME = "name"  # the field of it
OWN = ("begun", "drafted", "conflict", NAME)  # no part of a draft
SESSION = "typed-name"  # goes along from form to form of one session, and ends with it


@dataclass(frozen=True)
class Typed:
    """One form's fields: in the session, and in a draft on the server."""

    data: Path
    form: str

    def key(self, field: str) -> str:
        """The widget's key of a field."""
        return f"{hashlib.sha256(self.form.encode()).hexdigest()[:8]}-{field}"

    def press(self, name: str) -> str:
        """The key of a button: apart from the fields, since what was pressed is nothing typed, and
        Streamlit lets nobody put a button's state back."""
        return f"press-{self.key(name)}"

    def begin(self, defaults: Mapping[str, Any]) -> None:
        """Fills the session's fields that are not there: from the draft, else from `defaults`.

        Streamlit drops what stood in a form as soon as a page without it is drawn: who comes back
        finds what was kept, and never an empty form.
        """
        if all(self.key(field) in st.session_state for field in ("begun", *defaults)):
            return
        kept: dict[str, Any] = {}
        if is_there(self.data):
            kept = draft(open_store(self.data), person.desk(), self.form) or {}
            kept.pop(NAME, None)  # of a store from when drafts held it
        st.session_state[self.key("drafted")] = bool(kept)
        for field, value in {**defaults, **kept}.items():
            if self.key(field) not in st.session_state:
                st.session_state[self.key(field)] = value
        st.session_state[self.key("begun")] = tuple(defaults)

    def put(self, field: str, value: Any) -> None:
        """Sets a field from the program's side."""
        st.session_state[self.key(field)] = value

    def get(self, field: str, default: Any = None) -> Any:
        """What stands in a field."""
        return st.session_state.get(self.key(field), default)

    def drop(self, field: str) -> None:
        """Takes a field out again."""
        st.session_state.pop(self.key(field), None)

    @property
    def drafted(self) -> bool:
        """Whether it was begun from a draft that was kept before."""
        return bool(self.get("drafted"))

    def values(self) -> dict[str, Any]:
        """All fields as the draft keeps them."""
        start = self.key("")
        held = {str(key): value for key, value in st.session_state.items()}
        return {
            key[len(start) :]: value
            for key, value in held.items()
            if key.startswith(start) and key[len(start) :] not in OWN
            and isinstance(value, str | int | float | bool | list | None)
        }  # fmt: skip

    def keep(self) -> None:
        """Keeps all fields as a draft; called whenever one was changed."""
        keep_draft(open_store(self.data), person.desk(), self.form, self.values())

    def forget(self) -> None:
        """The form as if nobody had begun it: after saving, or given up."""
        forget_draft(open_store(self.data), person.desk(), self.form)
        start = self.key("")
        for key in [key for key in st.session_state if str(key).startswith(start)]:
            del st.session_state[key]

    def ask_name(self) -> None:
        """Asks for the writer's name where nobody signed in, and says how it will stand."""
        if signed := person.here().name:
            section.note(f"Signed in as {signed}: your name stands beside it.")
            return
        self.put(NAME, st.session_state.get(SESSION, ""))  # another form may have asked since
        key = self.key(NAME)
        st.text_input("Your name", key=key, on_change=self.named, max_chars=who.MOST)
        section.note("Nobody signs in here: your name stands beside it as it was typed.")

    def named(self) -> None:
        """Keeps the name that was typed for the session's other forms; called as it is typed."""
        st.session_state[SESSION] = self.get(NAME)

    def writer(self, role: Role) -> str:
        """Who is kept beside what is written; raises UsageError where nobody is named."""
        typed = self.get(NAME, st.session_state.get(SESSION))  # asked by the form beside it
        return who.writer(role, typed or "", person.here().name)

    def act(
        self,
        role: Role,
        work: Callable[[str], Any],
        faster: Callable[[ConflictError], None],
        done: Callable[[], Any] = lambda: None,
    ) -> None:
        """Does what was asked, by the name that was typed, and draws the page anew; where it can't
        be done it says why and keeps what was typed.

        faster  puts down what another has done meanwhile, before the page is drawn anew
        done    after it was done
        """
        try:
            work(self.writer(role))
        except ConflictError as error:
            faster(error)
            st.rerun()
        except DashboardError as error:
            section.fault(f"{sentence(str(error))}.")
            return
        self.forget()
        done()
        st.rerun()
