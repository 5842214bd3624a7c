"""What is said of a decision: its effect, its place, its standing, its result. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypedDict

from dashboard.decisions.sealed import Judged, Sealed
from dashboard.periods import day_words
from dashboard.words import numbers, phrases
from dashboard.words.names import area_word, areas_word, window_word, windows_word

NOT_COUNTED = "no measure set"
CANNOT = "Cannot be told"


def change(ratio: float) -> str:
    """What is expected of the count.

    >>> change(0.5), change(0.7), change(1.25), change(2)
    ('a halving', 'a fall of 30 %', 'a rise of 25 %', 'a doubling')
    """
    named = {0.5: "a halving", 2.0: "a doubling"}
    percent = f"{abs(ratio - 1) * 100:.0f} %"
    return named.get(float(ratio), f"a {'fall' if ratio < 1 else 'rise'} of {percent}")


def unseen(ratio: float) -> str:
    """What is said where a count tells that the expected effect was not there.

    >>> unseen(0.5), unseen(0.7)
    ('no halving seen', 'no fall of 30 % seen')
    """
    return f"no {change(ratio).removeprefix('a ')} seen"


def fortnights(number: int) -> str:
    """'one fortnight', '6 fortnights'; or weeks."""
    return f"one {window_word()}" if number == 1 else f"{number} {windows_word()}"


def place(boroughs: Sequence[str], unit: str) -> str:
    """' in Ashby and Holme'; ', OCU7' for a whole count."""
    return f" in {phrases.listed_first(boroughs, 3)}" if boroughs else f", {unit}"


class Expected(TypedDict):
    """What a decision is to change, in words and numbers; null: no count shows its effect."""

    measure: str | None
    measure_name: str
    place: str
    ratio: float | None
    horizon: int | None
    sure: int | None


class Stood(TypedDict):
    """How a decision was left."""

    due: date
    state: str
    done_on: date | None
    measure: str | None


def effect(row: Expected) -> str:
    """'a halving of commercial robbery in Ashby over 6 fortnights, 60 % sure'."""
    ratio, horizon = row["ratio"], row["horizon"]
    if not row["measure"] or ratio is None or horizon is None:
        return NOT_COUNTED
    return (
        f"{change(ratio)} of {phrases.inside(row['measure_name'])}{row['place']} over"
        f" {fortnights(horizon)}, {row['sure']} % sure"
    )


def standing(row: Stood, meeting: date) -> str:
    """Where a decision stands at a meeting: 'overdue since 29 June 2032', 'due 13 July 2032' …"""
    due = day_words(row["due"])
    if row["state"] == "withdrawn":
        return "withdrawn"
    if row["state"] == "known":
        return "result known"
    if row["state"] == "done" and row["done_on"]:
        waits = ", its judgement awaited" if row["measure"] else ""
        return f"done {day_words(row['done_on'])}{waits}"
    if row["due"] < meeting:
        return f"overdue since {due}"
    return "due at this meeting" if row["due"] == meeting else f"due {due}"


def seen(chances: Mapping[str, float], horizon: int) -> str:
    """'after 2 fortnights in 38 of 100 cases, after 6 in 81'."""
    steps = sorted({min(2, horizon), horizon, min(2 * horizon, 26)})
    first, *others = (step for step in steps if str(step) in chances)
    said = [f"after {fortnights(first)} in {_hundred(chances[str(first)])} of 100 cases"]
    return ", ".join(
        [*said, *(f"after {step} in {_hundred(chances[str(step)])}" for step in others)]
    )


def prospect(sealed: Sealed) -> str:
    """'A halving would show after 2 fortnights in 38 of 100 cases, after 6 in 81.'"""
    shown = seen(sealed["chances"], sealed["horizon"])
    return phrases.sentence(f"{change(sealed['ratio'])} would show {shown}.")


def wait(from_day: date | None) -> str:
    """From which meeting on the effect would be seen in 80 of 100 cases."""
    if from_day is None:
        return (
            "Not within a year would it show in 80 of 100 cases: the counts are too small for it."
        )
    day = day_words(from_day)
    return f"From the meeting of {day} on it would show in at least 80 of 100 cases."


def regression(sealed: Sealed) -> str:
    """What would come without the decision, the one expectation that it is held against; and why
    an alert's is another."""
    total, horizon, peak = sealed["total"], sealed["horizon"], sealed["peak"]
    each = f", {numbers.number(total['mean'] / horizon, 1)} in each" if horizon > 1 else ""
    said = (
        f"Without it {numbers.number(total['mean'], 1)}"
        f" ({numbers.span(total['low'], total['high'])}) would come in {fortnights(horizon)}{each}."
    )
    if peak is None:
        return said
    back = round(sealed["past"]["exposure"])
    return (
        f"{said} That is reckoned from {back} {windows_word()}, the last with its"
        f" {numbers.number(peak)} among them; an alert leaves that one out."
    )


def compared(sealed: Sealed) -> str:
    """What the count is held against."""
    if sealed["kind"] == "whole":
        return "It is held against its own forecast: nothing stands beside a whole count."
    return (
        f"It is held against {len(sealed['compared'])} {areas_word()} that touch none acted in and"
        " are in no other decision on the measure."
    )


def result(row: Expected, sealed: Sealed, judged: Judged) -> str:
    """The result as one of four sentences, always with the counts behind it."""
    last = date.fromisoformat(sealed["until"]) - timedelta(days=1)
    expected = judged["expected"]
    came = (
        f"{phrases.inside(row['measure_name'])}{row['place']} came to "
        f"{numbers.number(judged['treated'])} in {fortnights(sealed['horizon'])} "
        f"to {day_words(last)}"
    )
    anyway = (
        f"{numbers.number(expected['mean'], 1)}"
        f" ({numbers.span(expected['low'], expected['high'])}) would have come without it"
    )
    wanted = numbers.number(expected["mean"] * sealed["ratio"], 1)
    if judged["verdict"] == "worked":
        return f"Worked: {came}, where {anyway}."
    if judged["verdict"] == "did_not":
        inside = expected["low"] <= judged["treated"] <= expected["high"]
        smaller = "; a smaller effect can’t be told from chance" if inside else ""
        return (
            f"{phrases.sentence(unseen(sealed['ratio']))}: {came}, where {anyway} and {wanted} were"
            f" to come with it{smaller}."
        )
    if judged["verdict"] == "not_yet" and judged["seen_from"]:
        when = day_words(date.fromisoformat(judged["seen_from"]))
        return (
            f"{CANNOT} from chance yet: {came}, where {anyway}; {change(sealed['ratio'])} there"
            f" could be told from the meeting of {when} on."
        )
    return (
        f"{CANNOT} at this size: {came}, where {anyway}; {change(sealed['ratio'])} there would not"
        " show within a year."
    )


class Figures(TypedDict):
    """A result in figures: what came, the range of what would have come without the decision, and
    what was to come with it; null: none is known."""

    came: float | None
    low: float | None
    high: float | None
    aim: float | None


def figures(sealed: Sealed, judged: Judged) -> Figures:
    """The result in figures."""
    expected = judged["expected"]
    aim = expected["mean"] * sealed["ratio"]
    return {
        "came": float(judged["treated"]),
        "low": float(expected["low"]),
        "high": float(expected["high"]),
        "aim": float(aim),
    }


def beside(judged: Judged) -> str:
    """The difference in differences: the change beside the comparison boroughs, with its range."""
    said = judged["difference"]
    if not said:
        return ""
    return (
        f"Beside the comparison {areas_word()} the count came to {said['value']:.2f} of what it was"
        f" ({said['low']:.2f}–{said['high']:.2f}; 1 is no difference)."
    )


def mix(judged: Judged, ratio: float, name: Callable[[str], str]) -> str:
    """What the synthetic control says beside it: what it would have been, and how far chance goes.

    name  of a borough's code
    """
    said = judged.get("synthetic")
    if not said:
        return ""
    weights = said["weights"]
    largest = sorted(weights, key=lambda code: (-weights[code], code))
    made = phrases.listed_first([name(code) for code in largest])
    side = "below" if ratio < 1 else "above"
    return (
        f"The mix of comparison {areas_word()} that went as these did before ({made}) came to"
        f" {numbers.number(said['expected'], 1)}; of {said['of']} {areas_word()} in which nothing"
        f" was done {said['as_far'] or 'none'} came as far {side} a mix of its own."
    )


def moved(judged: Judged, touching: Sequence[str]) -> str:
    """Whether the touching boroughs saw more, or fewer, than they should have."""
    said = judged["moved"]
    if not said:
        return f"No {area_word()} touches those acted in." if not touching else ""
    span = f"{numbers.signed(round(said['low']))} to {numbers.signed(round(said['high']))}"
    first = (
        f"In the {len(touching)} touching {areas_word()}"
        f" {numbers.signed(round(said['value']))} ({span})"
    )
    if said["low"] > 0:
        return f"{first} beside what was to be expected: it may have moved there."
    if said["high"] < 0:
        return f"{first} beside what was to be expected: they gained from it."
    return f"{first} beside what was to be expected: no sign that it moved there."


class Standing(NamedTuple):
    """How a decision stands at a meeting.

    live        something of it is waited for: that it is done, or its result
    new_result  it was judged at this meeting
    fresh       that nothing more is waited for is new at this meeting
    """

    state: str
    live: bool
    overdue: bool
    new_result: bool
    verdict: str
    fresh: bool


# How many of a list stand how, in the order of its rows; each row is one of them alone.
STANDS: tuple[tuple[str, Callable[[Standing], bool]], ...] = (
    ("overdue", lambda how: how.overdue),
    ("open", lambda how: how.state == "open" and not how.overdue),
    ("done and waiting for its judgement", lambda how: how.state == "done" and how.live),
    ("done", lambda how: how.state == "done" and not how.live),
    ("judged before", lambda how: how.state == "known" and not how.new_result),
    ("withdrawn", lambda how: how.state == "withdrawn"),
)


def title(how_each: Sequence[Standing], kinds: str = "", *, before: bool = False) -> str:
    """A statement that is true of the decisions listed: how many stand how, and what came of those
    judged at this meeting. '6 decisions: 2 overdue, 3 open; new results: 1 worked'.

    kinds   which they are: 'earlier tasking '; '' of all
    before  whether there are others, which are over
    """
    if not how_each:
        return f"No {kinds}decision is open" if before else "Nothing was decided before"
    counted = [(sum(map(of, how_each)), words) for words, of in STANDS]
    said = [f"{number} {_theirs(words, number)}" for number, words in counted if number]
    news = [how.verdict for how in how_each if how.new_result]
    came = [
        f"{number} {words}"
        for verdict, words in (("worked", "worked"), ("did_not", "with the effect not seen"))
        if (number := news.count(verdict))
    ]
    if cannot := sum(item in ("not_yet", "never") for item in news):
        came.append(f"{cannot} can't be told")
    many = phrases.many(len(how_each), f"{kinds}decision")
    # Results of earlier meetings are in the list too, and no news.
    news_said = f"{'new result' if len(news) == 1 else 'new results'}: {', '.join(came)}"
    parts = "; ".join(filter(None, (", ".join(said), news_said * bool(came))))
    return f"{many}: {parts}"


def _theirs(words: str, number: int) -> str:
    return words if number == 1 else words.replace("its judgement", "their judgement")


def _hundred(share: float) -> str:
    return f"{100 * share:.0f}"
