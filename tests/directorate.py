"""For all tests and doctests: the project's directorate is in force until one opens another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import catalogue

OWN = Path(__file__).resolve().parents[1] / "data" / "catalogue"

# Tests are made of the measures that there are, before any of them begins.
catalogue.keep(catalogue.load(OWN).directorate)


@pytest.fixture(autouse=True)
def directorate() -> catalogue.Directorate:
    """The directorate of data/catalogue, put in force before each test."""
    own = catalogue.load(OWN).directorate
    catalogue.keep(own)
    return own
