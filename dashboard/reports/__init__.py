"""One function a question: access → query → statistics → disclosure."""

from dashboard.access import Disclosed, Stamp, Why
from dashboard.reports.request import Request, open_request
from dashboard.reports.series import series

__all__ = ["Disclosed", "Request", "Stamp", "Why", "open_request", "series"]
