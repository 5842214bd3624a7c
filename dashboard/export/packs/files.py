"""A pack as a file: PDF, DOCX, PPTX, XLSX or CSV, all of the same results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.errors import NotFoundError
from dashboard.export.forms import csv, pictures, pptx, pptx_tables, xlsx
from dashboard.export.forms.sheets import sheet_of
from dashboard.export.forms.stamping import Produced, file_name
from dashboard.export.forms.xlsx_pages import Item
from dashboard.export.packs import charts, typeset, word
from dashboard.export.packs import document as pack_document
from dashboard.export.packs.drawing import Drawing
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Block, Pack, Section
from dashboard.reports.request import Request
from dashboard.words import phrases

NAMES = contents.NAMES
FORMATS = ("pdf", "docx", "pptx", "xlsx", "csv")
DRAWN = ("pdf", "docx")  # with their charts as pictures
Progress: TypeAlias = Callable[[float, str], None]
NOTHING_OUT = "Where nothing stands out"  # the deck's end
MADE = 0.5  # of the work: results; the rest is drawing and setting


@dataclass(frozen=True)
class File:
    """A pack as a file: its own name, its bytes, the sections that could not be made, and the
    results in it."""

    name: str
    content: bytes
    faults: tuple[str, ...]
    of: tuple[Disclosed, ...]


def produce(
    request: Request,
    name: str,
    format: str,
    unit: str | None = None,
    borough: str | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
    appendix: bool = True,
) -> File:
    """The pack `name` as a file.

    format    one of FORMATS
    now       the moment that is printed on it; the present one where it is left out
    progress  told how far it is, from 0 to 1, and what comes next
    appendix  whether a PDF has the definitions at its end
    raises    NotFoundError, UsageError as packs.pack does
    """
    check(format)
    with Drawing() as drawing:
        begin = None
        if format in DRAWN:
            drawing.start()
            begin = drawing.begin
        made = contents.pack(request, name, unit, borough, _part_of(progress, 0, MADE), begin)
        produced = Produced(request.role.words, now or datetime.now(UTC))
        content = written(
            made, format, produced, _part_of(progress, MADE, 1), drawing, appendix=appendix
        )
    shown = tuple(part.shown for part in made.parts)
    return File(name_of(made, format), content, made.faults, shown)


def check(format: str) -> None:
    """raises  NotFoundError for a format that is none of FORMATS"""
    if format not in FORMATS:
        raise NotFoundError("format", format, FORMATS)


def written(
    pack: Pack,
    format: str,
    produced: Produced,
    progress: Progress | None = None,
    drawing: Drawing | None = None,
    *,
    appendix: bool = True,
) -> bytes:
    """A pack that was made already, as a file.

    drawing   where its charts are drawn already
    appendix  whether a PDF has the definitions at its end
    raises  NotFoundError for a format that is none
    """
    check(format)
    if format == "pdf":
        with drawing or Drawing() as draws:
            document = pack_document.document(pack, produced, draws, progress, appendix)
        return typeset.pdf(document, produced)
    if format == "docx":
        with drawing or Drawing() as draws:
            return word.document(pack, produced, draws)
    if format == "pptx":
        with drawing or Drawing() as draws:
            return pptx.deck(list(_slides(pack, draws)), produced, pack.about.title)
    if format == "xlsx":
        return xlsx.workbook(_sheets(pack), produced, pack.about.title, pack.definitions)
    # One table after another, each with its own stamp above it and marking below.
    tables = [
        sheet_of(pack.about),
        *(sheet_of(part.shown, part.unit) for part in pack.parts),
    ]
    return b"\r\n".join(csv.as_csv(sheet, produced) for sheet in tables)


def previews(pack: Pack, produced: Produced, *, appendix: bool = True) -> list[bytes]:
    """The pages of a pack's PDF as small pictures."""
    with Drawing() as draws:
        document = pack_document.document(pack, produced, draws, None, appendix)
    return typeset.previews(document)


def paper(part: Block, produced: Produced) -> bytes:
    """One result as a PDF without a title page: its table, and its chart where it has one.

    raises  ContentError where it can't be drawn or set
    """
    shown = part.shown
    alone = Pack(part.name, shown.title, shown, (Section(shown.title, (part,)),))
    with Drawing() as draws:
        document = pack_document.document(alone, produced, draws, appendix=False)
    return typeset.pdf(document | {"cover": False, "sources": [], "queries": []}, produced)


def name_of(pack: Pack, format: str) -> str:
    """The file's name: marking, pack, unit or borough, as-at."""
    return file_name(pack.about.stamp, pack.about.title, format)


def _slides(pack: Pack, drawing: Drawing) -> Iterator[pptx.Item]:
    """What a slide has of each result: Office's own chart, the picture where Office has none, the
    table where print has it (a drawn chart's is in the workbook; slides would be many)."""
    yield pptx.Item(sheet_of(replace(pack.about, rows=_firsts(pack))))
    for section in pack.sections:
        yield from _section_slides(pack, section, drawing)
    quiet = [(each.heading, sum(part.quiet for part in each.parts)) for each in pack.sections]
    if lines := tuple(f"{heading}: {phrases.many(n, 'chart')}." for heading, n in quiet if n):
        yield _said(pack, NOTHING_OUT, lines)
    for section in pack.sections:
        yield from (_slide(section, part, drawing) for part in section.parts if part.quiet)


def _said(pack: Pack, title: str, lines: tuple[str, ...]) -> pptx.Item:
    about = replace(pack.about, title=title, why=None)
    return pptx.Item(sheet_of(about), table=False, lines=lines)


def _firsts(pack: Pack) -> pa.Table:
    """Each section with its first statement: what one slide of contents has room for."""
    return pa.table(
        {
            "section": [section.heading for section in pack.sections],
            "statement": [section.statement for section in pack.sections],
        }
    )


def _section_slides(pack: Pack, section: Section, drawing: Drawing) -> Iterator[pptx.Item]:
    titles = {f"{part.shown.title}." for part in section.parts}
    lines = [line for line in section.blocks if isinstance(line, str) and line not in titles]
    said = tuple(filter(None, [*lines, section.fault]))
    items = [_slide(section, part, drawing) for part in section.parts if not part.quiet]
    if said and items and not items[0].leads_with_chart and pptx.fits_above(said):
        items[0] = replace(items[0], lines=said)
    elif said:
        yield _said(pack, section.heading, said)
    yield from items


def _slide(section: Section, part: Block, drawing: Drawing) -> pptx.Item:
    native = charts.office(part)
    return pptx.Item(
        sheet_of(part.shown, part.unit),
        native,
        part.on_slide or part.columns,
        table=part.printed,
        picture=None if native else _picture(charts.on_slide(part), drawing),
        past=part.spark,
        bars=part.bars,
        most=part.most or pptx_tables.MOST_ROWS,
        section="" if part.shown.title == section.heading else section.heading,
    )


def _picture(part: Block, drawing: Drawing) -> Callable[[], bytes] | None:
    if charts.drawn(part) is None:
        return None
    return lambda: pictures.png(drawing.chart(part), part.shown)


def _sheets(pack: Pack) -> list[Item]:
    return [
        Item(sheet_of(pack.about), "contents"),
        *(
            Item(sheet_of(part.shown, part.unit), part.name, charts.office(part))
            for part in pack.parts
        ),
    ]


def _part_of(progress: Progress | None, start: float, end: float) -> Progress | None:
    if progress is None:
        return None
    return lambda share, words: progress(start + (end - start) * share, words)
