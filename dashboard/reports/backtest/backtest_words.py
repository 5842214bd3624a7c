"""The backtest in words: titles that are true of the rows, notes, and the table for a README."""

from __future__ import annotations

from dashboard.access.disclosure import METHOD, Note
from dashboard.reports.backtest.alert_rows import Power
from dashboard.reports.backtest.past_alerts import PART, REPEATS, SEED
from dashboard.reports.backtest.power_words import of_planted, share
from dashboard.reports.backtest.score_rows import ALL
from dashboard.reports.backtest.scored import Held, Staged, Widened, Windowed, YearEnd
from dashboard.reports.measure.growth import LEAST_YEARS, MOST_YEARS, WHOLE
from dashboard.reports.measure.past_chances import Reliable
from dashboard.reports.measure.past_targets import STATED
from dashboard.reports.measure.rate_years import LEAST_PERIODS
from dashboard.reports.measure.year_ends import LEAST_SERIES_YEARS
from dashboard.signals.windows import YEARS
from dashboard.stats.backtest import ACCEPTED, FACTORS
from dashboard.words import numbers, phrases
from dashboard.words.names import area_word, areas_word, whole_area, window_word, windows_word

LOW, HIGH = (f"{share:.2f}" for share in ACCEPTED)
NO_YEAR = "No past planning year can be forecast from these figures"
FEW = 0.5  # of rises put in: where fewer are found, the page says so first

PROMISED = (
    "A band of whole counts holds a little more than it says: the column 'promised' is what the "
    "bands themselves expect to hold. A band is widened only where it holds too little."
)
ORIGINS = "All forecasts of one year share its outcome: intervals count outcomes, not forecasts."
REFIT = (
    f"Each forecast of a year takes the season from the {LEAST_YEARS} to {MOST_YEARS} whole years "
    "before it, how far counts scatter from the two years of months before the day; years in "
    "which a series changes its meaning are left out. The windows of meetings are forecast by "
    f"the alert list's own rules, from up to {YEARS} years before."
)
TARGETS = (
    "Where the catalogue has no target for a past year the targets are stated ones: last year's "
    f"total, and {' and '.join(f'{100 * change:+.0f} %' for change in STATED if change)} on it."
).replace("-", "−")
WIDENING = (
    f"How far counts scatter is multiplied until the 80 % band holds {LOW} to {HIGH} of what came "
    f"(the least factor of tenths, at most × {FACTORS[-1]:,.0f}); a crime type with fewer than "
    f"{LEAST_SERIES_YEARS} outcomes takes the factor of all together. 'With the factor then' uses, "
    "for each year, the factor that the years before it alone would have given."
)
BASELINES = (
    "Run rate is the count so far over the usual share of the year; as calls of a target run rate "
    "and last year's total say yes or no. Score of the chances: 0 is perfect, 0.25 is always one "
    "half."
)
NAMED = Note(
    "How far chances were off is Brier's score (0 best); the intervals are Wilson's, 95 %.",
    METHOD,
)
WIDENED_THEN = "Bands are widened by the factor known then."
PLANTED = (
    "Expected here is the rate that the sample was drawn with; the alert list expects what the "
    "past counts let it, which is another figure."
)
RULES = (REFIT, ORIGINS, BASELINES, WIDENING, TARGETS)


def rates() -> str:
    """How the year ends of rates are forecast and scored."""
    return (
        f"Rates are forecast after {LEAST_PERIODS} months of a year or more, from their own level, "
        "whose evidence is discounted month by month; outcomes that stand on their own day are no "
        "share of the period's offences. A rate counts as held by the part of its step that lies "
        "inside the band, so that small numbers hold no more than it says. A measure's "
        f"{areas_word()} of one year count as one outcome; errors are in points."
    )


def place(code: str) -> str:
    """Where a forecast's series lie: as a whole, or in areas."""
    return "as a whole" if code == WHOLE else f"in {areas_word()}"


def level(code: str) -> str:
    """Of what a family's series are."""
    said = {"borough": place(code), "ocu": "in OCUs"}
    return said.get(code, f"of the directorate and {whole_area()}")


def nested() -> str:
    """Why the intervals are a little narrow."""
    return (
        f"Intervals are of 95 %; a count of one {area_word()} is part of its unit's, so "
        "that they are a little narrower than is right."
    )


def injected() -> str:
    """What rises were put into the past."""
    return (
        f"Rises to twice the expected and one more are put into {100 * PART:.0f} % of the series "
        f"of each past {window_word()}, {REPEATS} times over (seed {SEED}), each into one series "
        "alone."
    )


def fortnights(windows: list[Windowed]) -> str:
    """'The 80 % band held 88 % of fortnights (11,438 of 12,974), the 95 % band 98 %'

    A level at which it held too little is named.
    """
    if not windows:
        return f"No past {window_word()} can be forecast from these figures"
    row = windows[0]
    short = [
        f"{level(item['level'])} only {share(item['share_80'])} ({item['held_80']:,} of "
        f"{item['n']:,})"
        for item in windows
        if item["level"] and item["share_80"] < ACCEPTED[0]
    ]
    return (
        f"The 80 % band held {share(row['share_80'])} of {windows_word()} ({row['held_80']:,} of "
        f"{row['n']:,}), the 95 % band {share(row['share_95'])}"
        f"{f'; the 80 % band {phrases.listed(short)}' if short else ''}"
    )


def years(ends: list[YearEnd]) -> str:
    """The year-end forecasts as a whole in one sentence."""
    wholes = [row for row in ends if row["place"] == WHOLE and row["measure"] == ALL]
    said = [_years(row) for row in wholes]
    return f"Year ends: the 80 % band held {'; '.join(said)}" if said else NO_YEAR


def _years(row: YearEnd) -> str:
    """'81 % of forecasts (170 of 209), off by 5 % of what came; last year's total …'"""
    what = "rates" if row["kind"] == "rate" else "forecasts"
    said = f"{share(row['share_80'])} of {what} ({row['held_80']:,} of {row['n']:,})"
    said += _widened(row)
    own, _, before = errors(row)
    if before == numbers.MISSING:
        return said
    of = "" if row["kind"] == "rate" else " of what came"
    last = "last year's" if row["kind"] == "rate" else "last year's total"
    return f"{said}, off by {own}{of}, {last} by {before}"


def stages(staged: list[Staged]) -> str:
    """How early in the year the forecast is worth more than last year's total."""
    told = [
        (row["stage"], off, last)
        for row in staged
        if (off := row["off"]) is not None and (last := row["off_last_year"]) is not None
    ]
    if not told:
        return NO_YEAR
    better = [stage for stage, off, last in told if off < last]
    if len(better) == len(told):
        return "The forecast is nearer than last year's total at every stage of the year"
    if not better:
        return "Last year's total is nearer than the forecast at every stage of the year"
    return f"The forecast is nearer than last year's total in {phrases.listed(better)} of the year"


def reliability(scored: list[Reliable]) -> str:
    """What 'likely' came to, what was said too low or too high first; and what the wall calls
    'under 1 in 100'."""
    whole = [row for row in scored if row["place"] == WHOLE]
    words = [row for row in whole if row["part_of"] is None]
    if not words:
        return "No chance of a target can be scored"
    lower = [_said(row) for row in words if row["mean_chance"] < row["low"]]
    higher = [_said(row) for row in words if row["mean_chance"] > row["high"]]
    parts = [
        f"Chances said too {what}: {phrases.listed(items)}"
        for what, items in (("low", lower), ("high", higher))
        if items
    ]
    parts = parts or [
        f"Chances came true about as said: {phrases.listed([_said(row) for row in words])}"
    ]
    edges = [f"'{row['words']}' {_times(row)}" for row in whole if row["part_of"]]
    return "; ".join([*parts, *edges])


def _times(row: Reliable) -> str:
    return f"came true {row['came_true']:,} times of {row['n']:,}"


def _said(row: Reliable) -> str:
    """'unlikely' came true 128 times of 269 (48 %, said 22 %)"""
    came, said = share(row["share"]), share(row["mean_chance"])
    return f"'{row['words']}' {_times(row)} ({came}, said {said})"


def headline(year_ends: list[YearEnd], power: list[Power], windows: list[Windowed]) -> str:
    """The page's title: where less came than was said, else what the bands held."""
    short = [*map(_short, year_ends), _missed(power)]
    said = "; ".join(phrases.inside(item) for item in short if item)
    return phrases.sentence(said) or fortnights(windows)


def _short(row: YearEnd) -> str:
    """Of all forecasts of a kind, where their band held too little: how much, and what is done."""
    if row["place"] != WHOLE or row["measure"] != ALL or row["share_80"] >= ACCEPTED[0]:
        return ""
    what = "rates" if row["kind"] == "rate" else "year ends"
    held = f"{share(row['share_80'])} of {what} ({row['held_80']:,} of {row['n']:,})"
    return f"The 80 % band held {held}{_widened(row)}"


def _widened(row: Widened) -> str:
    """', widened it holds 77 %'"""
    return "" if row["factor"] == 1 else f", widened it holds {share(row['after_80'])}"


def _missed(power: list[Power]) -> str:
    """How many of the rises put in were found, where it is less than half of them."""
    planted, raised = (sum(row["planted"] for row in power), sum(row["found"] for row in power))
    return of_planted(planted, raised) if raised < FEW * planted else ""


def interval(band: Held) -> str:
    """'88 % (87–89)': a share with its interval, in per cent."""
    return f"{share(band.share)} ({100 * band.low:.0f}–{100 * band.high:.0f})"


def factor(row: Widened) -> str:
    """'1' or '× 1.9 → 78 %': how far the dispersion is widened, and what the band holds then."""
    if row["state"] == "above":
        return f"1, over {HIGH}"
    if row["factor"] == 1:
        return "1"
    said = f"× {row['factor']:.2g}" if row["factor"] < 10 else f"× {row['factor']:.0f}"
    missed = ", not reached" if row["state"] == "unreached" else ""
    return f"{said} → {share(row['after_80'])}{missed}"


def errors(row: YearEnd) -> list[str]:
    """Mean errors of a year-end forecast, of the run rate and of last year's total: counts, or
    points of a rate; of crime types together shares of what came."""
    mean = row["mae"], row["mae_run_rate"], row["mae_last_year"]
    if row["kind"] == "rate":
        return [numbers.MISSING if off is None else f"{100 * off:.1f} points" for off in mean]
    if row["measure"] != ALL:
        return [size(off) for off in mean]
    return [share(off) for off in (row["off"], row["off_run_rate"], row["off_last_year"])]


def size(value: float | None) -> str:
    """'1,240', '52.6'"""
    return numbers.MISSING if value is None else f"{value:,.{0 if value >= 100 else 1}f}"


def number(value: float | None) -> str:
    """A Brier score: '0.077'."""
    return numbers.MISSING if value is None else f"{value:.3f}"
