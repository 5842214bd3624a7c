"""Files to take away: a link that its own session alone may follow, as long as it lives.

A file is made when its link is followed, in the role of whom it was offered to. Neither the
address nor the file outlives the session.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import streamlit as st

from dashboard.access import Disclosed
from dashboard.errors import NotAllowedError
from dashboard.ui.kit import person
from dashboard.ui.kit.markup import Html, tag

ROUTE = "files"
NOT_YOURS = "this file is not there, or its window was closed: open its page and take it anew"
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "csv": "text/csv",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Offer:
    """A file that may be taken: by which browser, in which session, for as long as whom it was
    offered to may still do what they were let in for."""

    session: str
    browser: str
    still: Callable[[], bool]
    name: str
    make: Callable[[], bytes]

    @property
    def type(self) -> str:
        return TYPES[self.name.rpartition(".")[2]]


class Shelf:
    """The offers of all living sessions, each under an address that can't be guessed."""

    def __init__(self, living: Callable[[str], bool]):
        self.living = living
        self._offers: dict[str, Offer] = {}
        self._addresses: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def put(self, key: str, offer: Offer) -> str:
        """The address of an offer; the same key of a session keeps its address."""
        with self._lock:
            self._clear()
            place = offer.session, key
            address = self._addresses.setdefault(place, secrets.token_urlsafe(24))
            self._offers[address] = offer
        return address

    def take(self, address: str, browser: str) -> Offer:
        """The offer at an address, for the browser that it was made to.

        raises  NotAllowedError, in the same words for whatever lacks
        """
        with self._lock:
            self._clear()
            offer = self._offers.get(address)
        if offer is None or not browser or offer.browser != browser or not offer.still():
            raise NotAllowedError(NOT_YOURS)
        return offer

    def _clear(self) -> None:
        ended = {offer.session for offer in self._offers.values()}
        ended = {session for session in ended if not self.living(session)}
        if ended:
            self._addresses = {k: v for k, v in self._addresses.items() if k[0] not in ended}
            kept = set(self._addresses.values())
            self._offers = {k: v for k, v in self._offers.items() if k in kept}


shelf = Shelf(person.living)


def address_of(
    name: str,
    make: Callable[[], bytes],
    *,
    key: str,
    of: Callable[[], Sequence[Disclosed]] = tuple,
    snapshot: str | None = None,
) -> str:
    """The address of the file `name`, made by `make` when it is asked for; the rest as `offer`."""
    who, witness = person.here(), person.witness()

    def recorded() -> bytes:
        witness.export(name, of(), snapshot)
        return make()

    made = Offer(person.session(), person.browser(), who.still, name, recorded)
    return f"{ROUTE}/{shelf.put(key, made)}"


def offer(
    label: str,
    name: str,
    make: Callable[[], bytes],
    *,
    key: str,
    of: Callable[[], Sequence[Disclosed]] = tuple,
    snapshot: str | None = None,
) -> Html:
    """A link that gives the file `name`, made by `make` when it is followed.

    key           unique in the session; the same key replaces what was offered before
    of, snapshot  gives the results in it; else the snapshot: what the audit says as it is taken
    """
    href = address_of(name, make, key=key, of=of, snapshot=snapshot)
    return tag("a", label, href=href, download=name, class_="file")


def link(
    label: str,
    name: str,
    make: Callable[[], bytes],
    *,
    key: str,
    of: Callable[[], Sequence[Disclosed]] = tuple,
    snapshot: str | None = None,
) -> None:
    """Draws such a link."""
    st.html(offer(label, name, make, key=key, of=of, snapshot=snapshot), width="content")
