"""A pack as the data of its document: every word, figure and chart, for the template to set.

Nothing of it is ever taken for markup: the template reads it as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from itertools import islice
from typing import Any, TypeAlias, TypedDict

from dashboard.catalogue import ours
from dashboard.export.forms import accounts, beside, pictures
from dashboard.export.forms.kinds import Cell
from dashboard.export.forms.printed import widths, written
from dashboard.export.forms.sheets import Sheet, sheet_of
from dashboard.export.forms.stamping import (
    SAMPLE,
    Produced,
    banner,
    clean,
    description,
    filters,
    joined,
    marking,
)
from dashboard.export.packs.drawing import Drawing
from dashboard.export.packs.letters import written as in_letters
from dashboard.periods import day_words
from dashboard.reports.packs.block import Block, Pack
from dashboard.reports.request.naming import AS_KNOWN
from dashboard.words.headings import SYMBOLS

MOST_ROWS = 120  # of one table in print
MOST_COLUMNS = 11
ROOM = 124  # letters across the page
DRAWN_WIDE = 14  # of them that a drawn column takes
TALLEST = 1.15  # of a chart on a page, as a share of the column's width
Progress: TypeAlias = Callable[[float, str], None]


def document(
    pack: Pack,
    produced: Produced,
    drawing: Drawing,
    progress: Progress | None = None,
    appendix: bool = True,
) -> dict[str, Any]:
    """What the template sets, as plain lists, strings and numbers.

    appendix  whether the definitions stand at its end
    """
    stamp = pack.about.stamp
    said = [
        ("Marking", marking(stamp)),
        ("", SAMPLE if stamp.sample else ""),
        ("Period", pack.about.subtitle),
        ("As at", day_words(stamp.as_at)),
    ]
    for part in pack.parts:
        drawing.begin(part)
    # All else is put together while the charts are drawn.
    definitions, sources, marks = list(_definitions(pack)), _sources(pack), _marks(pack)
    return _in_letters(
        {
            "title": pack.about.title,
            "cover": True,
            "lead": pack.lead,
            "banner": banner(stamp),
            "lines": [[label, words] for label, words in said if words],
            "stamp": " · ".join(
                [
                    f"As at {day_words(stamp.as_at)}",
                    f"filters: {filters(stamp)}",
                    f"snapshot {stamp.snapshot_id}",
                    f"queries {stamp.query_hash}",
                    f"produced by {produced.words}",
                ]
            ),
            "brief": [[section.heading, section.statement] for section in pack.sections],
            "sections": list(_sections(pack, drawing, progress)),
            "definitions": definitions if appendix else [],
            "sources": sources,
            "queries": _queries(pack),
            "symbols": [[mark, SYMBOLS[mark]] for mark in SYMBOLS if mark in marks],
        }
    )


def _in_letters(value: Any) -> Any:
    """The whole with every string in letters that the typeface has."""
    if isinstance(value, str):
        return in_letters(clean(value))
    if isinstance(value, dict):
        return {key: _in_letters(item) for key, item in value.items()}
    return [_in_letters(item) for item in value] if isinstance(value, list) else value


def _sections(pack: Pack, drawing: Drawing, progress: Progress | None) -> Iterator[dict[str, Any]]:
    done, whole = 0, max(len(pack.parts), 1)
    for section in pack.sections:
        blocks: list[dict[str, Any]] = []
        titles = {block.shown.title for block in section.blocks if not isinstance(block, str)}
        told = {section.heading}  # what is said once is not said again below it
        for block in section.blocks:
            if isinstance(block, str):
                if block.removesuffix(".") not in titles:
                    blocks.append({"line": block})
                continue
            if progress is not None:
                progress(done / whole, block.shown.title)
            blocks.append(_item(block, told, drawing))
            told.add(block.shown.title)
            done += 1
        if section.fault:
            blocks.append({"line": section.fault})
        yield {"heading": section.heading, "blocks": blocks}


def _item(part: Block, told: Container[str], drawing: Drawing) -> dict[str, Any]:
    shown = part.shown
    sheet = sheet_of(shown, part.unit)
    chart = drawing.chart(part)
    table = table_of(sheet, part) if part.printed or not chart else None
    return {
        "line": None,
        "title": "" if shown.title in told else shown.title,
        "subtitle": shown.subtitle,
        "notes": joined(shown.plain_notes),
        "symbols": "; ".join(f"{mark} {SYMBOLS[mark]}" for mark in _symbols(part)),
        "stamp": f"Filters: {filters(shown.stamp)}" if shown.stamp.filters else "",
        "chart": chart,
        "alt": description(shown),
        "across": across(chart),
        "half": part.half,
        "table": table,
        "left_out": _left_out(sheet, table),
    }


def across(chart: str) -> float:
    """The share of the column's width that the chart takes: less where it would be too tall."""
    match = pictures.SIZE.search(chart)
    if match is None:
        return 1.0
    wide, tall = (float(size) for size in match.groups())
    return min(1.0, round(TALLEST * wide / tall, 4))


class DrawnCells(TypedDict):
    """A column of a printed table that is drawn, a picture a row."""

    heading: str
    cells: list[beside.Picture]


class Printed(TypedDict):
    """A printed table."""

    heads: list[str]
    numbers: list[bool]  # which columns are
    widths: list[int]  # in letters
    rows: list[list[str]]
    drawn: list[DrawnCells]


def table_of(sheet: Sheet, part: Block) -> Printed:
    """A part's table as it is printed."""
    brief = sheet.brief(MOST_COLUMNS, part.columns)
    rows = [
        [_written(value, kind) for value, kind in zip(line, kinds, strict=True)]
        for line, kinds in islice(brief.told(), part.most or MOST_ROWS)
    ]
    heads = [column.heading for column in brief.columns]
    drawn = beside.columns(part.shown.rows.slice(0, len(rows)), part.spark, part.bars)
    return {
        "heads": heads,
        "numbers": [column.is_number for column in brief.columns],
        "widths": widths(heads, rows, ROOM - DRAWN_WIDE * len(drawn)),
        "rows": rows,
        "drawn": [{"heading": column.heading, "cells": list(column.cells)} for column in drawn],
    }


def _written(value: Cell, kind: str) -> str:
    """A cell as the page writes it; the sign stands before that of the money."""
    money = ours().currency
    return written(value, kind).replace(f"{money}-", f"−{money}")


def _left_out(sheet: Sheet, table: Printed | None) -> str:
    """Which rows aren't printed and where they are; '' where all are. That print has the columns
    for which there is room is said once, at the end."""
    if table is None:
        return "The chart's rows: in the XLSX of this pack." if sheet.length else ""
    rows = len(table["rows"])
    cut = rows < sheet.length
    return f"Printed: {rows:,} of {sheet.length:,} rows; the XLSX has all." if cut else ""


def _definitions(pack: Pack) -> Iterator[dict[str, Any]]:
    """Each question once, with what it counts."""
    for question, why in pack.definitions.items():
        lines = accounts.definition(why)
        yield {"question": question, "lines": [[label, words] for label, words in lines]}


def _sources(pack: Pack) -> list[str]:
    """Every file that a result rests on, once."""
    said = (part.shown.why.sources for part in pack.parts if part.shown.why is not None)
    return sorted({item for sources in said for item in sources if AS_KNOWN in item})


def _queries(pack: Pack) -> list[list[str]]:
    """What each result is called, and the hash of the query that it is of."""
    return [[part.shown.title, part.shown.stamp.query_hash] for part in pack.parts]


def _marks(pack: Pack) -> set[str]:
    return {mark for part in pack.parts for mark in _symbols(part)}


def _symbols(part: Block) -> tuple[str, ...]:
    """The marks that stand in what is printed of a part."""
    return sheet_of(part.shown, part.unit).brief(MOST_COLUMNS, part.columns).symbols
