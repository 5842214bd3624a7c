"""The tables of decisions: what was decided, said, sealed and found. Declared as the store asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Numeric, String

from dashboard.decisions.kept import KeptMove, Origin
from dashboard.decisions.sealed import Judged, Sealed
from dashboard.store import versioned
from dashboard.store.tables import Content, Versioned

WORDS = 4000  # letters of what is decided, said or given as a reason
NAME = 120  # of a post
CODE = 64

decisions = versioned(
    "decisions",
    Column("meeting", Date, nullable=False),  # grid date of the meeting it was made at
    Column("raised_from", String(16), nullable=False),
    Column("origin", Content),  # the alert or verdict as it stood: what the decision is about
    Column("what", String(WORDS), nullable=False),
    Column("tactic", String(20), nullable=False),
    Column("four_p", String(12)),
    Column("priority", String(CODE)),
    Column("owner_unit", String(CODE), nullable=False),
    Column("owner_post", String(NAME), nullable=False),
    Column("due", Date, nullable=False),  # grid date of the meeting at which it is to be done
    Column("moves", Content),
    Column("measure", String(CODE)),  # of the expected effect; none where no count shows it
    Column("unit", String(CODE)),
    Column("boroughs", Content),
    Column("ratio", Numeric(5, 3)),  # what the action is to multiply the count by
    Column("horizon", Integer),  # fortnights after the meeting's own
    Column("sure", Integer),  # in per cent that the expected effect comes
    Column("state", String(12), nullable=False),
    Column("done_on", Date),
    Column("reason", String(WORDS)),  # of a withdrawal
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False),
    Index(None, "state"),
    Index(None, "meeting"),
)
UNCOUNTED = "null: no count shows its effect"


class Decision(Versioned):
    """A row of `decisions`."""

    meeting: date
    raised_from: str
    origin: Annotated[Origin | None, "null: raised from nothing"]
    what: str
    tactic: str
    four_p: Annotated[str | None, "null: of none of the four"]
    priority: Annotated[str | None, "null: of no priority"]
    owner_unit: str
    owner_post: str
    due: date
    moves: Annotated[list[KeptMove] | None, "null: it moves nothing"]
    measure: Annotated[str | None, UNCOUNTED]
    unit: Annotated[str | None, UNCOUNTED]
    boroughs: Annotated[list[str] | None, f"{UNCOUNTED}, or a whole count"]
    ratio: Annotated[Decimal | None, UNCOUNTED]
    horizon: Annotated[int | None, UNCOUNTED]
    sure: Annotated[int | None, UNCOUNTED]
    state: str
    done_on: Annotated[date | None, "null: not done"]
    reason: Annotated[str | None, "null: not withdrawn"]
    as_at: date
    snapshot_id: str


comments = versioned(
    "decision_comments",
    Column("decision_id", String(CODE), ForeignKey("decisions.id"), nullable=False),
    Column("words", String(WORDS), nullable=False),
    Index(None, "decision_id"),
)

# Both have the decision's own id: a decision has one seal, and one result.
seals = versioned(
    "decision_seals",
    Column("decision_id", String(CODE), ForeignKey("decisions.id"), nullable=False),
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False, index=True),
    Column("until", Date, nullable=False),  # end of the horizon, exclusive
    Column("sealed", Content, nullable=False),
)

results = versioned(
    "decision_results",
    Column("decision_id", String(CODE), ForeignKey("decisions.id"), nullable=False),
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("found", Content, nullable=False),
)


class Comment(Versioned):
    """A row of `comments`."""

    decision_id: str
    words: str


class Seal(Versioned):
    """A row of `seals`."""

    decision_id: str
    as_at: date
    snapshot_id: str
    until: date
    sealed: Sealed


class Result(Versioned):
    """A row of `results`."""

    decision_id: str
    as_at: date
    snapshot_id: str
    verdict: str
    found: Judged
