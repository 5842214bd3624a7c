"""Which branch or team of a unit a link asks for, and how what is of it alone is named."""

from __future__ import annotations

from dashboard.reports.request import Request

UNASSIGNED = "unassigned"  # the code of what no branch has, as the selects have it


def branch_of(request: Request, part: str | None, unit: str) -> str | None:
    """The branch of the unit that a part of it is, or is in; None of no part of it."""
    if part is None or part not in request.catalogue.descendants(unit):
        return None
    return request.catalogue.level_of(part, "branch")


def whose(branch: str | None) -> str:
    """' of OCU7(5)' in a title; '' of no branch alone."""
    return f" of {branch}" if branch else ""
