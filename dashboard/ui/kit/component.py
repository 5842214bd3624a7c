"""The house's own components: each a script, and perhaps a style, that is served as a file.

A strict policy refuses scripts that stand in the page itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PACKAGE = "dashboard"


@dataclass(frozen=True)
class Component:
    """One component.

    folder         its files lie there
    script, style  their names
    """

    name: str
    folder: Path
    script: str
    style: str | None = None

    @property
    def full(self) -> str:
        """Its name among all components that Streamlit knows."""
        return f"{PACKAGE}.{self.name}"

    @property
    def files(self) -> tuple[str, ...]:
        """Where its files are asked for, below Streamlit's own path of components."""
        return tuple(f"{self.full}/{name}" for name in (self.script, self.style) if name)

    def made(self) -> Callable[..., Any]:
        """What draws it.

        Streamlit takes files of installed packages only, so that the folder is made known as one.
        """
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(self.full) is None:
            folder = ComponentConfig(self.name, self.folder.name)
            manifest = ComponentManifest(PACKAGE, "1", [folder])
            manager.register_from_manifest(manifest, self.folder.parent)
        return st.components.v2.component(self.full, css=self.style, js=self.script)


UI = Path(__file__).parents[1]
WALL = Component("wall", UI / "tasking" / "stage", "wall.js", "wall.css")
LINKS = Component("links", UI / "kit" / "script", "links.js")
COPY = Component("copy", UI / "kit" / "clipboard", "copy.js", "copy.css")
ALL = (WALL, LINKS, COPY)
