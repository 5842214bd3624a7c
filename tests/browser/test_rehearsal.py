"""The rehearsal: from an alert to its result, as the people of one meeting and the next do it.

An analyst imports and publishes, a commander explains, the chair runs the wall by keys and decides,
two edit it at once, the minutes go out; a fortnight later the analyst publishes again, and what
came of it heads the agenda and stands wherever its measure does. The people press keys alone.
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
from playwright.sync_api import Browser, Page, expect

from dashboard import ingest
from tests.browser.keys import entered, explained, on_the_wall, pressed, seen, turned, typed
from tests.browser.server import ROOT, running
from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "journeys")

MEETING, NEXT = date(2004, 7, 12), date(2004, 7, 26)
KNOWN = MEETING - timedelta(days=1)
TRIO = ("E09000007", "E09000012", "E09000019")  # in which robberies rose
NAMES = ("Camden", "Hackney", "Islington")
WHY = "One crew on motorcycles, two are charged"
WHAT = "Plain clothes officers at closing time"
RESULT = re.compile("worked|seen: |did not|cannot be told|can't be told", re.IGNORECASE)


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


def test_from_an_alert_to_what_came_of_the_decision(data, server, page, browser):
    # The analyst.
    file = data / "sample" / f"crimes-{KNOWN}.parquet"
    assert "accepted" in called(
        data, "import", "crimes", str(file), "--vintage", str(KNOWN), "--delta"
    )
    assert f"Published {MEETING}" in called(data, "publish", "--as-at", str(MEETING))

    of = f"unit=SCD7&measure=commercial_robbery&as_at={MEETING}"
    explained(page, f"{server}/ocu?{of}", "Record the reason", "alert", WHY)
    decide_on_the_wall(page, server, MEETING)
    for name in NAMES:  # the alert's boroughs are the decision's
        expect(page.locator(".st-key-card-decide")).to_contain_text(name)
    decided(page)
    edited_by_two(page, browser)
    closed(page, "13 Jul")

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
    heads_the_agenda(page, server, NEXT)
    of = f"unit=SCD7&measure=commercial_robbery&as_at={NEXT}"
    found_again(page, server, data, of, "decided 13 Jul")
    # The meeting before stands as it stood: decided, and nothing known of it.
    page.goto(f"{server}/decisions?as_at={MEETING}")
    settled(page)
    row = page.locator(".st-key-card-list tr", has_text=WHAT)
    expect(row).to_be_visible()
    expect(row).not_to_contain_text(RESULT)


def decide_on_the_wall(page: Page, server: str, meeting: date) -> None:
    """The chair goes to the first alert by keys, and from there to a decision on it."""
    on_the_wall(page, f"{server}/meeting?as_at={meeting}")
    seen(page, "2-wall-opens")
    while "item=alert-1" not in page.url:
        turned(page)
    expect(page.locator(".item:visible .strip")).to_contain_text("explained by its unit")
    seen(page, "3-wall-alert")
    page.locator(".item:visible").get_by_role("link", name=re.compile("^Decide")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/decisions.*raise=alert"))
    settled(page)


def decided(page: Page) -> None:
    """A decision that is judged at the next meeting; a reload loses nothing of what was typed."""
    expect(page.locator(".st-key-card-seen")).to_contain_text(re.compile("in \\d+ of 100 cases"))
    typed(page, "What is decided", WHAT)
    page.reload()
    settled(page)
    expect(page.get_by_label("What is decided")).to_have_value(WHAT)  # kept on the server
    typed(page, "Owner: post", "Detective Inspector")
    field = page.get_by_role("combobox", name=re.compile("Judged at the meeting of"))
    field.focus()
    page.keyboard.type("(one")
    page.keyboard.press("Enter")
    settled(page)
    typed(page, "Your name", "DAC Ford")
    seen(page, "4-form")
    pressed(page, "Save the decision")
    page.wait_for_url(re.compile("decision="))
    expect(page.locator("h1")).to_contain_text(WHAT)


def edited_by_two(page: Page, browser: Browser) -> None:
    """Two edit it at once: the second is told what changed, and nothing of either is lost."""
    other = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    other.goto(page.url)
    settled(other)
    for window in (page, other):
        entered(window, window.locator(".st-key-edit-decision summary"))
    typed(page, "Owner: post", "Commander")
    pressed(page, "Save the changes")
    typed(other, "What is decided", f"{WHAT}, and cameras")
    typed(other, "Your name", "Bob")
    pressed(other, "Save the changes")
    expect(other.get_by_text(re.compile("Nothing that you typed is lost"))).to_be_visible()
    expect(other.locator(".st-key-card-now")).to_contain_text("Commander")
    seen(other, "5-edited-by-two")
    pressed(other, "Save the changes")
    expect(other.locator("h1")).to_contain_text("and cameras")
    expect(other.locator(".substatement").first).to_contain_text("Commander")  # neither is lost
    other.context.close()


def closed(page: Page, day: str) -> None:
    page.reload()
    settled(page)
    typed(page, "Your name", "DAC Ford")  # a name lasts no longer than its window shows it
    pressed(page, "Done")
    expect(page.locator(".st-key-card-now")).to_contain_text(f"done {day}")
    seen(page, "6-closed")


def heads_the_agenda(page: Page, server: str, meeting: date) -> None:
    """What came of it stands first at the next meeting, on the page and on the wall."""
    page.goto(f"{server}/?as_at={meeting}")
    settled(page)
    card = page.locator(".st-key-card-decided")
    expect(card).to_contain_text(WHAT)
    expect(card.locator("tbody tr", has_text=WHAT)).to_contain_text(RESULT)
    expect(card.locator("h2")).to_contain_text("new result")
    seen(page, "7-next-meeting")
    page.goto(f"{server}/meeting?as_at={meeting}&item=last-time")
    expect(page.locator(".item:visible")).to_contain_text(WHAT)
    seen(page, "8-next-wall")
    entered(page, page.locator(".item:visible").get_by_role("link", name=re.compile(WHAT)))
    expect(page.locator("h1")).to_contain_text(WHAT)
    expect(page.locator(".st-key-card-result")).to_contain_text(RESULT)
    seen(page, "9-result")


def found_again(page: Page, server: str, data: Path, of: str, label: str) -> None:
    """It stands on the chart of its measure on the unit's page and in trends, in the minutes of the
    next meeting and in its digest."""
    for name, where in (("ocu", "chart"), ("trends", "chart-")):
        page.goto(f"{server}/{name}?{of}")
        settled(page)
        card = page.locator(f"[class*='st-key-card-{where}']").first
        expect(card.locator(".decided")).to_contain_text(label)
        card.scroll_into_view_if_needed()
        seen(page, f"10-{name}-chart")
    entered(page, card.locator(".decided a").last)
    expect(page.locator("h1")).to_contain_text(WHAT)
    meeting = of.rpartition("=")[2]
    minutes = called(data, "decisions", "minutes", "--as-at", meeting)
    assert re.search(f"{WHAT}.*", minutes) and RESULT.search(minutes)
    digest = called(data, "alerts", "--as-at", meeting, "--digest", "text")
    assert WHAT in digest and RESULT.search(digest)
