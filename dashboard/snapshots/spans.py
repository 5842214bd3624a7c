"""Spans of days in order, `until` exclusive: joined, taken away, and what two lists share."""

from __future__ import annotations

from datetime import date

from dashboard.periods import next_start, period_start

Spans = list[tuple[date, date]]


def merged(spans: Spans) -> Spans:
    """Spans that touch or overlap, joined; in order.

    >>> merged([(date(2032, 2, 1), date(2032, 3, 1)), (date(2032, 1, 1), date(2032, 2, 1))])
    [(datetime.date(2032, 1, 1), datetime.date(2032, 3, 1))]
    """
    joined: Spans = []
    for since, until in sorted(spans):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def minus(spans: Spans, taken: Spans) -> Spans:
    """What of `spans` lies outside `taken` (both in order, `until` exclusive)."""
    left = spans
    for since, until in taken:
        left = [
            piece
            for a, b in left
            for piece in ((a, min(b, since)), (max(a, until), b))
            if piece[0] < piece[1]
        ]
    return left


def shared(one: Spans, other: Spans) -> Spans:
    """Where both lists of spans cover."""
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]


def whole(spans: Spans, grain: str) -> Spans:
    """What of `spans` is made of whole periods.

    >>> whole([(date(2032, 1, 5), date(2032, 3, 9))], "month")
    [(datetime.date(2032, 2, 1), datetime.date(2032, 3, 1))]
    """
    cut = [
        (
            since if period_start(since, grain) == since else next_start(since, grain),
            period_start(until, grain),
        )
        for since, until in spans
    ]
    return [(since, until) for since, until in cut if since < until]
