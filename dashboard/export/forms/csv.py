"""Rows as CSV: marking and stamp above, headings in words, marking below; complete at any length.

Text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io

from dashboard.catalogue import ours
from dashboard.export.forms.sheets import Column, Sheet
from dashboard.export.forms.stamping import Produced, banner, lines
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


def _head(column: Column) -> str:
    if column.kind == "gbp":
        sign = ours().currency
        return column.heading if column.heading.endswith(sign) else f"{column.heading}, {sign}"
    return f"{column.heading}{UNITS.get(column.kind, '')}"
