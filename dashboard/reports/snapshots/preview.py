"""What the next publish will change: it is made aside, by the same code, and compared.

So what is foretold and what then comes can't differ, and nothing of the data folder changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypedDict

from dashboard import rows, snapshots
from dashboard.access import LOCAL, Disclosed, Role
from dashboard.access.roles import needs_figures
from dashboard.catalogue import keep
from dashboard.decisions import proposals
from dashboard.ingest import incidents, scratch
from dashboard.periods import day_words
from dashboard.reports.alerts import alert_list
from dashboard.reports.alerts.alert_row import same
from dashboard.reports.measure import verdicts
from dashboard.reports.measure.tracks import KEPT, MeasureSeries, tracks
from dashboard.reports.measure.verdicts import Verdict
from dashboard.reports.request import Request
from dashboard.reports.snapshots import loaded
from dashboard.snapshots import SnapshotInfo
from dashboard.words import phrases

Progress = Callable[[int, int], None]
COMES, GOES = "comes", "goes"


class Changed(TypedDict):
    """An alert that comes or goes."""

    change: str  # COMES or GOES
    measure: str
    name: str
    unit_code: str
    borough: Annotated[str | None, "null: all areas"]
    borough_name: Annotated[str | None, "null: all areas"]
    sentence: str


class Turned(TypedDict):
    """A verdict on a target that is said in other words than before."""

    measure: str
    name: str
    unit_code: str
    old: Annotated[str | None, "null: no target"]
    new: Annotated[str | None, "null: no target"]


@dataclass(frozen=True)
class Preview:
    """What would be published, beside the last snapshot of the same or an earlier day.

    against   that snapshot; None where there is none, and all is new
    same      whether it would be that very snapshot
    figures   those that move, biggest change first, the first of them as rows (see `loaded`)
    alerts    of the meeting: which come and which go
    verdicts  on targets: those said in other words than before
    """

    as_at: date
    id: str
    against: SnapshotInfo | None
    figures: Disclosed | None = None
    alerts: Disclosed | None = None
    verdicts: Disclosed | None = None

    @property
    def same(self) -> bool:
        return self.against is not None and self.against.id == self.id

    @property
    def parts(self) -> tuple[Disclosed, ...]:
        """Its results, as far as there are any."""
        return tuple(x for x in (self.figures, self.alerts, self.verdicts) if x is not None)


def preview(
    data: Path, as_at: date, role: Role = LOCAL, who: str = "", progress: Progress | None = None
) -> Preview:
    """Publishes `as_at` aside and compares it with the last snapshot.

    raises  NotAllowedError for a role that sees no figures; what publishing raises
    """
    needs_figures(role, whole=True)
    with scratch.folder(data / "state", "preview") as place:
        stand_in(data, place)
        return preview_in(place, data, as_at, role, who, progress)


def preview_in(
    place: Path, data: Path, as_at: date, role: Role, who: str, progress: Progress | None = None
) -> Preview:
    """As `preview`, of what is staged in a folder that stands in for the data folder."""
    info = snapshots.publish(as_at, place, progress, accepted=proposals.accepted(data))
    known = [item for item in snapshots.listing(data) if item.as_at <= as_at]
    if not known or known[-1].id == info.id:
        return Preview(as_at, info.id, known[-1] if known else None)
    try:
        return compared(Request(known[-1], data, role, who), Request(info, place, role, who))
    finally:
        snapshots.forget(info)


def stand_in(data: Path, place: Path) -> None:
    """A data folder of links: what is staged, and the snapshots that forecasts learn from. What is
    staged in it, or published, changes nothing of the data folder."""
    (place / "state").mkdir()
    (place / "state" / incidents.LOG).symlink_to((data / "state" / incidents.LOG).resolve())
    if (data / "catalogue").exists():
        (place / "catalogue").symlink_to((data / "catalogue").resolve())
    for path in (data / "staging").glob("*/[0-9]*"):
        own = place / "staging" / path.parent.name
        own.mkdir(parents=True, exist_ok=True)
        (own / path.name).symlink_to(path.resolve())
    for info in snapshots.listing(data):
        own = place / "snapshots" / str(info.as_at)
        own.mkdir(parents=True, exist_ok=True)
        (own / info.id).symlink_to(info.path.resolve())


def compared(old: Request, new: Request) -> Preview:
    """What a newer snapshot says otherwise than an older one."""
    keep(new.catalogue.directorate)
    against = old.snapshot
    return Preview(
        new.as_at, new.snapshot.id, against,
        loaded.moved(new, against, new.snapshot, "will be revised by"),
        _alerts(old, new), _verdicts(old, new),
    )  # fmt: skip


def _alerts(old: Request, new: Request) -> Disclosed:
    then, now = (alert_list.alerts(x) for x in (old, new))
    come = [row for row in now if not any(same(row, other) for other in then)]
    gone = [row for row in then if not any(same(row, other) for other in now)]
    changed: list[Changed] = [
        {
            "change": change,
            "measure": row["measure"],
            "name": row["name"],
            "unit_code": row["unit_code"],
            "borough": row["borough"],
            "borough_name": row["borough_name"],
            "sentence": row["sentence"],
        }
        for change, some in ((COMES, come), (GOES, gone))
        for row in some
    ]
    return new.disclose(
        rows.table(Changed, changed),
        title=f"{phrases.many(len(come), 'alert')} {COMES if len(come) == 1 else 'come'}, "
        f"{len(gone)} {GOES if len(gone) == 1 else 'go'}",
        subtitle=f"{old.fortnight.words} → {new.fortnight.words}",
        query="meeting_series",
        compared_with=old.snapshot.id,
    )


def _verdicts(old: Request, new: Request) -> Disclosed:
    then, now = _judged(old), _judged(new)
    moved: list[tuple[float, Turned]] = []
    for (unit, measure), (track, said) in now.items():
        _, before = then.get((unit, measure), (None, None))
        if before is None or _turned(before, said):
            miss = before["miss"] if before else None
            turned: Turned = {
                "measure": measure,
                "name": track.measure.name,
                "unit_code": unit,
                "old": before["verdict"] if before else "no verdict",
                "new": said["verdict"],
            }
            moved.append((abs((said["miss"] or 0) - (miss or 0)), turned))
    moved.sort(key=lambda far: -far[0])
    return new.disclose(
        rows.table(Turned, [turned for _, turned in moved]),
        title=f"{phrases.many(len(moved), 'verdict')} of {len(now)} "
        f"{'turns' if len(moved) == 1 else 'turn'}",
        subtitle=f"as at {day_words(old.as_at)} → as at {day_words(new.as_at)}",
        query="unit_measures",
        params={"unit": ", ".join(sorted({unit for unit, _ in now})), "periods": KEPT},
        compared_with=old.snapshot.id,
    )


def _turned(old: Verdict, new: Verdict) -> bool:
    """Whether a verdict is another in words: a chance of 41 % after one of 40 % is not."""
    words = [said["chance_words"] or said["verdict"] for said in (old, new)]
    return words[0] != words[1]


def _judged(request: Request) -> dict[tuple[str, str], tuple[MeasureSeries, Verdict]]:
    """(unit, measure) → its track and what is said of its target, where anything is."""
    units = dict.fromkeys(target.unit_code for target in request.catalogue.targets)
    said = {
        (unit, name): (track, verdicts.verdict(request, track))
        for unit in units
        if unit in request.catalogue.units
        for name, track in tracks(request, unit).items()
    }
    return {key: value for key, value in said.items() if value[1]["verdict"]}
