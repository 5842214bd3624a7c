"""The rehearsal: from an alert to its result, as the people of one meeting and the next do it.

An analyst imports and publishes, a commander explains, the chair runs the wall by keys and decides,
the minutes go out; a fortnight later the analyst publishes again, and what came of it heads the
agenda.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from dashboard import ingest
from tests.browser.server import ROOT, running
from tests.browser.test_decisions import pressed, typed
from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(3, "journeys")

MEETING, NEXT = date(2004, 7, 12), date(2004, 7, 26)
KNOWN = MEETING - timedelta(days=1)
TRIO = ("E09000007", "E09000012", "E09000019")  # in which robberies rose
WHY = "One crew on motorcycles, two are charged"
WHAT = "Plain clothes officers at closing time"
RESULT = re.compile("worked|did not|cannot be told|can't be told", re.IGNORECASE)


def called(data: Path, *words: str) -> str:
    """What a command prints, run as an analyst runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *words, "--data", str(data)],
        cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def come_in(data: Path, file: Path, known: date) -> None:
    said = called(data, "import", "crimes", str(file), "--vintage", str(known), "--delta")
    assert "accepted" in said


@pytest.fixture(scope="module")
def data(sample_copy) -> Path:
    """The sample as it stood before the last day's reports came in."""
    folder = sample_copy()
    for item in ingest.staged(folder):
        if item.kind == "crimes" and item.vintage == KNOWN:
            ingest.withdraw(item, folder)
    shutil.rmtree(folder / "snapshots" / str(MEETING))
    return folder


@pytest.fixture(scope="module")
def server(data) -> Iterator[str]:
    with running(data) as address:
        yield address


def a_fortnight_later(data: Path) -> Path:
    """The reports of the fortnight after the meeting: those of its own, a fortnight on, with a
    third of the robberies where officers stood."""
    last = pl.read_parquet(data / "sample" / f"crimes-{KNOWN}.parquet")
    days = [name for name, kind in last.schema.items() if kind == pl.Date]
    begun = MEETING - timedelta(days=14)
    new = last.filter(pl.col("reported_on") >= begun).with_columns(
        pl.format("later-{}", "crime_ref").alias("crime_ref"),
        *(pl.col(name) + timedelta(days=14) for name in days),
    )
    acted = (pl.col("offence") == "robbery_business") & pl.col("borough").is_in(TRIO)
    thinned = new.with_row_index("at").filter(~acted | (pl.col("at") % 3 == 0)).drop("at")
    assert new.height > thinned.height > 100
    path = data / "sample" / f"crimes-{NEXT - timedelta(days=1)}.parquet"
    thinned.write_parquet(path)
    return path


def test_from_an_alert_to_what_came_of_the_decision(data, server, page):
    # The analyst.
    file = data / "sample" / f"crimes-{KNOWN}.parquet"
    assert "accepted" in called(
        data, "import", "crimes", str(file), "--vintage", str(KNOWN), "--delta"
    )
    assert f"Published {MEETING}" in called(data, "publish", "--as-at", str(MEETING))

    # The commander.
    page.goto(f"{server}/ocu?as_at={MEETING}&unit=SCD7&measure=commercial_robbery")
    settled(page)
    pressed(page, "Explain")
    typed(page, "What explains it", WHY)
    typed(page, "Your name", "Det Supt Ash")
    pressed(page, "Save")
    expect(page.locator(".st-key-card-alert")).to_contain_text(WHY)

    # The chair, by keys.
    page.goto(f"{server}/meeting?as_at={MEETING}")
    expect(page.locator(".count")).to_have_text(re.compile(r"^1 of \d+$"))
    while "item=alert-1" not in page.url:
        page.keyboard.press("PageDown")
        page.wait_for_timeout(200)
    expect(page.locator(".item:visible .strip")).to_contain_text("explained by its unit")
    page.locator(".item:visible").get_by_role("link", name=re.compile("^Decide")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/decisions.*raise=alert"))
    settled(page)
    for name in ("Camden", "Hackney", "Islington"):  # the alert's boroughs are the decision's
        expect(page.locator(".st-key-card-decide")).to_contain_text(name)
    decided(page)

    # The minutes go out, with what the commander said of the alert.
    for pack, words in (("minutes", WHAT), ("tasking", WHY)):
        out = data.parent / f"{pack}.csv"
        asked = ("--as-at", str(MEETING), "--format", "csv", "--out", str(out))
        called(data, "report", pack, *asked)
        assert words in out.read_text("utf-8-sig"), pack

    # A fortnight later.
    file = a_fortnight_later(data)
    come_in(data, file, NEXT - timedelta(days=1))
    assert f"Published {NEXT}" in called(data, "publish", "--as-at", "latest")
    page.goto(f"{server}/?as_at={NEXT}")
    settled(page)
    card = page.locator(".st-key-card-decided")
    expect(card).to_contain_text(WHAT)
    expect(card.locator("tbody tr", has_text=WHAT)).to_contain_text(RESULT)
    expect(card.locator("h2")).to_contain_text("new result")
    page.goto(f"{server}/meeting?as_at={NEXT}&item=last-time")
    expect(page.locator(".item:visible")).to_contain_text(WHAT)
    # The meeting before stands as it stood: decided, and nothing known of it.
    page.goto(f"{server}/decisions?as_at={MEETING}")
    settled(page)
    row = page.locator(".st-key-card-list tr", has_text=WHAT)
    expect(row).to_be_visible()
    expect(row).not_to_contain_text(RESULT)


def decided(page: Page) -> None:
    """A decision that is judged at the next meeting, and is done at once."""
    typed(page, "What is decided", WHAT)
    typed(page, "Owner: post", "Detective Inspector")
    field = page.get_by_role("combobox", name=re.compile("Judged at the meeting of"))
    field.fill("(1 ")
    field.press("Enter")
    settled(page)
    typed(page, "Your name", "DAC Ford")
    pressed(page, "Save the decision")
    page.wait_for_url(re.compile("decision="))
    expect(page.locator("h1")).to_contain_text(WHAT)
    pressed(page, "Done")
    expect(page.locator(".st-key-card-now")).to_contain_text("done")
