"""How a figure came to be, line by line: for notes sheets, speaker notes and the end of packs."""

from __future__ import annotations

from dashboard.export.sheets import Sheet
from dashboard.export.stamping import Line, Produced, clean, lines


def account(sheet: Sheet, produced: Produced, *, sql: bool = True) -> list[Line]:
    """Label and words of each line: the stamp, then the why where the report gives one.

    sql  whether the query itself is among them
    """
    found = lines(sheet.disclosed, produced, sheet.symbols)
    why = sheet.disclosed.why
    if why is None:
        return found
    said = [
        ("Question", why.question),
        ("Definition", why.definition),
        ("Owner", why.owner),
        ("Basis", why.basis),
        ("Rows read", f"{why.rows_read:,}"),
        ("Parameters", ", ".join(f"{key} = {value}" for key, value in why.params.items())),
        *(("Source", item) for item in why.sources),
        *(("Break", item) for item in why.breaks),
        ("SQL", why.sql if sql else ""),
    ]
    return [*found, *((label, clean(words)) for label, words in said if words)]
