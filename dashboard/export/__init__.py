"""Disclosed rows as files: CSV, XLSX, PPTX with charts of Office's own, SVG, PNG and PDF.

Every form takes its rows from the one `Sheet` of a result (dashboard.export.forms.sheets) and its
marking, stamp and file name from dashboard.export.forms.stamping, so that no form says more, less
or other than the screen.
"""

from dashboard.export.forms.native import Native
from dashboard.export.forms.sheets import Sheet, sheet_of
from dashboard.export.forms.stamping import Produced

__all__ = ["Native", "Produced", "Sheet", "sheet_of"]
