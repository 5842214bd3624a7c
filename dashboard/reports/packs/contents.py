"""The printed packs: which sections each holds, and a whole one made for a request.

A section is one line of its pack: its heading and the function that makes it. Charts and forms
are chosen in dashboard.export.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed, Why
from dashboard.access.roles import needs, needs_figures
from dashboard.errors import DashboardError, NotAllowedError, NotFoundError, UsageError
from dashboard.periods import day_words, planning_year_words
from dashboard.reports.boroughs import work
from dashboard.reports.packs import integrity, leading, minutes, money, strategic, units
from dashboard.reports.packs import meeting as tasking
from dashboard.reports.packs.block import Asked, Block, Makes, Pack, Section
from dashboard.reports.request import Request
from dashboard.reports.unit import ocu
from dashboard.words import phrases
from dashboard.words.names import area_word, whole_area, window_word
from dashboard.words.phrases import sentence


class Stated(TypedDict):
    """A statement of a pack, and how many rows stand behind it."""

    section: str
    statement: str
    n: Annotated[int | None, "null: a sentence, or a part that could not be made"]


@dataclass(frozen=True)
class Kind:
    """A kind of pack: its title, what it must be asked for, its sections, and the right that
    whoever makes it holds; what is kept opens to others too. `lead` of its sections stand before
    the contents.

    {area}, {whole} and {window} are what the directorate calls them: `kind` fills them in.
    """

    title: str
    sections: tuple[tuple[str, Makes], ...]
    needs: str = ""  # 'unit', 'borough' or nothing
    right: str = ""
    lead: int = 0


FIT = ("Is the data fit?", tasking.fit)
PACKS: dict[str, Kind] = {
    "tasking": Kind(
        "Tasking pack",
        (
            ("What did we decide last time, and did it work?", minutes.last_time),
            ("Since the last tasking", tasking.since),
            ("Beyond expectation now", tasking.beyond),
            ("Rare events", tasking.rare),
            ("What is coming?", tasking.coming),
            ("Pressure beside capacity", tasking.pressure),
            ("Objectives of the plan", tasking.plan),
            FIT,
            ("What is to be decided", tasking.decide),
        ),
    ),
    "minutes": Kind(
        "Minutes of the tasking meeting",
        (
            ("Looked at", minutes.looked_at),
            ("What was decided before", minutes.last_time),
            ("Decided", minutes.decided),
            ("Closed, withdrawn and said", minutes.closed),
            ("Due next", minutes.following),
        ),
        right="minute",
    ),
    "weekly": Kind(
        "Weekly pack",
        (
            ("The last week", tasking.week),
            ("What changed, unit by unit", tasking.changed),
            ("Beyond expectation now", tasking.beyond),
            ("Rare events", tasking.rare),
            ("Pressure beside capacity", tasking.pressure),
            FIT,
        ),
    ),
    "monthly": Kind(
        "Monthly performance pack",
        (
            ("Objectives of the plan", tasking.plan),
            ("Measures of the plan", units.measure_charts),
            ("Finances", money.finances),
            ("Overtime", money.budget),
            ("Information quality", units.quality_of_all),
            FIT,
        ),
    ),
    "strategic": Kind(
        "Strategic pack",
        (
            ("Priorities over years", strategic.priorities),
            ("Will the year’s targets be met?", tasking.plan),
            ("What decisions achieved", strategic.achieved),
            ("Capacity beside demand", strategic.capacity),
            ("Harm beside counts", strategic.harm),
            ("Development needs", strategic.needs),
            ("Next year’s targets", strategic.targets),
            FIT,
        ),
    ),
    "unit": Kind(
        "Visit pack",
        (
            ("First of all", leading.first),
            ("The unit's plan", units.head),
            ("Actions of visits", units.visit_actions),
            ("Measures of the unit", units.unit_charts),
            ("Behind the first measure", units.behind),
            ("Overtime", money.budget),
            ("Integrity", integrity.prepared),
            ("Integrity: claims that break a rule", money.exceptions),
            ("Finances", money.finances),
            ("Information quality", units.unit_quality),
        ),
        needs="unit",
        lead=1,
    ),
    "borough": Kind(
        "{Area} briefing",
        (
            ("The {area} beside {whole}", units.briefing),
            ("Alerts of the {window}", units.borough_alerts),
            ("What was decided for the {area}", units.borough_decisions),
            FIT,
        ),
        needs="borough",
    ),
    "star-chamber": Kind(
        "Star Chamber pack",
        (
            ("What did we decide last time?", money.decided_before),
            ("Budget", money.budget),
            ("Breakdown", money.breakdown),
            ("Teams", money.teams),
            ("Claims that break a rule", money.exceptions),
            ("Overtime beside outcomes", money.outcomes),
            ("Finances", money.finances),
            ("Decided", money.decided_here),
        ),
    ),
}
NAMES = tuple(PACKS)
COLLECTED = "Collected pack"
OF_PLACES = "star-chamber"  # may be asked for a unit, but need not


def kind(name: str) -> Kind:
    """raises  NotFoundError with the names near it."""
    if name not in PACKS:
        raise NotFoundError("pack", name, NAMES)
    area = area_word()
    words = {"area": area, "Area": sentence(area), "whole": whole_area(), "window": window_word()}
    template = PACKS[name]
    return replace(
        template,
        title=template.title.format(**words),
        sections=tuple((heading.format(**words), make) for heading, make in template.sections),
    )


def pack(
    request: Request,
    name: str,
    unit: str | None = None,
    borough: str | None = None,
    progress: Callable[[float, str], None] | None = None,
    made: Callable[[Block], None] | None = None,
    without: Collection[str] = (),
) -> Pack:
    """The pack `name`; a section that can't be made says why in its place.

    unit, borough  asked for by the packs that need them; a branch gives its OCU
    progress       told how far it is, from 0 to 1, and which section comes next
    made           told each result as soon as it is there
    without        headings of sections that are left out
    raises  NotFoundError for a pack, unit or borough that is not known; UsageError where one is
            missing or no section is left; NotAllowedError for a role that may not see what it has
    """
    wanted = kind(name)
    needs_figures(request.role, whole=wanted.needs != "borough")
    if wanted.right:
        needs(request.role, wanted.right)
    if request.role.borough not in (None, borough):
        raise NotAllowedError(f"the role {request.role.said} opens figures of its own area only")
    asked = _asked(request, name, wanted, unit, borough)
    chosen = [item for item in wanted.sections if item[0] not in without]
    if not chosen:
        raise UsageError("no part of the pack is chosen")
    sections = []
    for place, (heading, make) in enumerate(chosen):
        if progress is not None:
            progress(place / len(chosen), heading)
        sections.append(_section(heading, make, asked, made))
    about = _about(asked, wanted, sections)
    lead = sum(item in chosen for item in wanted.sections[: wanted.lead])
    return Pack(name, wanted.title, about, tuple(sections), _measures(request, sections), lead)


def collected(request: Request, parts: Sequence[Block]) -> Pack:
    """A pack of results that somebody put together on the pages, a section each. The pack is as at
    the request's day; a result of another snapshot says its own in its subtitle, as in its stamp.

    raises  UsageError where there is none
    """
    if not parts:
        raise UsageError("nothing was put into the pack yet")
    parts = [_dated(part, request) for part in parts]
    named = [replace(part, name=f"{place}-{part.name}") for place, part in enumerate(parts, 1)]
    sections = [Section(part.shown.title, (part,)) for part in named]
    about = _about(Asked(request), Kind(COLLECTED, ()), sections)
    own = tuple(dict.fromkeys(part.shown.stamp.filters for part in parts))
    shown = own[0] if len(own) == 1 else (("results", "each by its own"),)
    about = replace(about, stamp=replace(about.stamp, filters=shown))
    return Pack("collected", COLLECTED, about, tuple(sections), _measures(request, sections))


def _dated(part: Block, request: Request) -> Block:
    """The result as it stands under the title page of another snapshot: with its own."""
    shown = part.shown
    if shown.stamp.snapshot_id == request.snapshot.id:
        return part
    own = f"As at {day_words(shown.stamp.as_at)} (snapshot {shown.stamp.snapshot_id})"
    subtitle = ", ".join(filter(None, (own, shown.subtitle)))
    return replace(part, shown=replace(shown, subtitle=subtitle))


def _measures(request: Request, sections: Sequence[Section]) -> tuple[Why, ...]:
    """The definitions of the measures that the rows name, in the order they come in."""
    named: dict[str, None] = {}
    for section in sections:
        for part in section.parts:
            if "measure" in part.shown.rows.column_names:
                named |= dict.fromkeys(part.shown.rows.column("measure").unique().to_pylist())
    return tuple(request.definition(name) for name in named if name in request.measures)


def _asked(
    request: Request, name: str, wanted: Kind, unit: str | None, borough: str | None
) -> Asked:
    for key, value in (("unit", unit), ("borough", borough)):
        if wanted.needs == key and not value:
            raise UsageError(f"the pack {name} is about one {key}: say which with --{key}")
    allowed_unit = wanted.needs == "unit" or name == OF_PLACES
    code = ocu.unit_of(request, unit)[0] if unit and allowed_unit else ""
    area = work.area_of(request, borough).code if wanted.needs == "borough" else ""
    return Asked(request, code, area)


def _section(
    heading: str, make: Makes, asked: Asked, made: Callable[[Block], None] | None
) -> Section:
    parts: list[Block | str] = []
    try:
        for block in make(asked):
            parts.append(phrases.sentence(block) if isinstance(block, str) else block)
            if made is not None and isinstance(block, Block):
                made(block)
    except DashboardError as error:
        # As on a page: one part that fails says so in its place, and the others stand.
        return Section(heading, tuple(parts), f"This part could not be made: {error}.")
    return Section(heading, tuple(parts))


def _about(asked: Asked, wanted: Kind, sections: list[Section]) -> Disclosed:
    request = asked.request
    stated = list(_contents(sections))
    hashes = [part.shown.stamp.query_hash for section in sections for part in section.parts]
    place = _place(asked)
    return request.disclose(
        rows.table(Stated, stated),
        title=f"{wanted.title}: {place}" if place else wanted.title,
        subtitle=f"{sentence(window_word())} {request.fortnight.words}, planning year "
        f"{planning_year_words(request.as_at)}, as at {day_words(request.as_at)}",
        params={"queries": hashes},
        columns=("section", "statement"),
        unit=asked.unit or None,
        borough=request.catalogue.areas[asked.borough].name if asked.borough else None,
    )


def _place(asked: Asked) -> str:
    if asked.unit:
        unit = asked.request.catalogue.unit(asked.unit)
        return unit.name if unit.name.startswith(unit.code) else f"{unit.code} {unit.name}"
    return asked.request.catalogue.areas[asked.borough].name if asked.borough else ""


def _contents(sections: list[Section]) -> Iterator[Stated]:
    for section in sections:
        said = [block for block in section.blocks if isinstance(block, str)]
        if not section.parts:
            first = section.fault or next(iter(said), "Nothing to say.")
            yield {"section": section.heading, "statement": first, "n": None}
        for part in section.parts:
            yield {
                "section": section.heading,
                "statement": part.shown.title,
                "n": part.shown.rows.num_rows,
            }
