"""What the objectives board says: its statement, its notes, and each row as a sentence. Pure."""

from __future__ import annotations

from dashboard.reports.measure import past_chances, verdicts
from dashboard.reports.tasking.board_rows import Objective, Signed
from dashboard.words import numbers, phrases, status

WHOLE = (
    "a figure is of the whole of its measure's scope, which its series calls 'force'; the unit "
    "beside it is whose target it is"
)


def title(board: list[Objective]) -> str:
    """A statement that is true of the rows: which targets are likely missed, what is worse."""
    said = [words for words in (verdicts.missed(board), worse_words(board)) if words]
    return (
        phrases.sentence("; ".join(said))
        if said
        else "No measure has enough covered periods to be judged"
    )


def worse_words(board: list[Objective]) -> str:
    """What is worse than usual among fresh figures; '' where nothing is judged."""
    judged = [row for row in board if row["variation"] and row["fresh"]]
    concern = [row for row in judged if row["variation"].startswith("concern")]
    worse = [phrases.inside(row["name"]) for row in concern]
    if not judged:
        return ""
    if not worse and len(judged) == 1:
        name = phrases.inside(judged[0]["name"])
        return f"{name} {'are' if phrases.is_plural(name) else 'is'} not worse than usual"
    if not worse:
        # Rows of old figures say when they were worse: they are not among those counted.
        old = any(row["variation"] and not row["fresh"] for row in board)
        present = " with present figures" if old else ""
        return f"none of {len(judged)} measures{present} is worse than its usual range"
    if len(worse) <= 2:
        verb = "was" if len(worse) == 1 and not phrases.is_plural(worse[0]) else "were"
        periods = {row["latest_words"] for row in concern}
        when = f" in {periods.pop()}" if len(periods) == 1 else ""
        return f"{phrases.listed(worse)} {verb} worse than usual{when}"
    return f"{len(worse)} of {len(judged)} measures are worse than usual"


def foretold(board: list[Objective]) -> list[str]:
    """The measures whose year's end is foretold."""
    return [row["measure"] for row in board if row["chance"] is not None]


def notes(board: list[Objective], record: str) -> tuple[str, ...]:
    """What counts as likely to be missed, what such chances came to, what the rows' marks mean.

    record  as `past_chances.record` says it
    """
    said = [past_chances.THRESHOLD] if any(row["miss"] is not None for row in board) else []
    said += [record] if record else []
    for context in dict.fromkeys(row["context"] for row in board if row["context"]):
        said.append(f"{context}: more than the unit whose plan it stands in")
    if any(row["symbol"] == numbers.MISSING for row in board):
        said.append("[x] not available in what is loaded")
    if any(row["symbol"] == "[p]" for row in board):
        said.append("[p] provisional: the last period may still change")
    if any(row["target_status"] == "illustrative" for row in board):
        said.append("illustrative: a target of ours, found in no paper")
    return tuple(said)


def _variation_words(row: Signed) -> str:
    """'in its usual range', dated where it is old; 'June 2031 [x]' where it has no figure."""
    if row["latest"] is None:
        return f"{row['latest_words']} {numbers.MISSING}"
    words = status.variation(row["variation"]).words
    return words if row["fresh"] or not row["variation"] else f"{row['latest_words']} {words}"


def figure(row: Signed) -> str:
    """The year's figure with what it is of and what is unsigned in it, for paper."""
    parts = row["numerator"], row["denominator"]
    said = numbers.figure_with_parts(
        row["value"], row["unit"], parts, row["unit_of_parts"], row["target"]
    )
    if row["value"] is None:
        return said
    # A figure of more than the unit in whose row it stands says so; then what is unsigned in it.
    return " ".join(
        filter(None, (f"{said}, {row['context']}" if row["context"] else said, row["unsigned"]))
    )


def sentence(row: Signed) -> str:
    """A row of the board as one sentence, true of it by construction.

    'Gun-enabled crime, detection: 21 % (201 of 964) in April to June 2032; at least 20 % in
    2032/33: likely (71 %), 19 %–24 % in four of five; in its usual range;
    a month by itself may or may not meet it.'
    """
    if row["value"] is None:
        return f"{row['name']}: no figures are loaded {numbers.MISSING}."
    parts, of = (row["numerator"], row["denominator"]), row["unit_of_parts"]
    whole = numbers.figure_with_parts(row["value"], row["unit"], parts, of, row["target"])
    stands_on = f" {row['unsigned']}" if row["unsigned"] else ""
    said = [
        f"{row['name']}: {whole} in {row['period_words']}{stands_on}",
    ]
    judged = bool(row["variation"] or row["assurance"] or row["chance"] is not None)
    if judged or not row["target_words"]:  # else the verdict says the same
        said.append(_variation_words(row))
    if row["target_words"]:
        said.insert(1, f"{row['target_words']}: {row['verdict']}")
    if row["by_period"]:
        said.append(row["by_period"])
    return f"{'; '.join(said)}."
