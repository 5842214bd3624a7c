"""A status as its shape and its words, on a screen. Pure."""

from __future__ import annotations

from dashboard.ui.kit.markup import Html, tag
from dashboard.words.status import TARGET, Status
from dashboard.words.status import assurance as assurance_of
from dashboard.words.status import variation as variation_of


def status(variation: str | None, assurance: str | None = None, *, both: bool = True) -> Html:
    """The two icons with their words, one below the other.

    variation  a key of dashboard.words.status.VARIATION; None: not judged
    assurance  a key of dashboard.words.status.ASSURANCE; None: no target
    both       False gives the variation alone
    """
    first = _icon(variation_of(variation))
    return Html(f"{first}<br>{_icon(assurance_of(assurance))}") if both else first


def assurance(state: str | None) -> Html:
    """The assurance icon with its words."""
    return _icon(assurance_of(state))


def target(words: str) -> Html:
    """The icon of a year's chance with its words, as dashboard.stats.year_end says them."""
    return _icon(TARGET[words])


def _icon(said: Status) -> Html:
    shape = tag("span", said.shape, aria_hidden="true")
    return tag("span", shape, f" {said.short}", class_=f"st {said.tone}")
