"""Which letters the bundled typeface has: a document that lacks one is no PDF/UA-1."""

from __future__ import annotations

import struct
from functools import cache

from dashboard.errors import ContentError
from dashboard.export.forms import typeface

FACE = "SourceSansPro-Regular.ttf"
INSTEAD = {"✗": "×", "✘": "×", "✓": "√", "✔": "√", "\u2011": "-", "\u202f": "\u00a0"}
UNKNOWN = "?"
PLAIN = frozenset("\t\n")


def written(words: str) -> str:
    """The words in letters that the typeface has; '?' for one that it lacks.

    >>> written("Thorpe ✗ 中")
    'Thorpe × ?'
    """
    if words.isascii():
        return words
    known = letters()
    return "".join(
        letter if letter in known or letter in PLAIN else INSTEAD.get(letter, UNKNOWN)
        for letter in words
    )


@cache
def letters() -> frozenset[str]:
    """All letters of the typeface, from its table 'cmap', format 4 (up to U+FFFF).

    source  OpenType 1.9, cmap
    raises  ContentError where the font has no such table
    """
    font = (typeface.FOLDER / FACE).read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    for place in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == b"cmap":
            return _letters(font, start)
    raise ContentError(f"the font {FACE} says nothing of its letters")


def _letters(font: bytes, start: int) -> frozenset[str]:
    (count,) = struct.unpack_from(">H", font, start + 2)
    for place in range(count):
        _, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * place)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            return frozenset(map(chr, _segments(font, start + offset)))
    raise ContentError(f"the font {FACE} lists its letters in a way that is not known here")


def _segments(font: bytes, table: int) -> list[int]:
    """The code points of a format 4 table that have a glyph other than 0, 'missing'."""
    (doubled,) = struct.unpack_from(">H", font, table + 6)
    size = doubled // 2
    ends = struct.unpack_from(f">{size}H", font, table + 14)
    starts = struct.unpack_from(f">{size}H", font, table + 16 + doubled)
    deltas = struct.unpack_from(f">{size}h", font, table + 16 + 2 * doubled)
    ranges = table + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{size}H", font, ranges)
    codes = []
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[place]:
                at = ranges + 2 * place + offsets[place] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, at)
            if (offsets[place] == 0 or glyph) and (glyph + deltas[place]) % 65536:
                codes.append(code)
    return codes
