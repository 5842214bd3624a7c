"""The Streamlit parts that pages share. A page begins:

with ui.guard():
    request = ui.page("ocu")
    unit = ui.pick("Unit", "unit", list_of_codes, words=name_of)
    ui.statement("…", "…")
    with ui.card("measures", "Measures of the plan"):
        ui.table([...], rows, caption="…")
"""

from dashboard.reports.saying import figure
from dashboard.ui.address import link_to, pick, put, state
from dashboard.ui.figures import assurance, day, number, places, signed, span, status
from dashboard.ui.frame import freshness, page, stage
from dashboard.ui.incidents import guard
from dashboard.ui.markup import (
    MISSING,
    Column,
    Html,
    big,
    join,
    link,
    picture,
    small,
    stack,
    strong,
    tag,
    text,
)
from dashboard.ui.parts import (
    actions,
    card,
    copy_link,
    downloads,
    draw,
    html,
    note,
    statement,
    table,
    why,
)

__all__ = [
    "MISSING",
    "Column",
    "Html",
    "actions",
    "assurance",
    "big",
    "card",
    "copy_link",
    "day",
    "downloads",
    "draw",
    "figure",
    "freshness",
    "guard",
    "html",
    "join",
    "link",
    "link_to",
    "note",
    "number",
    "page",
    "pick",
    "picture",
    "places",
    "put",
    "signed",
    "small",
    "span",
    "stage",
    "stack",
    "state",
    "statement",
    "status",
    "strong",
    "table",
    "tag",
    "text",
    "why",
]
