"""What a decision may say, and the rules it has to keep before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypedDict, cast

from dashboard.decisions.kept import KeptMove, Origin
from dashboard.decisions.tables import NAME, WORDS
from dashboard.errors import UsageError
from dashboard.periods import calendar
from dashboard.words import phrases

# The tasking menu of the National Intelligence Model, and the four Ps of the control strategy.
TACTICS = {
    "offenders": "target offenders",
    "hot_spots": "hot spots",
    "linked_series": "linked series",
    "prevention": "prevention",
}
# What a Star Chamber does: its decisions are of money, not of tactics.
SPENDING = {
    "explained": "exception explained",
    "budget_moved": "budget moved",
    "to_check": "to be checked",
}
EVERY_TACTIC = TACTICS | SPENDING
FOUR_P = {"pursue": "pursue", "prevent": "prevent", "protect": "protect", "prepare": "prepare"}
RAISED_FROM = {
    "alert": "an alert",
    "target": "a target",
    "visit": "a visit",
    "star_chamber": "the Star Chamber",
    "hand": "the meeting itself",
}
MUST = {
    "what": "what is decided",
    "owner_unit": "which unit owns it",
    "owner_post": "the post that owns it",
}
STAR_CHAMBER = "star_chamber"
STATES = {
    "open": "open",
    "done": "done",
    "known": "result known",
    "withdrawn": "withdrawn",
}
VERDICTS = {"worked": "worked", "did_not": "effect not seen"}
# What may follow on what; a withdrawal may be taken back by raising it anew.
FOLLOWS = {"open": {"done", "withdrawn"}, "done": {"known", "withdrawn", "open"}}
# What was expected is sealed on saving: nobody may choose it afterwards.
SEALED = ("measure", "unit", "boroughs", "ratio", "horizon", "sure", "meeting", "origin")
LEAST_RATIO, MOST_RATIO, MOST_HORIZON = 0.05, 5.0, 26


class Given(TypedDict, total=False):
    """The fields of a decision as somebody gives them, and what a meeting knows of them."""

    raised_from: str
    origin: Origin | None
    what: str
    tactic: str
    four_p: str | None
    priority: str | None
    owner_unit: str
    owner_post: str
    meeting: date
    due: date
    moves: list[KeptMove]
    measure: str | None
    unit: str | None
    boroughs: list[str] | None
    ratio: Decimal | None
    horizon: int | None
    sure: int | None
    as_at: date
    snapshot_id: str


def tactics(raised_from: str | None) -> dict[str, str]:
    """What may be decided, by where it is raised."""
    return SPENDING if raised_from == STAR_CHAMBER else TACTICS


def is_meeting(day: date) -> bool:
    """Whether a day is a grid date of tactical meetings."""
    grid = calendar()
    return grid.window_start(day) + timedelta(days=grid.cut_off) == day


def meetings_after(meeting: date, number: int) -> list[date]:
    """The grid dates of so many meetings from the one after `meeting` on."""
    return [meeting + calendar().window * step for step in range(1, number + 1)]


def missing(said: Mapping[str, Any]) -> list[str]:
    """What a decision must say and these fields leave empty, in words, in the form's order."""
    lacks = [words for name, words in MUST.items() if not str(said.get(name) or "").strip()]
    lent = [move.get("giver") for move in said.get("moves") or ()]
    return [*lacks, "which unit lends"] if not all(lent) else lacks


def checked(said: Mapping[str, Any]) -> Given:
    """The fields of a decision, in order.

    raises  UsageError that names all fields that lack, else the first that can't be
    """
    given = cast(Given, dict(said))  # what it says wrong is found below
    if lacks := missing(given):
        raise UsageError(f"say {phrases.listed(lacks)}")
    given["what"] = _words(given["what"], "what", WORDS)
    given["owner_post"] = _words(given["owner_post"], "owner_post", NAME)
    _one_of(given, "raised_from", RAISED_FROM)
    _one_of(given, "tactic", tactics(given["raised_from"]))
    if given.get("four_p"):
        _one_of(given, "four_p", FOUR_P)
    for name, day in (("meeting", given.get("meeting")), ("due", given.get("due"))):
        if not isinstance(day, date) or not is_meeting(day):
            raise UsageError(f"{name} is the grid date of a tactical meeting")
    if given["due"] <= given["meeting"]:
        raise UsageError("a decision is due at a later meeting than the one it is made at")
    if given.get("measure"):
        _effect(given)
    return given


def _effect(given: Given) -> None:
    ratio, horizon, sure = given.get("ratio"), given.get("horizon"), given.get("sure")
    if ratio is None or not LEAST_RATIO <= float(ratio) <= MOST_RATIO or float(ratio) == 1:
        raise UsageError(
            "the expected effect is a fall or a rise: a change from −95 % to +400 %, not 0"
        )
    if not isinstance(horizon, int) or not 1 <= horizon <= MOST_HORIZON:
        raise UsageError(f"the effect is judged after 1 to {MOST_HORIZON} {calendar().grain}s")
    if not isinstance(sure, int) or not 0 <= sure <= 100:
        raise UsageError("how sure is a number from 0 to 100")


def _words(given: str, name: str, most: int) -> str:
    said = str(given).strip()
    if len(said) > most:
        raise UsageError(f"{MUST[name]} has at most {most:,} letters; it has {len(said):,}")
    return said


def _one_of(given: Mapping[str, Any], name: str, allowed: Mapping[str, str]) -> None:
    if given.get(name) not in allowed:
        raise UsageError(f"{name} is one of {', '.join(allowed)}; got: {given.get(name)!r}")


def follows(before: str, after: str) -> None:
    """raises  UsageError where a decision can't go from one state to the other"""
    if after not in FOLLOWS.get(before, set()):
        raise UsageError(f"a decision that is {STATES[before]} can't become {STATES[after]}")
