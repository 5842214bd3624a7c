"""Signing at a meeting: by whoever has the right, in the as-at's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dashboard.access.roles import needs
from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import Signoff, Subject
from dashboard.errors import NotFoundError
from dashboard.reports.request import Request, clock
from dashboard.reports.signing import returns

RIGHT = "sign"


def may(request: Request) -> bool:
    """Whether the role signs."""
    return RIGHT in request.role.may


def sign_return(
    request: Request, who: str, unit: str, month: date, version: int | None, reason: str = ""
) -> Signoff:
    """Signs what a unit returned of a month, as the request's snapshot has it.

    version  of the signature that the person saw; None where there was none
    raises   NotAllowedError for a role that may not; NotFoundError for what was not returned, or
             whose month is not over; ConflictError where somebody was faster
    """
    held = {item.subject: item for item in returns.returned_months(request)}
    subject = Subject(signoffs.RETURN, unit, month)
    if subject not in held:
        raise NotFoundError("return", f"{unit} {month:%Y-%m}", [x.words for x in held.values()])
    return sign(request, who, subject, held[subject].content, reason, version)


def sign(
    request: Request,
    who: str,
    subject: Subject,
    content: Mapping[str, Any],
    reason: str,
    version: int | None,
) -> Signoff:
    """Signs a subject with the figures that it is put under."""
    needs(request.role, RIGHT)
    moment = _moment(request, subject)
    return signoffs.sign(
        request.data, who, moment, subject, content, reason,
        request.as_at, request.snapshot.id, version,
    )  # fmt: skip


def withdraw(request: Request, who: str, subject: Subject, version: int, reason: str) -> Signoff:
    """Takes a signature back, with the reason."""
    needs(request.role, RIGHT)
    moment = _moment(request, subject)
    return signoffs.withdraw(request.data, who, moment, subject, version, reason)


def _moment(request: Request, subject: Subject) -> datetime:
    """raises  UsageError where a later meeting has signed or withdrawn it already"""
    there = signoffs.signoff_now(request.data, subject)
    return clock.moment(request, there["changed_at"] if there else None)
