"""What has been collected over the pages for a pack, in the order that it is to stand in.

It is kept beside the sessions, not in one: a link in a table opens its page anew, and what was
collected must still be there. Until people sign in there is one user, and so one basket.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from dashboard.reports.packs.block import Part

MOST = 60  # results in one basket


@dataclass(frozen=True)
class Item:
    """One collected result, and the address of the page where it stood."""

    address: str
    part: Part

    @property
    def key(self) -> str:
        """What tells it from the others: its page's address and its name there."""
        return f"{self.address}#{self.part.name}"


@dataclass
class Basket:
    """The collected results of one user; each is in it once."""

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
def _baskets() -> dict[str, Basket]:
    return {}


def basket_of(user: str) -> Basket:
    """The basket of `user`, the same in all their windows until the program ends."""
    return _baskets().setdefault(user, Basket())
