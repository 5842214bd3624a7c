"""What the store holds as JSON of a decision beside its seal: declared once for all readers."""

from __future__ import annotations

from typing import NotRequired, TypedDict

# What a decision is raised from, as it stood; which keys there are follows from `from`.
Origin = TypedDict(
    "Origin",
    {
        "from": str,  # a key of fields.RAISED_FROM
        "sentence": str,
        "measure": str,
        "unit": str | None,
        "borough": str | None,
        "matter": str,
        "visit": str,
        "rule": str | None,
    },
    total=False,
)


class KeptMove(TypedDict):
    """moves.Move: money and hours as digits."""

    giver: str
    taker: str
    officers: int
    hours: str
    category: str
    plain_gbp: str
    multiplier: str
    cost_gbp: str
    budget_gbp: NotRequired[str]
