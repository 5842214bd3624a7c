"""Disclosed rows as Vega-Lite charts.

Each chart is two pure functions: `spec(...)`, built by Altair once and cached, which
names its data sets and holds none; and `data(disclosed)`, the Arrow tables of these
names. Drawing them is dashboard.ui's business, writing them as pictures the export's.
"""

from altair.utils import schemapi

from dashboard.charts import bars, funnel, spc, tiles

# The tests build every spec with Altair's checks on; the program does without (axes.finished).
schemapi.disable_debug_mode()

__all__ = ["bars", "funnel", "spc", "tiles"]
