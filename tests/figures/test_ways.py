"""Every link of every page opens a page that knows all that it asks for and shows its figure.

A few of them in `make test`, all by `make exhaustive`; on published files too, where REAL_DATA
names them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests import choosing
from tests.figures import walk
from tests.screens import NAMES

AT = "2004-07-12"
VIEWS = [
    ("boroughs", {"borough": "E09000012"}),
    ("ocu", {"unit": "SCD7", "measure": "commercial_robbery"}),
    ("ocu", {"unit": "SCD7", "measure": "commercial_robbery", "of": "alert"}),
    ("ocu", {"unit": "SCD7", "view": "day"}),
    ("accountability", {"view": "visits"}),
    ("strategy", {"view": "capacity"}),
    ("overtime", {"tab": "teams"}),
]
# The wall is a component of its own (tests/browser); the audit is open to the auditor.
CLOSED = {"meeting", "audit"}
OPENED, FOLLOWED, OF_FIGURES = (
    8,
    4,
    4,
)  # in `make test`: pages, of their links, of those on a figure


def asked(as_at: str) -> list[tuple[str, dict[str, str]]]:
    rooms = [(name, {}) for name in NAMES if name not in CLOSED]
    return [(page, {"as_at": as_at, **of}) for page, of in [*rooms, *VIEWS]]


def gathered(data: Path, as_at: str) -> dict[str, frozenset[str]]:
    """The links of all pages; one that stands on two pages is followed once."""
    found: dict[str, frozenset[str]] = {}
    for page, of in choosing.chosen(asked(as_at), OPENED, "ways-pages"):
        for href, figures in walk.ways(walk.bodies(page, data, **of)).items():
            found[href] = found.get(href, frozenset()) | figures
    return found


def astray(href: str, of: frozenset[str], data: Path) -> str:
    """What is wrong with where a link leads; '' where nothing is."""
    there = walk.opened(href, data)
    whole = " ".join(there)
    if said := walk.REMARK.findall(whole):
        return f"{href}: {said}"
    if of and not of & {unescape(item) for item in walk.FIGURE.findall(whole)}:
        return f"{href}: none of {sorted(of)}"
    return ""


def followed(data: Path, as_at: str) -> tuple[int, list[str]]:
    """How many links were followed, and what is wrong with any."""
    ways = sorted(gathered(data, as_at).items(), key=str)
    plain = choosing.chosen([item for item in ways if not item[1]], FOLLOWED, "ways")
    on_figures = choosing.chosen([item for item in ways if item[1]], OF_FIGURES, "ways-figures")
    every = [*plain, *on_figures]
    return len(every), [said for href, of in every if (said := astray(href, of, data))]


def test_every_link_of_the_sample_leads_to_what_it_says(sample_data, monkeypatch):
    many, wrong = followed(sample_data, AT)
    assert many >= FOLLOWED + OF_FIGURES
    assert wrong == []


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The published files as they stood at a meeting (tests/browser/test_rehearsal_real.py)."""
    from tests.browser import test_rehearsal_real as rehearsal

    data = tmp_path_factory.mktemp("real-ways") / "data"
    rehearsal.came_in(data, rehearsal.MEETING)
    yield data, str(rehearsal.MEETING)


@pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
def test_every_link_of_the_published_files_leads_to_what_it_says(real, monkeypatch):
    many, wrong = followed(*real)
    assert many >= FOLLOWED
    assert wrong == []
