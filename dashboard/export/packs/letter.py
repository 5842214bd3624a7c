"""A pack as a message to mail: plain text, or one HTML page without outside parts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.export.forms.sheets import sheet_of
from dashboard.export.forms.stamping import Produced, banner
from dashboard.export.packs.document import table_of
from dashboard.periods import day_words
from dashboard.reports.packs.block import Block, Pack

INK, QUIET = "#1D2733", "#5B6875"
FACE = "font:15px/1.45 Arial,Helvetica,sans-serif"
CELL = "border-bottom:1px solid #C9D0D8;padding:3px 6px;text-align:left;vertical-align:top"


def text(pack: Pack, produced: Produced) -> str:
    """The pack as plain text, marked at top and bottom; a row of a table is a line."""
    lines = [banner(pack.about.stamp), "", pack.about.title, pack.about.subtitle]
    for section in pack.sections:
        lines += ["", section.heading.upper()]
        for block in section.blocks:
            lines += [f"- {block}"] if isinstance(block, str) else list(_rows(block))
        lines += [section.fault] if section.fault else []
    return "\n".join([*lines, "", _foot(pack, produced), "", banner(pack.about.stamp), ""])


def _rows(part: Block) -> Iterator[str]:
    table = table_of(sheet_of(part.shown, part.unit), part)
    yield f"{part.shown.title}:"
    for row in table["rows"]:
        said = [f"{head}: {cell}" for head, cell in zip(table["heads"], row, strict=True) if cell]
        yield f"- {'; '.join(said)}"


def html(pack: Pack, produced: Produced) -> str:
    """The pack as one HTML page; every word escaped."""
    marked = (
        '<p style="background:#1d2530;color:#fff;text-align:center;font-weight:700;margin:0;'
        f'padding:4px">{escape(banner(pack.about.stamp))}</p>'
    )
    body = "".join(
        f'<h2 style="font-size:17px">{escape(section.heading)}</h2>{_blocks(section.blocks)}'
        f"{_line(section.fault) if section.fault else ''}"
        for section in pack.sections
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(pack.about.title)}</title></head>"
        f'<body style="margin:0;color:{INK};{FACE}">{marked}'
        '<div style="max-width:960px;margin:0 auto;padding:16px">'
        f'<h1 style="font-size:22px">{escape(pack.about.title)}</h1>{_line(pack.about.subtitle)}'
        f'{body}<p style="color:{QUIET};font-size:13px">{escape(_foot(pack, produced))}</p></div>'
        f"{marked}</body></html>\n"
    )


def _blocks(blocks: tuple[Block | str, ...]) -> str:
    return "".join(_line(item) if isinstance(item, str) else _table(item) for item in blocks)


def _line(words: str) -> str:
    return f'<p style="margin:4px 0">{escape(words)}</p>'


def _table(part: Block) -> str:
    table = table_of(sheet_of(part.shown, part.unit), part)
    heads = "".join(
        f'<th scope="col" style="{CELL}">{escape(head)}</th>' for head in table["heads"]
    )
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in table["rows"])
    return (
        f'<table style="border-collapse:collapse;font-size:13px"><caption style="text-align:left">'
        f"{escape(part.shown.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        "</table>"
    )


def _cells(row: list[str]) -> str:
    return "".join(f'<td style="{CELL}">{escape(cell)}</td>' for cell in row)


def _foot(pack: Pack, produced: Produced) -> str:
    stamp = pack.about.stamp
    known = f"As at {day_words(stamp.as_at)}, snapshot {stamp.snapshot_id}"
    return f"{known}, produced by {produced.words}."
