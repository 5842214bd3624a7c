"""Pictures that are kept to see a change by: drawn by the server with its own typeface, made small.

Words and marks come from one SVG and one bundled font, so that a picture is the same on every
machine; what the browser lays out around it is tests/browser's. `PICTURES=new` keeps what is drawn
now instead of comparing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import vl_convert
from PIL import Image

from dashboard.export.forms import typeface

FOLDER = Path(__file__).with_name("pictures")
SCALE = 0.5
COLOURS = 64  # of the kept ones, which makes them a third as large
# A picture is another where more than this share of its pixels is off by more than FAR of 255:
# less than a figure of a wall covers, more than rounding at edges does.
SHARE, FAR = 0.0003, 60
NEW = os.environ.get("PICTURES") == "new"


def drawn(svg: str) -> Image.Image:
    """The picture on white, small."""
    typeface.register()
    found = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=SCALE))).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", found.size, "white"), found).convert("RGB")


def apart(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels by which two pictures differ; all where their sizes do."""
    if one.size != other.size:
        return 1.0
    off = np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int)).max(axis=2)
    return float((off > FAR).mean())


def kept(name: str) -> Image.Image:
    return Image.open(FOLDER / f"{name}.png").convert("RGB")


def keep(name: str, picture: Image.Image) -> None:
    FOLDER.mkdir(exist_ok=True)
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
