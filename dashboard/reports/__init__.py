"""One function a question: access → query → statistics → disclosure."""

from dashboard.access import Disclosed, Stamp, Why
from dashboard.reports.measure.series import series
from dashboard.reports.request import Request, open_request

__all__ = ["Disclosed", "Request", "Stamp", "Why", "open_request", "series"]
