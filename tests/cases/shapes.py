"""What the small files are made of: headings, rows of robbery and theft, workbooks."""

from __future__ import annotations

import io

import openpyxl

HEAD = ["MajorText", "MinorText", "BoroughName", "202401", "202402"]
ROBBERY = "ROBBERY,ROBBERY OF BUSINESS PROPERTY,"
TOP = ",".join(HEAD) + "\n"
TWO = f"{ROBBERY}Camden,50,60\n{ROBBERY}Brent,40,45\n"
THEFT = "THEFT,SHOPLIFTING,Camden,12,9\n"
JAN, FEB, MARCH, APRIL = ((2024, month) for month in (1, 2, 3, 4))


def book(**sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.strip("_"))
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def robbery(area, *counts):
    return ["ROBBERY", "ROBBERY OF BUSINESS PROPERTY", area, *counts]


def years(first, second):
    return [*HEAD[:3], first, second]
