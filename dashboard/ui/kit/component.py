"""The names of the one component of the house: where its script and style are asked for."""

from __future__ import annotations

PACKAGE, NAME = "dashboard", "wall"
FULL = f"{PACKAGE}.{NAME}"
SCRIPT, STYLE = "wall.js", "wall.css"
FILES = tuple(f"{FULL}/{name}" for name in (SCRIPT, STYLE))  # below Streamlit's components' path
