"""Where each area has its tile on the map: as boroughs.csv says, else by name, row by row."""

from __future__ import annotations

from dataclasses import replace

from dashboard.catalogue.records import Area

# The cells of a map that is made: inside those that stay free for what is no borough.
COLUMNS, LINES, LEFT = 6, 6, 1
MOST = COLUMNS * LINES


def placed(areas: dict[str, Area]) -> dict[str, Area]:
    """The areas, their boroughs with a tile each; as they are where any borough has one."""
    boroughs = [area for area in areas.values() if area.kind == "borough"]
    if any(area.grid_x is not None for area in boroughs):
        return areas
    # As near to a square as the number allows.
    across = next((n for n in range(1, COLUMNS + 1) if n * n >= len(boroughs)), COLUMNS)
    ordered = sorted(boroughs, key=lambda area: area.name)
    made = {
        area.code: replace(area, grid_x=LEFT + place % across, grid_y=place // across)
        for place, area in enumerate(ordered)
    }
    return areas | made
