"""What is typed is kept for whoever signed in, and written under that name."""

from __future__ import annotations

import pytest
import streamlit as st

from dashboard.access import LOCAL
from dashboard.errors import UsageError
from dashboard.store import draft, keep_draft, open_store
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


def test_a_name_that_was_typed_is_of_its_session_alone(form, monkeypatch):
    signed_in(monkeypatch, NOBODY_SIGNED_IN)
    monkeypatch.setattr(person, "browser", lambda: "one browser")
    st.session_state[form.key("name")] = "DAC Test"  # as the field is typed into
    form.named()
    form.put("words", "half a sentence")
    form.keep()
    form.forget()  # signed: the next form of this session has the name
    assert form.writer(LOCAL) == "DAC Test (typed, not signed in)"
    form.put("words", "half another")
    form.keep()
    st.session_state.clear()  # a reload: what was typed is there, who typed it is asked again
    form.begin({"words": ""})
    assert form.get("words") == "half another" and not form.get("name")
    with pytest.raises(UsageError, match="type your name"):
        form.writer(LOCAL)
    st.session_state.clear()
    monkeypatch.setattr(person, "browser", lambda: "another browser")
    form.begin({"words": ""})
    assert form.get("words") == "" and not form.drafted


def test_no_draft_of_an_older_store_names_a_writer(form, monkeypatch):
    signed_in(monkeypatch, ANN)
    keep_draft(open_store(form.data), "p1", "a form", {"name": "DAC Test", "words": "so"})
    form.begin({"words": ""})
    assert form.get("words") == "so" and form.get("name") is None
