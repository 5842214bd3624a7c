"""The quarterly meeting as the wall shows it: its items, and the page that it leaves to."""

from dashboard.reports.strategy import wall_items

QUARTERLY = (wall_items.agenda, "strategy")
