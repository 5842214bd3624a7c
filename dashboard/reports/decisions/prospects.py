"""What could be seen of an action before it is taken: said while it is typed, sealed then."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from dashboard.decisions import sealing
from dashboard.decisions.reading import Book
from dashboard.decisions.sealed import Sealed
from dashboard.errors import StatisticsError, UsageError
from dashboard.reports.decisions import decision_words as words
from dashboard.reports.decisions import reach
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept


@dataclass(frozen=True)
class Prospect:
    """What the form says of an expected effect.

    sealed     what is sealed if it is saved so; None where nothing can be told
    sentences  the chance of seeing it, from when on, what comes without, what it is held against
    shows      whether it would show within a year
    """

    sealed: Sealed | None
    sentences: tuple[str, ...]
    shows: bool = False


def prospect(
    request: Request,
    measure: str,
    unit: str,
    boroughs: tuple[str, ...],
    ratio: float,
    horizon: int,
    taken: tuple[str, ...] = (),
) -> Prospect:
    """What can be told of multiplying a count by `ratio` over `horizon` fortnights.

    taken  boroughs that other live decisions on the measure act in
    """
    try:
        sealed: Sealed = json.loads(
            _sealed(request, measure, unit, boroughs, ratio, horizon, taken)
        )
    except (StatisticsError, UsageError) as error:
        return Prospect(None, (f"No effect can be told of this series: {error}.",))
    seen = sealing.first_seen(sealed)
    said = (
        words.prospect(sealed),
        words.wait(seen),
        words.regression(sealed),
        words.compared(sealed),
    )
    return Prospect(sealed, said, seen is not None)


@kept(256)
def _sealed(
    request: Request,
    measure: str,
    unit: str,
    boroughs: tuple[str, ...],
    ratio: float,
    horizon: int,
    taken: tuple[str, ...],
) -> str:
    # As text, so that nobody changes what is kept.
    where = reach.reach(request, boroughs, taken) if boroughs else sealing.Reach()
    past, peak = reach.past(request, measure, unit, where)
    seed = int.from_bytes(
        hashlib.sha256(f"{request.snapshot.id} {measure} {unit} {boroughs}".encode()).digest()[:4]
    )
    since = request.fortnight.until
    caps = reach.caps(request, measure, where, past, horizon)
    mixes = reach.mixes(request, measure, where)
    return json.dumps(sealing.seal(past, where, since, horizon, ratio, seed, peak, caps, mixes))


def taken(held: Book, measure: str) -> tuple[str, ...]:
    """Boroughs that live decisions on a measure act in."""
    live = (
        head for head in held.heads if head.measure == measure and head.state in ("open", "done")
    )
    return tuple(sorted({code for row in held.rows(live) for code in row["boroughs"] or ()}))
