"""Who asks, of which snapshot, at which meeting; what is kept of the answers."""

from dashboard.reports.request.request import Request, open_request

__all__ = ["Request", "open_request"]
