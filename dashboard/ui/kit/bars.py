"""A row of dashboard.charts.bullets as a picture in a cell. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.charts import bullets
from dashboard.ui.kit.markup import Html, picture


def bar(row: Mapping[str, Any], words: str) -> Html:
    """The bar with what a screen reader says in its place; it grows with its column."""
    return picture(bullets.svg(row, words), words, "bar")
