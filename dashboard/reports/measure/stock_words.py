"""What is claimed of a stock, in words: what it changed by, since when by more than usual, and how
its year went."""

from __future__ import annotations

from dashboard.reports.measure import claims
from dashboard.reports.measure.claims import Claim
from dashboard.words import dates, phrases
from dashboard.words.numbers import number


def words(name: str, grain: str, claim: Claim) -> str:
    """'Faults: 372 at the end of June 2032, 6 fewer than a month before, a usual change'; 'Faults
    have risen by more than usual since the week 24 to 30 May 2032: from 570 to 1,111'."""
    assert claim.start is not None and claim.value is not None and claim.began is not None
    apart = claim.value - claim.began
    if claim.kind == claims.AS_USUAL:
        said = f"{number(abs(apart))} {'more' if apart > 0 else 'fewer'} than"
        beside = f"{said if apart else 'as many as'} a {grain} before"
        end = dates.inside(claim.start, grain)
        return f"{name}: {number(claim.value)} at the end of {end}, {beside}, a usual change"
    if claim.kind == claims.YEAR:
        has, _, _ = phrases.verbs(name)
        moved = "climbed" if apart > 0 else "fallen"
        figures = f"from {number(claim.began)} to {number(claim.value)}"
        return f"{name} {has} {moved} over the year by more than chance: {figures}"
    assert claim.since is not None
    has, _, its = phrases.verbs(name)
    when = f"{'since' if claim.count > 1 else 'in'} {dates.inside(claim.since, grain)}"
    figures = f"from {number(claim.began)} to {number(claim.value)}"
    if not apart:
        return f"{name} {has} stood still {when}, against {its} usual course: {figures}"
    # What usually rises may have risen by less.
    more = "more" if (apart > 0) == (claim.side == "high") else "less"
    moved = "risen" if apart > 0 else "fallen"
    return f"{name} {has} {moved} by {more} than usual {when}: {figures}"
