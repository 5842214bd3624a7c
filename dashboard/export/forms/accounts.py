"""How a figure came to be, line by line: for notes sheets, speaker notes and the end of packs."""

from __future__ import annotations

from dashboard.access import Why
from dashboard.export.forms.sheets import Sheet
from dashboard.export.forms.stamping import Line, Produced, clean, lines


def account(
    sheet: Sheet, produced: Produced, *, sql: bool = True, sources: bool = True
) -> list[Line]:
    """Label and words of each line: the stamp, then the why where the report gives one.

    sql, sources  whether the query itself and the files are among them
    """
    stamp_lines = lines(sheet.disclosed, produced, sheet.symbols)
    why = sheet.disclosed.why
    if why is None:
        return stamp_lines
    said = [
        ("Question", why.question),
        *definition(why),
        *(("Reckoned", item) for item in why.reckoned),
        ("Rows shown", f"{why.rows_read:,}"),
        ("Query asked", why.query),
        ("Parameters", ", ".join(f"{key} = {value}" for key, value in why.params.items())),
        *(("Source", item) for item in why.sources if sources),
        ("SQL", why.sql if sql else ""),
    ]
    return [*stamp_lines, *((label, clean(words)) for label, words in said if words)]


def definition(why: Why) -> list[Line]:
    """What is counted, on which basis, whose it is, and where its meaning changed."""
    said = [
        ("Why it counts", why.definition),
        ("Basis", why.basis),
        ("Owner", why.owner),
        *(("Break", item) for item in why.breaks),
    ]
    return [(label, clean(words)) for label, words in said if words]
