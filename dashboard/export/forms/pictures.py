"""A chart as a picture that can stand alone: SVG, PNG at twice the size, PDF.

Marking at top and bottom, statement title, subtitle, notes and stamp are inside the picture,
so that they go where it goes. All three are made from one SVG.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape
from math import isfinite
from textwrap import wrap
from typing import Any

import pyarrow as pa
import vl_convert

from dashboard.access import Disclosed
from dashboard.charts import theme
from dashboard.errors import ContentError
from dashboard.export.forms import typeface
from dashboard.export.forms.stamping import Produced, banner, clean, description, footer

WIDTH = 760  # pixels of the chart itself: a column of an A4 page at 110 dots an inch
# Frames of a set size, in the same pixels; ENLARGED on the way out, so that words stay readable.
FRAMES = {"slide": (860, 484), "half": (460, 484), "square": (720, 720)}
REPORT = "report"  # as wide as a page's column, as tall as it comes
SIZES = ("slide", "half", REPORT, "square")
ENLARGED = 1.5
AXIS = 44  # of a chart's height beside its drawing: the words of its axis
TALLEST = 2.2  # times a chart's own height, where a frame has room
EDGE = 20
BANNER = 24
PADDING = {"left": 2, "top": 6, "right": 8, "bottom": 4}
SCALE = 2.0
PAPER = "#FFFFFF"
DAY = 86_400_000  # milliseconds
EPOCH = date(1970, 1, 1)
SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"[^>]*>', re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A paragraph of the frame: words, size and line height in pixels, colour, weight."""

    words: str
    size: float
    step: float
    colour: str
    bold: bool = False


def svg(
    spec: dict[str, Any],
    data: Mapping[str, pa.Table] | pa.Table | None,
    disclosed: Disclosed,
    produced: Produced,
    size: str = REPORT,
) -> str:
    """The chart in its frame as an SVG document, with title and description for screen readers.

    spec, data  as the screen draws them: a Vega-Lite spec in the light colours, its data sets
    size        one of SIZES
    """
    if size not in FRAMES:
        return _framed(chart_svg(spec, data), disclosed, produced)
    wide, tall = FRAMES[size]
    taken = _place(disclosed, produced, wide)
    across, down = wide - 2 * EDGE, max(tall - taken.top - taken.below, 60.0)
    drawn = chart_svg(_taller(spec, down), data, across)
    return _framed(drawn, disclosed, produced, (wide, tall))


def _taller(spec: dict[str, Any], room: float) -> dict[str, Any]:
    """A spec of one chart with a height of its own, as tall as the room that there is for it."""
    own = spec.get("height")
    if not isinstance(own, (int, float)) or "layer" not in spec and "mark" not in spec:
        return spec
    return {**spec, "height": round(max(min(room - AXIS, own * TALLEST), min(own, room)))}


def png(document: str, disclosed: Disclosed) -> bytes:
    """The picture of `svg` at twice its size; its title and marking are also in its metadata."""
    typeface.register()
    picture = vl_convert.svg_to_png(document, scale=SCALE)
    said = {"Title": disclosed.title, "Comment": banner(disclosed.stamp)}
    chunks = b"".join(_text_chunk(key, clean(words)) for key, words in said.items())
    return picture[:HEADER] + chunks + picture[HEADER:]


def pdf(document: str) -> bytes:
    """The picture of `svg` as one page of its own size; words stay words."""
    typeface.register()
    return vl_convert.svg_to_pdf(document)


HEADER = 8 + 4 + 4 + 13 + 4  # a PNG's signature and its first chunk, IHDR


def _text_chunk(key: str, words: str) -> bytes:
    """An iTXt chunk of a PNG: a keyword and UTF-8 words."""
    body = b"iTXt" + key.encode("ascii") + b"\0\0\0\0\0" + words.encode("utf-8")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def chart_svg(
    spec: dict[str, Any], data: Mapping[str, pa.Table] | pa.Table | None, width: int = WIDTH
) -> str:
    """The bare chart as SVG, of the width that is asked for, without frame; for packs.

    raises  ContentError where the spec can't be drawn.
    """
    return _svg(json.dumps(whole_spec(spec, data, width)))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    """The drawing of a spec that holds its rows: the same for whoever asks."""
    typeface.register()
    try:
        # No address is allowed: a chart holds its data, and nothing is fetched.
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError as error:
        reason = str(error).strip().splitlines()[0][:200]
        raise ContentError(f"this chart could not be drawn as a picture: {reason}") from error


def whole_spec(
    spec: dict[str, Any], data: Mapping[str, pa.Table] | pa.Table | None, width: int
) -> dict[str, Any]:
    """The spec with its rows inside and a width of its own."""
    whole = _with_width(spec, width)
    if spec.get("width") == "container":
        whole["autosize"] = {"type": "fit-x", "contains": "padding"}
        whole["padding"] = PADDING  # words beyond the lines' ends are given room by the fit itself
    if isinstance(data, pa.Table):
        whole["data"] = {"values": _records(data)}
    elif data is not None:
        whole["datasets"] = {name: _records(table) for name, table in data.items()}
    return whole


def _with_width(part: Any, width: int) -> Any:
    if isinstance(part, dict):
        return {
            key: width if key == "width" and value == "container" else _with_width(value, width)
            for key, value in part.items()
        }
    return [_with_width(item, width) for item in part] if isinstance(part, list) else part


def _records(table: pa.Table) -> list[dict[str, Any]]:
    return [{key: _plain(value) for key, value in row.items()} for row in table.to_pylist()]


def _plain(value: Any) -> Any:
    """A value as JSON has it; a date is its milliseconds, as the screen's Arrow gives it."""
    if isinstance(value, datetime):
        return round((value.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds() * 1000)
    if isinstance(value, date):
        return (value - EPOCH).days * DAY
    if isinstance(value, float) and not isfinite(value):
        return None
    return clean(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Place:
    """The paragraphs above and below a chart, where it begins, and what stands below it."""

    above: list[Text]
    under: list[Text]
    head: str
    top: float
    below: float


def _place(disclosed: Disclosed, produced: Produced, width: float) -> Place:
    above = [
        Text(disclosed.title, 19, 24, theme.INK, bold=True),
        Text(disclosed.subtitle, 13, 18, theme.QUIET),
    ]
    under = [
        *(Text(note, 11, 15, theme.QUIET) for note in disclosed.plain_notes),
        Text(footer(disclosed, produced), 10, 14, theme.QUIET),
    ]
    head, top = _paragraphs(above, width, BANNER + EDGE / 2)
    below = _paragraphs(under, width, 0.0)[1] + EDGE / 2 + BANNER
    return Place(above, under, head, top, below)


def _framed(
    chart: str, disclosed: Disclosed, produced: Produced, frame: tuple[int, int] | None = None
) -> str:
    """The chart between its title and its notes; in a frame of a set size as large as it fits."""
    match = SIZE.search(chart)
    if match is None:
        raise ContentError("this chart could not be drawn as a picture: it has no size")
    wide, tall = (float(part) for part in match.groups())
    width = frame[0] if frame else max(wide, WIDTH / 2) + 2 * EDGE
    place = _place(disclosed, produced, width)
    top = place.top
    if frame is None:
        inside, height, large = _inside(chart, EDGE, top, 1.0), round(top + tall + place.below), 1.0
    else:
        # Notes that leave no room for the chart make the frame taller: nothing is cut.
        room = max(frame[1] - top - place.below, frame[1] / 3)
        scale = min((width - 2 * EDGE) / wide, room / tall)
        left = (width - wide * scale) / 2
        height, large = round(top + room + place.below), ENLARGED
        inside = _inside(chart, left, top + (room - tall * scale) / 2, scale)
    foot, _ = _paragraphs(place.under, width, height - place.below + EDGE / 2)
    marked = [_marking(disclosed, width, edge) for edge in (0, height - BANNER)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' role="img" aria-labelledby="title desc" width="{width * large:.0f}"'
        f' height="{height * large:.0f}"'
        f' viewBox="0 0 {width:.0f} {height}" font-family="{escape(theme.FONT)}">'
        f'<title id="title">{_words(disclosed.title)}</title>'
        f'<desc id="desc">{_words(description(disclosed))}</desc>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(marked)}{place.head}{inside}'
        f"{foot}</svg>"
    )


def _inside(chart: str, left: float, top: float, scale: float) -> str:
    """The chart as a part of the document, at a place and as large as it is to be."""
    part = f'<svg x="0" y="0"{chart[chart.index("<svg") + 4 :]}'
    return f'<g transform="translate({left:.1f} {top:.1f}) scale({scale:.4f})">{part}</g>'


def bare(
    spec: dict[str, Any], data: Mapping[str, pa.Table] | pa.Table | None, width: int = WIDTH
) -> bytes:
    """The chart alone as a PNG at twice its size, for a slide that says the rest itself."""
    return vl_convert.svg_to_png(chart_svg(spec, data, width), scale=SCALE)


def _words(words: str) -> str:
    return escape(clean(words))


def _marking(disclosed: Disclosed, width: float, top: float) -> str:
    return (
        f'<rect y="{top}" width="{width:.0f}" height="{BANNER}" fill="{theme.INK}"/>'
        f'<text x="{width / 2:.0f}" y="{top + 17}" text-anchor="middle" font-size="12"'
        f' font-weight="bold" letter-spacing="0.8" fill="{PAPER}">'
        f"{_words(banner(disclosed.stamp))}</text>"
    )


def _paragraphs(texts: list[Text], width: float, top: float) -> tuple[str, float]:
    """The paragraphs as text elements, wrapped, and where the next thing may begin."""
    parts, y = [], top
    for text in (item for item in texts if item.words):
        letters = typeface.fitting(width - 2 * EDGE, text.size, bold=text.bold)
        for line in wrap(clean(text.words), letters):
            y += text.step
            weight = ' font-weight="bold"' if text.bold else ""
            parts.append(
                f'<text x="{EDGE}" y="{y - text.step * 0.28:.1f}" font-size="{text.size}"'
                f' fill="{text.colour}"{weight}>{escape(line)}</text>'
            )
    return "".join(parts), y + EDGE / 2
