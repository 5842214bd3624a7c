"""What the sample's meetings decided: a file that `decisions import` reads like anybody's.

One decision had an effect and one had none (plants.ACTED), one is of counts too small to tell,
one was withdrawn, two are overdue, and some still stand on 12 July 2004.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard.sample import plants
from dashboard.sample.clock import AS_ATS, FORTNIGHT

FILE = "decisions.json"
STAR_CHAMBER = "star_chamber"
CHAIR = "Chair of the meeting (sample)"
CLERK = "Management information unit (sample)"


def write(folder: Path) -> Path:
    """Writes the file of decisions and returns it."""
    path = folder / FILE
    said = {"kind": "scd dashboard decisions", "decisions": decisions()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def decisions() -> list[dict[str, Any]]:
    """All decisions, in the order in which they were made."""
    worked, nothing = plants.WORKED, plants.NOTHING
    return [
        _decision(
            0, "shootings-brent",
            "Trident patrols in Stonebridge on Friday and Saturday nights",
            "hot_spots", "protect", "gun_crime", "SCD8", "Detective Superintendent, Trident",
            effect=("trident_nonfatal_shootings", ("E09000005",), 0.5, 5, 55), done=1,
        ),
        _decision(
            1, "robbery-south",
            "Flying Squad with borough units round betting shops and banks of Lambeth, Lewisham"
            " and Southwark; two known crews under surveillance",
            "offenders", "pursue", "robbery", "SCD7", "Detective Superintendent, Flying Squad",
            effect=(worked.measure, worked.boroughs, 0.5, 6, 70), done=1,
            moves=[_move("SCD1", "SCD7", 6, 240)],
            comments=[(2, "Both crews charged with nine robberies.")],
        ),
        _decision(
            2, "robbery-north-east",
            "Leaflets to shopkeepers in Redbridge and Waltham Forest on cash handling",
            "prevention", "prevent", "robbery", "SCD7", "Detective Inspector, Flying Squad east",
            effect=(nothing.measure, nothing.boroughs, 0.5, 5, 40), done=1,
            comments=[(3, "4,000 leaflets sent.")],
        ),
        _decision(
            3, "kidnap-reserve",
            "A reserve of six trained negotiators on call at weekends",
            "prevention", "prepare", "organised_crime", "SCD7",
            "Detective Superintendent, kidnap unit", due=2,
        ),
        _decision(
            3, "cash-in-transit-link",
            "Analyse the vans robbed on Thursdays as one series",
            "linked_series", "pursue", "robbery", "SCD7", "Detective Inspector, intelligence",
            withdrawn=(5, "the men were arrested in Kent before it began"),
        ),
        _decision(
            4, "child-referrals",
            "Clear the referrals older than five days before the summer holidays",
            "prevention", "protect", "children", "SCD5", "Detective Superintendent, child abuse",
            due=2, comments=[(6, "Half of them are left; two posts are vacant.")],
        ),
        _decision(
            5, "gun-hackney",
            "Joint operation with Hackney borough against gun carriers",
            "offenders", "pursue", "gun_crime", "SCD8", "Detective Chief Inspector, Trident",
            effect=("gun_crime", ("E09000012",), 0.7, 6, 50), done=6,
            moves=[_move("SCD7", "SCD8", 4, 120)],
        ),
        _decision(
            6, "forensic-drugs",
            "Urgent submissions from the south east first for six weeks",
            "prevention", "prepare", "", "SCD4", "Head of forensic services", due=2,
        ),
        _decision(
            4, "budget-flying-squad",
            "Overtime budget from SCD1 to SCD7 for the surveillance of the two crews",
            "budget_moved", "", "", "SCD7", "Business manager, Flying Squad", due=2, done=2,
            raised_from=STAR_CHAMBER, moves=[_budget("SCD1", "SCD7", "12500.50")],
            comments=[(6, "Checked: spent as intended.")],
        ),
        _decision(
            6, "claims-trident",
            "Trident explains its claims without authorisation",
            "explained", "", "", "SCD8", "Business manager, Trident",
            raised_from=STAR_CHAMBER,
        ),
    ]  # fmt: skip


def _decision(
    place: int, code: str, what: str, tactic: str, four_p: str, priority: str, unit: str, post: str,
    *, effect: tuple[str, tuple[str, ...], float, int, int] | None = None, due: int = 1,
    done: int | None = None, withdrawn: tuple[int, str] | None = None,
    moves: list[dict[str, Any]] | None = None, comments: list[tuple[int, str]] | None = None,
    raised_from: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A decision made at the meeting of the as-at in `place`.

    due        meetings later at which it is to be done
    done       meetings later at which it was reported done
    withdrawn  as-at's place at which it was withdrawn, and why
    comments   as-at's place and words
    raised_from  where it is neither an alert nor the meeting itself
    """
    measure, boroughs, ratio, horizon, sure = effect or (None, None, None, None, None)
    changes: list[dict[str, Any]] = []
    if done is not None:
        at = min(place + done, len(AS_ATS) - 1)
        changes.append({"by": CLERK, "at": at_meeting(at), "state": "done", "done_on": _day(at)})
    if withdrawn is not None:
        at, reason = withdrawn
        changes.append({"by": CHAIR, "at": at_meeting(at), "state": "withdrawn", "reason": reason})
    return {
        "id": f"sample-{code}",
        "by": CHAIR,
        "at": at_meeting(place),
        "as_at": AS_ATS[place].isoformat(),
        "raised_from": raised_from or ("alert" if effect else "hand"),
        "origin": None,
        "what": what,
        "tactic": tactic,
        "four_p": four_p or None,
        "priority": priority or None,
        "owner_unit": unit,
        "owner_post": post,
        "due": (AS_ATS[place] + timedelta(days=1) + FORTNIGHT * due).isoformat(),
        "moves": moves or [],
        "measure": measure,
        "unit": None,
        "boroughs": list(boroughs) if boroughs else None,
        "ratio": ratio,
        "horizon": horizon,
        "sure": sure,
        "changes": changes,
        "comments": [
            {"by": CLERK, "at": at_meeting(at), "words": words} for at, words in comments or ()
        ],
    }


def _move(giver: str, taker: str, officers: int, hours: int) -> dict[str, Any]:
    return {
        "giver": giver, "taker": taker, "officers": officers, "hours": str(hours),
        "category": "planned",
    }  # fmt: skip


def _budget(giver: str, taker: str, pounds: str) -> dict[str, Any]:
    return {"giver": giver, "taker": taker, "budget_gbp": pounds}


def _day(place: int) -> str:
    """The day of the meeting that looks at an as-at."""
    day: date = AS_ATS[place] + timedelta(days=1)
    return day.isoformat()


def at_meeting(place: int) -> str:
    """The moment of the meeting that looks at the as-at in `place`."""
    return f"{_day(place)}T10:00:00+00:00"
