"""What the words of the pages mean, for who does not work with figures: each said once. Pure."""

from __future__ import annotations

from dashboard.words.names import area_word, window_word


def terms() -> dict[str, str]:
    """Each term with what it means, in the order in which a meeting meets them."""
    window, area = window_word(), area_word()
    return {
        "Expected": f"What the same {window}s of the past let one expect of this one, its season "
        "and its level included.",
        "Band": "Where a figure lies by chance alone: in 95 of 100 cases, or in four of five where "
        "it says so.",
        "Alert": f"A count so far above what was expected that of meetings where nothing rises at "
        f"most one in ten shows any. Alerts of one kind in {area}s that touch are one.",
        "Watch list": "Unusual by itself, but not among so many counts that were looked at.",
        "Usual range": "Where a series has moved by itself, from one period to the next, since its "
        "last break.",
        "Break": "A day from which figures count something else, as after a new recording "
        "standard: those before and after are not compared.",
        "Forecast": "Where the year will end if it goes on as it does, with its band.",
        "Chance": "Of a hundred years like this one, in how many the target would be met.",
        "Profile": "What of the year's budget was to be spent by now.",
        "Sanction detection": "A detection that ends in a charge, a caution or another sanction.",
        "Cohort": "The offences of a period, followed until they have had their time to be "
        "detected; not the detections of that period.",
        "No-crime": "A report that turned out to be of no crime; left out of counts.",
        "Provisional": "Reports of these days still come in: the figure may grow.",
        "Limits for its size": "How far a small unit or area may lie from the whole by chance: the "
        "smaller, the further.",
    }
