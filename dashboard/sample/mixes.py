"""Shares of the attributes of a report: weapon, premises, victim, hour. Illustrative.

Every allowed value of the catalogue occurs in some mix; None is left blank.
"""

from __future__ import annotations

Mix = dict[str | None, float]

WEAPONS: dict[str, Mix] = {
    "homicide": {"firearm": 24, "knife": 38, "other": 22, "none": 14, "unknown": 2},
    "attempt": {"firearm": 32, "imitation_firearm": 2, "knife": 46, "other": 14, "unknown": 6},
    "gun": {"firearm": 74, "imitation_firearm": 26},
    "shot": {"firearm": 97, "imitation_firearm": 3},
    "shop": {
        "firearm": 10, "imitation_firearm": 6.5, "knife": 33, "other": 18,
        "none": 27, "unknown": 3.5, None: 2,
    },
    "van": {
        "firearm": 34, "imitation_firearm": 14, "knife": 14, "other": 22,
        "none": 12, "unknown": 4,
    },
    "kidnap": {"firearm": 8, "imitation_firearm": 2, "knife": 22, "none": 50, "unknown": 18},
    "hands": {"none": 82, "other": 12, "knife": 3, "unknown": 3},
    "blade": {"knife": 55, "other": 30, "none": 15},
    "none": {"none": 86, None: 14},
}  # fmt: skip

PREMISES: dict[str, Mix] = {
    "homicide": {
        "street": 38, "dwelling": 38, "licensed_premises": 9, "vehicle": 4,
        "transport": 3, "other": 8,
    },
    "street": {
        "street": 56, "licensed_premises": 14, "dwelling": 10, "vehicle": 9, "transport": 5,
        "other": 5, "unknown": 1,
    },
    "shop": {
        "shop": 36, "betting_shop": 14, "petrol_station": 11, "bank": 10, "post_office": 8,
        "jeweller": 4, "licensed_premises": 9, "office": 3, "other": 4, None: 1,
    },
    "van": {"cash_in_transit": 92, "bank": 5, "street": 3},
    "child": {"dwelling": 78, "school": 7, "street": 4, "other": 8, "unknown": 3},
    "office": {"office": 42, "dwelling": 22, "shop": 12, "bank": 8, "other": 12, "unknown": 4},
    "any": {
        "street": 34, "dwelling": 30, "vehicle": 12, "licensed_premises": 8, "transport": 6,
        "other": 9, "unknown": 1,
    },
}  # fmt: skip

VICTIM_KINDS: dict[str, Mix] = {
    "person": {"person": 100},
    "business": {"business": 91, "person": 9},
    "money": {"business": 58, "person": 30, "state": 12},
    "state": {"state": 100},
}

AGES: dict[str, Mix] = {
    "adult": {
        "10-17": 6, "18-24": 27, "25-34": 31, "35-44": 18, "45-54": 9, "55-64": 4,
        "65+": 3, "0-9": 0.6, "unknown": 1.4,
    },
    "child": {"0-9": 55, "10-17": 44, "unknown": 1},
}  # fmt: skip

SEXES: dict[str, Mix] = {
    "mostly_male": {"male": 78, "female": 21, "unknown": 1},
    "even": {"male": 48, "female": 50, "unknown": 2},
    "mostly_female": {"male": 24, "female": 74, "unknown": 2},
}

ETHNICITIES: dict[str, Mix] = {
    "london": {
        "W1": 47, "W2": 3, "W9": 9, "M1": 1.5, "M2": 0.7, "M3": 0.7, "M9": 0.8, "A1": 6, "A2": 3,
        "A3": 3, "A9": 2.5, "B1": 8, "B2": 8, "B9": 2, "O1": 1, "O9": 2, "NS": 1.8,
    },
    "trident": {
        "B1": 62, "B2": 20, "B9": 9, "M1": 4, "M9": 1, "W1": 2, "A9": 0.5, "NS": 1.5,
    },
}  # fmt: skip

# Share of person victims whose ethnicity is left blank on the report.
ETHNICITY_MISSING = 0.07

# Relative risk by hour of the day.
HOURS: dict[str, tuple[int, ...]] = {
    "night": (9, 8, 7, 5, 4, 2, 1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 10),
    "trading": (1, 1, 1, 1, 1, 1, 2, 3, 4, 6, 6, 6, 6, 6, 6, 6, 7, 9, 11, 12, 11, 9, 6, 3),
    "office": (1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 9, 9, 9, 8, 7, 5, 3, 2, 2, 1, 1, 1),
    "home": (3, 2, 2, 1, 1, 1, 3, 6, 6, 4, 4, 4, 5, 4, 4, 7, 8, 8, 8, 8, 7, 6, 5, 4),
}
