"""The Streamlit parts that pages share. A page begins:

with ui.guard():
    request = ui.page("ocu")
    unit = ui.pick("Unit", "unit", list_of_codes, words=name_of)
    ui.statement("…", "…")
    with ui.card("measures", "Measures of the plan"):
        ui.table([...], rows, caption="…")
"""

from dashboard.ui.kit.figures import assurance, day, number, places, signed, span, status
from dashboard.ui.kit.markup import (
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
from dashboard.ui.kit.section import (
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
from dashboard.ui.shell.address import link_to, pick, put, state
from dashboard.ui.shell.frame import freshness, page, stage
from dashboard.ui.shell.incidents import guard
from dashboard.words.numbers import figure

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
