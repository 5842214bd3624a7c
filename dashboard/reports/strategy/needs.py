"""Development needs: reviews done and vetting in date of each unit, beside its areas for
improvement."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import order, ours
from dashboard.periods import day_words
from dashboard.reports.accountability import improvement
from dashboard.reports.accountability.improvement import Area
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.measure.series import series
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import dates, numbers, phrases

REVIEWS, VETTING = "development_reviews_done", "vetting_in_date"  # measures
UNKNOWN = "null: not known"
UNLOADED = "null: no area for improvement is loaded"


class Need(TypedDict):
    """An OCU, or the directorate as a whole.

    reviews, vetting  shares of the latest month known, with both parts
    areas, overdue    areas for improvement that are open, and those of them overdue
    """

    unit_code: str
    unit_name: str
    kind: str  # ocu or total
    reviews_done: Annotated[int | None, UNKNOWN]
    reviews_of: Annotated[int | None, UNKNOWN]
    vetting_done: Annotated[int | None, UNKNOWN]
    vetting_of: Annotated[int | None, UNKNOWN]
    reviews: Annotated[float | None, UNKNOWN]
    vetting: Annotated[float | None, UNKNOWN]
    areas: Annotated[int | None, UNLOADED]
    overdue: Annotated[int | None, UNLOADED]


class Month(TypedDict):
    """A row of a measure's series: parts of a share."""

    period_start: date
    unit_code: str
    numerator: Annotated[float | None, UNKNOWN]
    denominator: Annotated[float | None, UNKNOWN]


class Parts(NamedTuple):
    """What was done, and of how many; None where not known."""

    done: int | None = None
    of: int | None = None

    @property
    def share(self) -> float | None:
        return self.done / self.of if self.done is not None and self.of else None


NOT_KNOWN = Parts()


@kept(32)
def needs(request: Request) -> Disclosed:
    """One row an OCU of the directorate, and below them one of the directorate as a whole: the sum
    of the units whose figures are known, and with the areas that are the directorate's own."""
    told = [_latest(request, measure) for measure in (REVIEWS, VETTING)]
    reviews, vetting = (shares for _, shares in told)
    months = list(dict.fromkeys(dates.period(month, "month") for month, _ in told if month))
    open_, over, known = _areas(request)
    catalogue = request.catalogue
    own = [code for code in catalogue.descendants(ours().directorate) if _is_ocu(request, code)]
    codes = sorted(own, key=lambda code: order.unit_place(catalogue, code, ""))
    units = [
        _row(
            request,
            code,
            "ocu",
            reviews.get(code, NOT_KNOWN),
            vetting.get(code, NOT_KNOWN),
            (open_[code], over[code]) if known else None,
        )
        for code in codes
    ]
    own_areas = open_[ours().directorate], over[ours().directorate]
    whole = _row(
        request,
        ours().directorate,
        "total",
        _summed(reviews, codes),
        _summed(vetting, codes),
        (_with_units(open_, codes), _with_units(over, codes)) if known else None,
    )
    said = f"latest month {phrases.listed(months)}, " if months else ""
    return request.disclose(
        rows.table(Need, [*units, whole]),
        title=_title(whole),
        subtitle=f"{said}areas for improvement as at {day_words(request.as_at)}",
        notes=_notes(units, whole, own_areas[0]),
        query="measure_series",
        params={
            "measure": REVIEWS,
            "level": "ocu",
            "grain": "month",
            "unit": None,
            "borough": None,
            "since": None,
            "until": None,
        },
        composed=(VETTING,),
    )


def _with_units(areas: Counter[str], codes: list[str]) -> int:
    """The directorate's own areas and those of its units."""
    return areas[ours().directorate] + sum(areas[code] for code in codes)


def _row(
    request: Request,
    code: str,
    kind: str,
    reviews: Parts,
    vetting: Parts,
    areas: tuple[int, int] | None,
) -> Need:
    """areas  open and overdue"""
    open_, over = areas or (None, None)
    return {
        "unit_code": code,
        "unit_name": request.catalogue.units[code].name,
        "kind": kind,
        "reviews_done": reviews.done,
        "reviews_of": reviews.of,
        "vetting_done": vetting.done,
        "vetting_of": vetting.of,
        "reviews": reviews.share,
        "vetting": vetting.share,
        "areas": open_,
        "overdue": over,
    }


def _summed(shares: dict[str, Parts], codes: list[str]) -> Parts:
    """Of all units whose figures are known."""
    told = [shares[code] for code in codes if code in shares and shares[code].of is not None]
    if not told:
        return NOT_KNOWN
    return Parts(sum(parts.done or 0 for parts in told), sum(parts.of or 0 for parts in told))


def _notes(units: list[Need], whole: Need, own_areas: int) -> tuple[str, ...]:
    """What the last row adds up, and what it lacks."""
    said = []
    for words, of, every in (
        ("development reviews", whole["reviews_of"], [row["reviews_of"] for row in units]),
        ("vetting", whole["vetting_of"], [row["vetting_of"] for row in units]),
    ):
        codes = [row["unit_code"] for row in units]
        lacking = [code for code, own in zip(codes, every, strict=True) if own is None]
        if lacking and of is not None:
            said.append(
                f"{whole['unit_code']} without {words} of {phrases.listed(lacking)}, not known "
                f"{numbers.MISSING}."
            )
    if own_areas:
        verb = "is" if own_areas == 1 else "are"
        said.append(f"Of the areas of {whole['unit_code']} {own_areas} {verb} its own.")
    return tuple(said)


def _is_ocu(request: Request, code: str) -> bool:
    return request.catalogue.units[code].level == "ocu"


def _latest(request: Request, measure: str) -> tuple[date | None, dict[str, Parts]]:
    """A measure's latest month, and its parts then by unit; None and {} where it has none."""
    if measure not in request.measures:
        return None, {}
    months = rows.typed(Month, series(request, measure, level="ocu", grain="month"))
    known = [row for row in months if row["numerator"] is not None]
    last = max((row["period_start"] for row in known), default=None)
    return last, {
        row["unit_code"]: Parts(_whole(row["numerator"]), _whole(row["denominator"]))
        for row in known
        if row["period_start"] == last
    }


def _whole(n: float | None) -> int | None:
    return None if n is None else int(n)


def _areas(request: Request) -> tuple[Counter[str], Counter[str], bool]:
    """Open areas for improvement by OCU, those overdue, and whether any are loaded."""
    every = rows.typed(Area, improvement.areas(request, ours().force).rows)
    known = [row for row in every if row["title"]]
    open_, over = Counter[str](), Counter[str]()
    for row in known:
        code = row["unit_code"] or ours().directorate
        ocu = request.catalogue.ocu_of(code)
        open_[ocu] += row["status"] != "closed"
        over[ocu] += bool(row["overdue"])
    return open_, over, bool(known)


def _title(whole: Need) -> str:
    """'418 of 441 development reviews due were done; 9 areas for improvement are open, …'."""
    said = []
    if whole["reviews_of"] is not None:
        parts = numbers.rate(whole["reviews_done"], whole["reviews_of"])
        said.append(f"{parts} development reviews due were done")
    if whole["areas"] is not None:
        open_, over = whole["areas"], whole["overdue"]
        verb = "is" if open_ == 1 else "are"
        said.append(f"{counted('improvement', open_)} {verb} open, {over or 'none'} overdue")
    return (
        "; ".join(said) or f"Neither reviews nor areas for improvement are loaded {numbers.MISSING}"
    )
