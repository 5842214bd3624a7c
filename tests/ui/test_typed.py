"""What is typed is kept for whoever signed in, and written under that name."""

from __future__ import annotations

import pytest
import streamlit as st

from dashboard.access import LOCAL
from dashboard.errors import UsageError
from dashboard.store import draft, open_store
from dashboard.store.engine import VARIABLE
from dashboard.ui.kit import person
from dashboard.ui.kit.person import NOBODY_SIGNED_IN, Person
from dashboard.ui.kit.typed import Typed

ANN, BOB = (Person(who, name, LOCAL) for who, name in (("p1", "Ann Ash"), ("p2", "Bob Birch")))


@pytest.fixture
def form(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    st.session_state.clear()
    return Typed(tmp_path, "a form")


def signed_in(monkeypatch, who):
    monkeypatch.setattr(person, "here", lambda: who)


def test_a_draft_is_its_persons_own_also_over_a_new_sign_in(form, monkeypatch):
    signed_in(monkeypatch, ANN)
    form.begin({"words": ""})
    form.put("words", "half a sentence")
    form.keep()
    assert draft(open_store(form.data), "p1", "a form") == {"words": "half a sentence"}
    st.session_state.clear()  # a new session, hours later
    signed_in(monkeypatch, BOB)
    form.begin({"words": ""})
    assert form.get("words") == "" and not form.drafted
    st.session_state.clear()
    signed_in(monkeypatch, ANN)
    form.begin({"words": ""})
    assert form.get("words") == "half a sentence" and form.drafted


def test_who_signed_in_can_not_write_under_another_name(form, monkeypatch):
    signed_in(monkeypatch, ANN)
    form.put("name", "Somebody Else")
    assert form.writer(LOCAL) == "Ann Ash (signed in)"
    signed_in(monkeypatch, NOBODY_SIGNED_IN)
    assert form.writer(LOCAL) == "Somebody Else (typed, not signed in)"
    form.put("name", " ")
    with pytest.raises(UsageError, match="type your name"):
        form.writer(LOCAL)


def test_a_pressed_button_is_no_part_of_the_draft(form, monkeypatch):
    signed_in(monkeypatch, ANN)
    form.begin({"words": ""})
    st.session_state[form.press("save")] = True
    form.put("words", "half")
    form.keep()
    assert draft(open_store(form.data), "p1", "a form") == {"words": "half"}
