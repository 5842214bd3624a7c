"""Rows as CSV: marking and stamp above, headings in words, marking below; complete at any length.
Or as rows alone under one line of headings, for programs that read a table.

Text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io

from dashboard.catalogue import ours
from dashboard.export.forms.sheets import WORDS, Column, Sheet
from dashboard.export.forms.stamping import Produced, banner, lines
from dashboard.words.headings import SYMBOLS
from dashboard.words.spreadsheets import safe

UNITS = {"percent": ", share of 1", "hours": ", hours"}


def as_csv(sheet: Sheet, produced: Produced) -> bytes:
    """The file: stamp, an empty line, headings, rows, marking. UTF-8 with a mark at its start.

    A share is written as a share of 1, and its heading says so.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    said = banner(sheet.disclosed.stamp)
    writer.writerow([safe(said)])
    for label, words in lines(sheet.disclosed, produced, sheet.symbols):
        if label not in {"", "Marking"}:  # both stand in the line above
            writer.writerow([label, safe(words)])
    writer.writerow([])
    writer.writerow([safe(_head(column)) for column in sheet.columns])
    for line in sheet.lines():
        writer.writerow([safe(value) for value in line])
    writer.writerow([safe(said)])
    return out.getvalue().encode("utf-8-sig")


def as_rows(sheet: Sheet) -> bytes:
    """The file for a program: one line of headings, then a line a row and nothing else.

    A cell of a number or date without a value is empty; a column beside those that have one says in
    words why: not available, confidential. Marking, as-at and snapshot stand in every row.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    marked = {
        at
        for line in sheet.lines()
        for at, value in enumerate(line)
        if sheet.columns[at].kind not in WORDS and value in SYMBOLS
    }
    heads = [_head(column) for column in sheet.columns]
    stamp = sheet.disclosed.stamp
    alike = {"Marking": banner(stamp), "Data as at": stamp.as_at, "Snapshot": stamp.snapshot_id}
    # What is of the file and not of the row, where the rows have a column of that name.
    own = [f"{name} of the file" if name in heads else name for name in alike]
    because = [f"{heads[at]}: why empty" for at in sorted(marked)]
    writer.writerow([safe(head) for head in (*heads, *because, *own)])
    for line in sheet.lines():
        why = [SYMBOLS.get(str(line[at]), "") for at in sorted(marked)]
        kept = ["" if at in marked and value in SYMBOLS else value for at, value in enumerate(line)]
        writer.writerow([safe(value) for value in (*kept, *why, *alike.values())])
    return out.getvalue().encode("utf-8-sig")


def _head(column: Column) -> str:
    if column.kind == "gbp":
        sign = ours().currency
        return column.heading if column.heading.endswith(sign) else f"{column.heading}, {sign}"
    return f"{column.heading}{UNITS.get(column.kind, '')}"
