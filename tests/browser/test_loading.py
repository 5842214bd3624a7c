"""A file brought by a page, from the drop to the way back, by a real browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard import ingest, snapshots
from dashboard.access.audit import open_audit
from dashboard.access.audit_reading import lines
from tests.browser.server import running

pytestmark = pytest.mark.some(1, "loading")

HEAD = "Ref,Reported,offence,borough,ocu\n"
ROWS = "".join(f"R{n},0{n % 9 + 1}/02/2015,murder,Camden,SCD1\n" for n in range(30))
BAD = "<img src=x onerror=alert(1)>,[here](http://evil.example),murder,<b>Atlantis</b>,SCD1\n"
FIRST = HEAD + "".join(f"R{n},2015-01-{n % 9 + 1:02d},murder,Camden,SCD1\n" for n in range(30))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """An own folder with a snapshot, made by command."""
    folder = tmp_path_factory.mktemp("loading")
    path = folder / "first.csv"
    path.write_text(FIRST.replace("Ref,Reported", "crime_ref,reported_on"), "utf-8")
    day = date(2015, 2, 20)
    ingest.import_files("crimes", [path], data=folder / "data", vintage=day)
    snapshots.publish(snapshots.day_to_publish(folder / "data"), folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def address(data):
    with running(data) as found:
        yield found


def brought(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_file_is_asked_of_tried_loaded_and_taken_back_and_the_next_is_not_asked(
    address, data, page, tmp_path
):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    file = tmp_path / "extract 2015-02-25.csv"
    file.write_text(HEAD + ROWS + BAD, "utf-8")
    page.goto(f"{address}/load")
    expect(page.locator("h1")).to_have_text("1 file loaded")
    brought(page, file)
    expect(page.get_by_text("Say which column is crime_ref and reported_on")).to_be_visible()
    choose(page, "crime_ref", "Ref")
    choose(page, "reported_on", "Reported")
    page.get_by_text("day first").click()
    page.get_by_role("button", name="Try it").click()
    account = page.get_by_role("table", name="Read = accepted")
    expect(account.locator("tbody td")).to_have_text(["Rows", "31", "30", "1", "0", "0"])
    rejected = page.get_by_role("table", name="Rejected cells")
    expect(rejected).to_contain_text("[here](http://evil.example)")
    assert page.locator("a[href*='evil.example'], img[src='x']").count() == 0
    page.get_by_role("button", name="What the next publish will change").click()
    expect(page.locator("p.note", has_text="figures known as at")).to_be_visible()
    assert len(ingest.staged(data)) == 1  # nothing is kept yet

    page.get_by_role("button", name="Load it").click()
    expect(page.get_by_text("30 rows accepted.")).to_be_visible()
    assert [item.file for item in ingest.staged(data)] == ["first.csv", file.name]
    assert not list((data / "state").glob("*upload-*"))

    # The same layout again: nothing is asked, and it is said why.
    other = tmp_path / "extract 2015-02-26.csv"
    other.write_text(HEAD + ROWS, "utf-8")
    brought(page, other)
    expect(page.get_by_text("Ref as crime_ref")).to_be_visible()
    expect(account.locator("tbody td")).to_have_text(["Rows", "30", "30", "0", "0", "0"])
    assert page.get_by_role("button", name="Try it").count() == 0

    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("is withdrawn")).to_be_visible()
    assert [item.file for item in ingest.staged(data)] == ["first.csv"]
    said = [line.what for line in lines(open_audit(data)) if line.kind == "file loaded"]
    assert [words.partition(":")[0] for words in reversed(said)] == ["staged", "withdrawn"]
