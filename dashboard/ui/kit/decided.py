"""The decisions that a chart marks, in words below it: each opens its own page."""

from __future__ import annotations

from dashboard import rows
from dashboard.reports import Disclosed
from dashboard.reports.decisions.on_chart import Event
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import Html, join, link, tag


def marked(decided: Disclosed | None) -> Html:
    """'Marked above: decided 18 May, worked · decided 29 Jun'; nothing where nothing is marked."""
    events = rows.typed(Event, decided.rows) if decided else []
    labels = {row["decision"]: row for row in events}
    if not labels:
        return Html("")
    ways = [
        link(address.link_to("decisions", decision=code), row["label"], label=row["said"])
        for code, row in labels.items()
    ]
    return tag("span", "Marked above: ", join(ways, " · "), ".", class_="decided")
