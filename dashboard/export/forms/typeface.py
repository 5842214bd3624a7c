"""The one typeface of charts, pictures and documents: Source Sans Pro, bundled with its licence.

The browser shows the same typeface: Streamlit brings it along as 'Source Sans'. Not the newer
'Source Sans 3', whose name vl-convert 1.9 does not find when it measures words: its labels
would be cut and its margins guessed. '✗' is the one sign of the screen that it lacks.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import vl_convert

FOLDER = Path(__file__).with_name("fonts")
FAMILY = "Source Sans Pro"
# Mean width of a letter, as a share of the size; a little over what English text comes to.
REGULAR, BOLD = 0.475, 0.51


@cache
def register() -> None:
    """Makes the bundled font known to vl-convert; once a process, before the first picture."""
    vl_convert.register_font_directory(str(FOLDER))


def fitting(width: float, size: float, *, bold: bool = False) -> int:
    """How many letters of `size` pixels a line of `width` pixels has room for."""
    return max(int(width / (size * (BOLD if bold else REGULAR))), 8)
