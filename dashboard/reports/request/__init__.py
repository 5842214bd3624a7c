"""Who asks, of which snapshot, at which meeting; what is kept of the answers."""

from dashboard.reports.request.opening import open_request
from dashboard.reports.request.request import Request

__all__ = ["Request", "open_request"]
