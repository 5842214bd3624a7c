"""Statistics: numbers in, numbers out. Nothing here knows a unit, an area or a page."""
