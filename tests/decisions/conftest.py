"""Data folders with decisions in them."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.reports import open_request
from dashboard.store.engine import VARIABLE

CAMDEN, HACKNEY, ISLINGTON = "E09000007", "E09000012", "E09000019"


@pytest.fixture
def written(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample's snapshots, and nothing written of decisions yet."""
    monkeypatch.delenv(VARIABLE, raising=False)
    data = tmp_path / "data"
    for name in ("snapshots", "staging", "sample"):
        if (sample_data / name).exists():
            shutil.copytree(sample_data / name, data / name, copy_function=os.link)
    return data


@pytest.fixture
def at(written: Path):
    """A request of the sample for a day."""
    return lambda day: open_request(date.fromisoformat(day), None, written)


def said(request, **changed):
    """A decision as somebody would type it."""
    meeting = request.meeting
    return {
        "raised_from": "hand",
        "what": "Patrols round shops at closing time",
        "tactic": "hot_spots",
        "four_p": "protect",
        "priority": "robbery",
        "owner_unit": "SCD7",
        "owner_post": "Detective Superintendent, Flying Squad",
        "due": date.fromordinal(meeting.toordinal() + 14),
        "measure": "commercial_robbery",
        "boroughs": [CAMDEN],
        "ratio": 0.5,
        "horizon": 3,
        "sure": 60,
        "moves": [],
    } | changed
