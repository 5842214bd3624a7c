"""One function a question: access → query → statistics → disclosure."""

from typing import TYPE_CHECKING

from dashboard import late

if TYPE_CHECKING:
    from dashboard.access import Disclosed, Stamp, Why
    from dashboard.reports.measure.series import series
    from dashboard.reports.request import Request, open_request

__all__ = ["Disclosed", "Request", "Stamp", "Why", "open_request", "series"]

__getattr__ = late.names(__name__)
