"""The rehearsal on the published files, where REAL_DATA names them: business robberies by the day,
as they would have come in, held to a day in February 2025.

No alert stood then; Enfield was on the watch list, and that is what the meeting decides on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.keys import entered, explained, on_the_wall, seen, turned
from tests.browser.server import running
from tests.browser.test_meeting import settled
from tests.browser.test_rehearsal import (
    RESULT,
    WHAT,
    WHY,
    called,
    closed,
    decided,
    edited_by_two,
    found_again,
    heads_the_agenda,
)

REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
MEETING, NEXT = date(2025, 2, 10), date(2025, 2, 24)
DAILY = "mps_dashboards/business-crime-offences*.parquet"
MONTHLY = "mps_borough_crime/*(Historical)*.csv"
OF = "unit=SCD7&measure=commercial_robbery"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real") / "data"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[str]:
    came_in(data, MEETING)
    with running(data) as address:
        yield address


def came_in(data: Path, as_at: date) -> None:
    """The analyst imports what was known before a day, and publishes."""
    known = as_at - timedelta(days=1)
    rows = pl.read_parquet(next(REAL.glob(DAILY))).filter(pl.col("date") <= known.isoformat())
    file = data.parent / f"business-{known}.parquet"
    rows.with_columns(pl.lit(known.isoformat()).alias("refresh_date")).write_parquet(file)
    said = called(data, "import", "mps-business-crime", str(file), "--vintage", str(known))
    assert "accepted" in said
    if as_at == MEETING:
        for path in REAL.glob(MONTHLY):
            called(data, "import", "mps-borough-crime", str(path), "--vintage", str(known))
    assert f"Published {as_at}" in called(data, "publish", "--as-at", str(as_at))


def test_from_the_watch_list_to_what_came_of_the_decision(data, server, page, browser):
    stands_out(page, server)
    through_the_wall(page, server)
    decide_on_the_watch_list(page, server)
    decided(page)
    edited_by_two(page, browser)
    closed(page, "11 Feb")
    minutes = called(data, "decisions", "minutes", "--as-at", str(MEETING))
    assert WHAT in minutes
    came_in(data, NEXT)
    heads_the_agenda(page, server, NEXT)
    found_again(page, server, data, f"{OF}&as_at={NEXT}", "decided 11 Feb")
    page.goto(f"{server}/decisions?as_at={MEETING}")
    settled(page)
    row = page.locator(".st-key-card-list tr", has_text=WHAT)
    expect(row).to_be_visible()
    expect(row).not_to_contain_text(RESULT)


def stands_out(page: Page, server: str) -> None:
    """What stands out of a chart is explained below it, and stands there in trends as well."""
    of = f"unit=SCD7&measure=drug_trafficking&as_at={MEETING}"
    explained(page, f"{server}/ocu?{of}", "Record the reason of what stands out", "chart", WHY)
    page.goto(f"{server}/trends?{of}")
    expect(page.locator("[class*='st-key-card-chart-']").first).to_contain_text(WHY)


def through_the_wall(page: Page, server: str) -> None:
    """The chair goes through every item by keys, to what is to be decided."""
    number = on_the_wall(page, f"{server}/meeting?as_at={MEETING}")
    for at in range(1, number + 1):
        expect(page.locator(".count")).to_have_text(f"{at} of {number}")
        seen(page, f"2-wall-{at}")
        turned(page)
    expect(page.locator(".item:visible h1")).to_contain_text(re.compile("decision"))


def decide_on_the_watch_list(page: Page, server: str) -> None:
    page.goto(f"{server}/?as_at={MEETING}")
    settled(page)
    entered(page, page.get_by_role("button", name=re.compile("^Watch list: 1")))
    seen(page, "3-watch-list")
    way = page.get_by_role("link", name=re.compile("^Decide on Commercial robbery, Enfield"))
    entered(page, way)
    page.wait_for_url(re.compile("/decisions.*raise=alert"))
    settled(page)
    expect(page.locator(".st-key-card-decide")).to_contain_text("Enfield")
