"""How each kind of crime spreads over London: weights by borough.

Gun crime follows the paper of May 2005 (Southwark most, 259 of 3,653; Richmond least,
20); what lies between, and the other spreads, is illustrative.
"""

from __future__ import annotations

import numpy as np

# area code, region, gun crime, trade (shops and banks), children
_ROWS = (
    ("E09000002", "E", 76, 80, 118),
    ("E09000003", "N", 84, 118, 92),
    ("E09000004", "S", 42, 62, 72),
    ("E09000005", "W", 204, 132, 116),
    ("E09000006", "S", 60, 86, 80),
    ("E09000007", "N", 122, 132, 78),
    ("E09000008", "S", 140, 138, 134),
    ("E09000009", "W", 148, 132, 106),
    ("E09000010", "N", 122, 112, 112),
    ("E09000011", "S", 102, 104, 122),
    ("E09000012", "N", 216, 124, 124),
    ("E09000013", "W", 92, 88, 62),
    ("E09000014", "N", 196, 112, 112),
    ("E09000015", "W", 46, 60, 56),
    ("E09000016", "E", 44, 70, 70),
    ("E09000017", "W", 62, 86, 88),
    ("E09000018", "W", 74, 80, 88),
    ("E09000019", "N", 116, 122, 82),
    ("E09000020", "W", 52, 84, 34),
    ("E09000021", "S", 28, 48, 40),
    ("E09000022", "S", 226, 130, 128),
    ("E09000023", "S", 184, 116, 132),
    ("E09000024", "S", 48, 66, 56),
    ("E09000025", "E", 186, 128, 150),
    ("E09000026", "E", 90, 94, 84),
    ("E09000027", "S", 17, 36, 34),
    ("E09000028", "S", 280, 142, 138),
    ("E09000029", "S", 32, 58, 60),
    ("E09000030", "E", 130, 98, 120),
    ("E09000031", "N", 142, 110, 110),
    ("E09000032", "S", 108, 98, 84),
    ("E09000033", "W", 126, 156, 56),
    ("heathrow", "W", 3, 8, 1),
    ("unknown", "N", 6, 6, 14),
    ("none", "N", 0, 0, 0),
)

CODES = tuple(row[0] for row in _ROWS)
REGIONS = ("N", "S", "E", "W")
REGION = np.array([REGIONS.index(row[1]) for row in _ROWS])
BOROUGHS = CODES[:32]


def place(code: str) -> int:
    """Position of an area in every weight vector."""
    return CODES.index(code)


def _shares(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


def _weights(column: int) -> np.ndarray:
    return np.array([row[column] for row in _ROWS], dtype=float)


def _fraud() -> np.ndarray:
    """Fraud: the West End first, and much of it in no borough at all."""
    weights = _weights(3) ** 1.3
    weights[place("E09000033")] *= 2.5
    weights[place("none")] = weights.sum() * 0.12
    weights[place("heathrow")] *= 6
    return weights


def _trident() -> np.ndarray:
    """Shootings in black communities: more concentrated than gun crime is."""
    weights = _weights(2) ** 1.7
    weights[place("heathrow")] = 0
    return weights


SPREADS = {
    "gun": _shares(_weights(2)),
    "trade": _shares(_weights(3)),
    "children": _shares(_weights(4)),
    "violence": _shares(0.5 * _weights(2) + 0.5 * _weights(4)),
    "trident": _shares(_trident()),
    "fraud": _shares(_fraud()),
    "drugs": _shares(_weights(2) + 12 * (np.array(CODES) == "heathrow")),
}
