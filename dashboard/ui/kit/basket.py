"""What has been collected over the pages for a pack, in the order that it is to stand in.

It is kept beside the sessions, not in one: a link opened in a new tab is a session of its own, and
what was collected must still be there. It is one person's in one browser, and goes some minutes
after the last of its windows was closed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from dashboard.reports.packs.block import Block
from dashboard.ui.kit import person

MOST = 60  # results in one basket
LINGER_SECONDS = 600  # a link closes one session and opens the next


@dataclass(frozen=True)
class Item:
    """One collected result, and the address of the page where it stood."""

    address: str
    part: Block

    @property
    def key(self) -> str:
        """What tells it from the others: its page's address and its name there."""
        return f"{self.address}#{self.part.name}"


@dataclass
class Basket:
    """The collected results of one user; each is in it once."""

    sessions: set[str] = field(default_factory=set)
    used: float = 0.0
    _held: dict[str, Item] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def items(self) -> tuple[Item, ...]:
        with self._lock:
            return tuple(self._held.values())

    @property
    def full(self) -> bool:
        return len(self._held) >= MOST

    def __contains__(self, item: Item) -> bool:
        return item.key in self._held

    def add(self, item: Item) -> None:
        """Puts it last; one more than MOST is left out, which the page says before."""
        with self._lock:
            if len(self._held) < MOST:
                self._held.setdefault(item.key, item)

    def take_out(self, item: Item) -> None:
        with self._lock:
            self._held.pop(item.key, None)

    def move_up(self, item: Item) -> None:
        """Swaps it with the one before it; the first stays where it is."""
        with self._lock:
            keys = list(self._held)
            place = keys.index(item.key) if item.key in self._held else 0
            if place:
                keys[place - 1], keys[place] = keys[place], keys[place - 1]
                self._held = {key: self._held[key] for key in keys}

    def put_back(self, items: Iterable[Item]) -> None:
        """Holds exactly `items`: empties it, or undoes that."""
        with self._lock:
            self._held = {item.key: item for item in items}


@st.cache_resource(show_spinner=False)
def baskets() -> dict[str, Basket]:
    return {}


def own() -> Basket:
    """The basket of who looks at the page, the same in all windows of their browser."""
    return basket_of(person.here().owner(person.browser()), person.session())


def basket_of(owner: str, session: str = "") -> Basket:
    """The basket of `owner`, which `session` has its eye on from now on."""
    held, now = baskets(), time.monotonic()
    for other, one in list(held.items()):
        if one.used + LINGER_SECONDS < now and not any(map(person.living, one.sessions)):
            held.pop(other, None)
    basket = held.setdefault(owner, Basket())
    basket.sessions.add(session)
    basket.used = now
    return basket
