"""A row of dashboard.charts.bullets as a picture in a cell. Pure."""

from __future__ import annotations

from dashboard.charts.bullets import Bar, svg
from dashboard.ui.kit.markup import Html, picture

__all__ = ["Bar", "bar"]


def bar(row: Bar, words: str) -> Html:
    """The bar with what a screen reader says in its place; it grows with its column."""
    return picture(svg(row, words), words, "bar")
