"""What makes a new vintage implausible: few rules, each of something that hardly ever is true.

A file that breaks one is held: staged, and left out of what is published until somebody lets it
pass with a reason. The first file of a source has nothing to stand beside, and is never held.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from dashboard.ingest import comparing, coverage, money
from dashboard.ingest.comparing import EXTRACTS, FLOWS, Arrival, Pair, Said
from dashboard.ingest.contracts import KINDS, contract_columns
from dashboard.ingest.parsing import quoted
from dashboard.ingest.staging import Staged
from dashboard.ingest.work import Outcome, Work
from dashboard.periods import day_words

# What was known before moves by no more than this factor, or OWN times as far (on a log scale)
# as this source has ever moved it from one vintage to the next.
RESTATED = 2.0
# A new period lies within this factor of the median of those before it, or OWN times as far as
# any of these.
LEVEL = 3.0
OWN = 3.0
# And square roots of counts differ by this much, which is seven standard deviations of the
# difference of two Poisson counts: 25 fall to none, 100 rise to 225.
ROOTS = 5.0
# Where so many were to be expected, none is no accident (one in 22,000 for Poisson).
EXPECTED = 10.0
BEFORE = 24  # periods that a new one is held against, at least FEWEST
FEWEST = 6
RECENT = timedelta(days=92)  # what is younger fills up late: it is judged as new periods are
VINTAGES = 6  # as many pairs of earlier vintages say how far a source moves
SHOWN = 3


def doubts(
    work: Work,
    kind: str,
    delta: bool,
    outcome: Outcome,
    built: Path,
    earlier: Sequence[Staged],
) -> tuple[str, ...]:
    """Why a file is implausible, a sentence each rule that it breaks; () where it breaks none.

    kind, delta  as it is staged
    built        its rows as a parquet file
    earlier      what is staged of the same source
    """
    covers = None
    if kind == "counts":
        covers = coverage.covered(outcome.coverage, outcome.scope)
    arrival = Arrival(kind, outcome.vintages[-1], delta, built, covers)
    before = [item for item in earlier if item.vintage < arrival.vintage and not item.held]
    if not before:
        return ()
    settled = max(item.vintage for item in before) - RECENT
    old = _known(work, "said_before", kind, _standing(before, arrival))
    reasons = [*_repeats(work, arrival, before, old), *_emptied(work, arrival, before)]
    rows = f"select * from read_parquet({quoted(str(built))})"
    new = comparing.said(work, "said_now", kind, rows, covers)
    old, new = comparing.alike(work, old, new, kind)
    if kind == "counts" or not arrival.delta:
        each = comparing.pairs(work, old, new, kind, settled, arrival.delta)
        reasons += _moved(each, kind, lambda: _usual(work, kind, before))
    if FLOWS[kind].day and not (kind == "counts" and arrival.delta):
        reasons += _levels(work, arrival, old, new, settled)
    known = comparing.rows_of(_standing(before, arrival), kind)
    reasons += money.doubts(work, kind, str(arrival.vintage), known, built)
    return tuple(reasons)


def moved(old: float, new: float, factor: float, usual: float = 0.0) -> bool:
    """Whether a sum lies beyond `factor` of another, and beyond OWN times the usual distance.

    usual  natural logarithm of how far it lies at most else

    >>> moved(100, 224, RESTATED), moved(100, 225, RESTATED)
    (False, True)
    >>> moved(24, 0, RESTATED), moved(25, 0, RESTATED)
    (False, True)
    >>> moved(1000, 2000, RESTATED), moved(1000, 2002, RESTATED)
    (False, True)
    """
    far = apart(old, new) > max(math.log(factor), OWN * usual)
    return far and abs(math.sqrt(max(new, 0)) - math.sqrt(max(old, 0))) >= ROOTS


def apart(old: float, new: float) -> float:
    """How far two sums lie apart, as a natural logarithm; one is added to each, so that none is
    no infinite distance."""
    return abs(math.log((max(new, 0) + 1) / (max(old, 0) + 1)))


def _standing(items: Sequence[Staged], arrival: Arrival) -> list[Staged]:
    """The files that tell what is known: the newest extract and what was laid over it since; of
    counts the whole files, where there are any, that tell a period which is compared."""
    whole = [item for item in items if not item.delta]
    if arrival.kind == "counts":
        return _telling(whole or list(items), arrival)
    if not whole or arrival.kind not in EXTRACTS:
        return list(items)
    newest = max(item.vintage for item in whole)
    return [
        item for item in items if item.vintage == newest or (item.delta and item.vintage > newest)
    ]


def _telling(items: Sequence[Staged], arrival: Arrival) -> list[Staged]:
    """Of many editions the newest that cover what the file covers, and the periods before it."""
    covers = {id(item): coverage.covered(item.coverage, item.scope) for item in items}
    periods: dict[str, set[date]] = {}
    for subject, period in frozenset().union(*covers.values()):
        periods.setdefault(subject, set()).add(period)
    left = set(arrival.covers or ())
    for subject, days in periods.items():
        left |= {(subject, day) for day in sorted(days)[-BEFORE - RECENT.days // 7 :]}
    newest = []
    for vintage in sorted({item.vintage for item in items}, reverse=True):
        of_it = [item for item in items if item.vintage == vintage and covers[id(item)] & left]
        newest += of_it
        left -= frozenset().union(*(covers[id(item)] for item in of_it))
    return newest


def _known(work: Work, name: str, kind: str, items: Sequence[Staged]) -> Said:
    covers = None
    if kind == "counts":
        covers = frozenset().union(*(coverage.covered(item.coverage, item.scope) for item in items))
    return comparing.said(work, name, kind, comparing.rows_of(items, kind), covers)


def _usual(work: Work, kind: str, before: Sequence[Staged]) -> dict[str, float]:
    """Axis → how far sums moved at most from one earlier vintage to the next.

    What was let pass is no measure of what is usual.
    """
    whole = [item for item in before if not item.delta and not item.passed]
    vintages = sorted({item.vintage for item in whole})[-VINTAGES - 1 :]
    farthest: dict[str, float] = {}
    last = None
    for number, vintage in enumerate(vintages):
        items = [item for item in whole if item.vintage == vintage]
        this = _known(work, f"said_{number % 2}", kind, items)
        if last:
            both = comparing.alike(work, last, this, kind)
            for pair in comparing.pairs(work, *both, kind, vintage - RECENT):
                if max(pair.old, pair.new) >= ROOTS**2:
                    far = apart(pair.old, pair.new)
                    farthest[pair.axis] = max(farthest.get(pair.axis, 0), far)
        last = this
    return farthest


def _moved(
    pairs: Sequence[Pair], kind: str, usually: Callable[[], dict[str, float]]
) -> Iterator[str]:
    """Zeros where counts stood, and sums that moved too far.

    usually  says how far they moved before; asked only where something moved
    """
    suspects = [p for p in pairs if _judged(p, kind) and moved(p.old, p.new, RESTATED)]
    if not suspects:
        return
    usual = usually()
    suspects = [p for p in suspects if moved(p.old, p.new, RESTATED, usual.get(p.axis, 0.0))]
    if none := [pair for pair in suspects if not pair.new]:
        yield f"nothing is left where counts stood: {_said(none)}"
    if other := [pair for pair in suspects if pair.new]:
        far = max(usual.get(pair.axis, 0.0) for pair in other)
        so_far = f"; so far by a factor of {math.exp(far):.2f} at most" if far else ""
        yield f"what was known before moved too far: {_said(other)}{so_far}"


def _judged(pair: Pair, kind: str) -> bool:
    """Whether such a sum is held to the rule: a category may be told apart anew and a list may
    grow, but neither comes to nothing."""
    if pair.axis == "total":
        return pair.new < pair.old
    if not FLOWS[kind].day:
        return pair.axis == "place" and not pair.new
    return pair.axis != "topic" or not pair.new


def _said(pairs: Sequence[Pair]) -> str:
    """The largest of the pairs, and how many more."""
    first = sorted(pairs, key=lambda pair: -abs(pair.new - pair.old))
    each = "; ".join(
        f"{_where(pair)} {pair.old:,.0f}" + (f" became {pair.new:,.0f}" if pair.new else "")
        for pair in first[:SHOWN]
    )
    return each + (f" and {len(pairs) - SHOWN:,} more" if len(pairs) > SHOWN else "")


def _where(pair: Pair) -> str:
    what = f"{pair.subject}: " if pair.subject else ""
    if pair.axis == "total":
        return f"{what}in all"
    return f"{what}{f'from {day_words(pair.slice)}' if pair.axis == 'period' else pair.slice}"


def _levels(work: Work, arrival: Arrival, old: Said, new: Said, settled: date) -> Iterator[str]:
    """New periods that lie far beyond those before them."""
    past, outliers = comparing.levels(work, old), []
    for subject, sums in comparing.levels(work, new).items():
        told = past.get(subject, {})
        # What is laid over says of known periods what has changed, and no more.
        since = max(told, default=settled) if arrival.delta else settled
        reference = [n for period, n in sorted(told.items()) if period <= since][-BEFORE:]
        if len(reference) < FEWEST:
            continue
        middle = median(reference)
        usual = max(apart(middle, n) for n in reference)
        for period, n in sums.items():
            ended = coverage.end(period, new.grains.get(subject, "day")) <= arrival.vintage
            if period > since and ended and moved(middle, n, LEVEL, usual):
                outliers.append((subject, period, n, middle))
    if outliers:
        outliers.sort(key=lambda row: -abs(row[2] - row[3]))
        each = "; ".join(
            f"{subject + ': ' if subject else ''}from {day_words(period)} {n:,.0f}, "
            f"where {middle:,.0f} is usual"
            for subject, period, n, middle in outliers[:SHOWN]
        )
        more = f" and {len(outliers) - SHOWN:,} more" if len(outliers) > SHOWN else ""
        yield f"new periods lie far beyond those before them: {each}{more}"


def _repeats(work: Work, arrival: Arrival, before: Sequence[Staged], old: Said) -> Iterator[str]:
    """The rows of an earlier vintage again, though new ones were due."""
    if not FLOWS[arrival.kind].day:
        return
    names = ", ".join(contract_columns(arrival.kind))
    print_ = f"select count(*), bit_xor(hash({names})), sum(hash({names}) % 1000000007)"
    mine = work.all(f"{print_} from read_parquet({quoted(str(arrival.built))})")
    for item in reversed(before):
        if item.delta != arrival.delta:
            continue
        theirs = comparing.rows_of([item], arrival.kind, state=False)
        if work.all(f"{print_} from ({theirs})") != mine:
            continue
        due = _due(work, old, item.vintage, arrival.vintage)
        if due >= EXPECTED:
            yield (
                f"every row is that of {item.file}, known on {day_words(item.vintage)}, though "
                f"some {due:,.0f} new ones were due by {day_words(arrival.vintage)}"
            )
            return


def _due(work: Work, old: Said, since: date, until: date) -> float:
    """Rows to expect of the periods that ended after `since`, by `until`."""
    due = 0.0
    for subject, grain in old.grains.items():
        sums = work.all(
            f"select sum(rows) from {old.name} where subject = {quoted(subject)} "
            f"group by period order by period desc limit {BEFORE}"
        )
        day, ended = coverage.first_of(since, grain), 0
        while (day := coverage.end(day, grain)) <= until:
            ended += day > since
        due += median(row[0] for row in sums) * ended
    return due


def _emptied(work: Work, arrival: Arrival, before: Sequence[Staged]) -> Iterator[str]:
    """Columns of which nothing is said any more."""
    alike = [item for item in before if item.delta == arrival.delta]
    if arrival.kind == "counts" or not alike:
        return
    last = max(item.vintage for item in alike)
    files = [item for item in alike if item.vintage == last]
    names = [column.name for column in KINDS[arrival.kind].columns if not column.required]
    subject = f"{FLOWS[arrival.kind].subject} as subject"
    filled = ", ".join(f"count({name}) as {name}" for name in names)
    # Units do not return every measure each time: a column is due where its own series fill it.
    due = ", ".join(f"sum(o.{name} / o.n * w.n), sum(w.{name})" for name in names)
    built = quoted(str(arrival.built))
    (row,) = work.all(
        f"with o as (select {subject}, count(*) as n, {filled} from "
        f"({comparing.rows_of(files, arrival.kind, state=False)}) group by 1), "
        f"w as (select {subject}, count(*) as n, {filled} from read_parquet({built}) group by 1) "
        f"select sum(w.n), {due} from w inner join o using (subject)"
    )
    gone = [
        f"{name} (some {was:,.0f} rows had it before)"
        for name, was, now in zip(names, row[1::2], row[2::2], strict=True)
        if not now and was is not None and was >= EXPECTED
    ]
    if gone:
        many = "columns are" if len(gone) > 1 else "column is"
        yield f"{len(gone)} {many} empty in all {row[0]:,.0f} rows: {', '.join(gone)}"
