"""Sign-in end to end: a provider on this machine, a browser, a role, an end; and its audit."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.access.audit import open_audit
from dashboard.access.audit_reading import lines
from tests.access.test_sign_in import GOOD, written
from tests.browser.server import free_port, running

pytestmark = pytest.mark.some(1, "sign-in")

PEOPLE = (
    User(sub="p1", claims={"name": "Ann Analyst", "groups": ["scd-analyst"]}),
    User(sub="p2", claims={"name": "Col Commander", "groups": ["scd-commander"], "unit": "SCD7"}),
    User(sub="p3", claims={"name": "Nora Nobody", "groups": ["canteen"]}),
    User(sub="p4", claims={"name": "Audrey Auditor", "groups": ["scd-auditor"]}),
)


@pytest.fixture(scope="module")
def served_data(sample_copy: Callable[[], Path]) -> Path:
    return sample_copy()


@pytest.fixture(scope="module")
def signed(served_data: Path, tmp_path_factory) -> Iterator[str]:
    """Address of a dashboard that knows the people of a provider."""
    port = free_port()
    with run_server_in_thread(user_claims=PEOPLE) as provider:
        file = written(
            tmp_path_factory.mktemp("sign-in"),
            metadata_url=f"http://localhost:{provider.server_port}/.well-known/openid-configuration",
            public_url=f"http://127.0.0.1:{port}",
        )
        with running(served_data, port, DASHBOARD_SIGN_IN=str(file)) as address:
            yield address


def sign_in(page: Page, address: str, person: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(f"{address}/**")


def test_nobody_sees_anything_before(signed, page):
    page.goto(f"{signed}/ocu?unit=SCD7")
    expect(page.locator("h1")).to_have_text("Sign in to see the dashboard")
    expect(page.locator(".marking")).to_have_count(2)
    assert "Overtime" not in page.locator("body").inner_text()


def test_an_analyst_is_named_signs_out_and_it_stands_in_the_audit(signed, page, served_data):
    sign_in(page, signed, "p1")
    who = page.get_by_role("button", name="Ann Analyst")
    expect(who).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["_streamlit_user"]["sameSite"] == "Strict"
    assert cookies["_streamlit_user"]["httpOnly"]
    assert page.url.startswith(f"{signed}/")
    who.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/end_session?**")  # the provider's own last page
    page.goto(signed)
    expect(page.locator("h1")).to_have_text("Sign in to see the dashboard")
    kept = lines(open_audit(served_data))
    assert ("p1", "sign-in", "let in as analyst") in [(x.who, x.kind, x.what) for x in kept]


def test_a_commander_opens_own_records_only_and_each_view_is_kept(signed, page, served_data):
    sign_in(page, signed, "p2")
    expect(page.get_by_role("button", name="Col Commander")).to_be_visible()
    page.goto(f"{signed}/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery")
    expect(page.locator(".st-key-card-records td").first).to_be_visible()
    views = [line for line in lines(open_audit(served_data)) if line.who == "p2"]
    seen = [line for line in views if line.kind == "record view"]
    # The list behind the figure, the oldest faults beside it, and what is overdue by branch.
    assert {line.unit.partition("(")[0] for line in seen} == {"SCD7"}
    assert all(line.rows and line.snapshot and line.at.date() > date(2004, 7, 12) for line in seen)
    page.goto(f"{signed}/ocu?as_at=2004-07-12&unit=SCD1")
    expect(page.locator("h1")).to_contain_text("SCD1")
    expect(page.locator(".st-key-card-records")).to_contain_text("SCD7")
    after = [line for line in lines(open_audit(served_data)) if line.who == "p2"]
    opened = [line for line in after if line.kind == "record view"]
    # A visit that is overdue at another unit is no record of its cases, and is told all the same.
    theirs = [line for line in opened if line.unit.partition("(")[0] != "SCD7"]
    assert {(line.what.partition(":")[0], line.rows) for line in theirs} <= {("records_owed", 1)}


def test_who_holds_no_role_is_told_whom_to_ask_and_nothing_else(signed, page, served_data):
    sign_in(page, signed, "p3")
    expect(page.locator("h1")).to_have_text("You have no role here")
    said = page.locator("body").inner_text()
    assert GOOD["ask"] in said and "Overtime" not in said and "Tasking" not in said
    refused = [line.who for line in lines(open_audit(served_data)) if line.kind == "refusal"]
    assert "p3" in refused


def test_an_auditor_comes_to_the_audit_and_sees_no_figure(signed, page):
    sign_in(page, signed, "p4")
    expect(page.locator("h1")).to_contain_text("record view")
    assert page.url.startswith(f"{signed}/audit")
    main = page.locator("[data-testid='stMain']")
    expect(main).to_contain_text("let in as auditor")
    expect(main).to_contain_text("p4")
    page.goto(f"{signed}/ocu?unit=SCD7")
    expect(page.locator(".fault")).to_have_text("The role auditor opens no figures.")
    expect(page.locator(".marking")).to_have_count(2)


def test_who_is_no_auditor_sees_no_line_and_the_auditor_sees_that(signed, page, served_data):
    sign_in(page, signed, "p1")
    expect(page.get_by_role("button", name="Ann Analyst")).to_be_visible()
    page.goto(f"{signed}/audit")
    expect(page.locator(".fault")).to_have_text("The role analyst may not read the audit.")
    refused = [line.who for line in lines(open_audit(served_data)) if line.kind == "refusal"]
    assert "p1" in refused


def test_what_was_typed_outlives_the_sign_in(signed, page):
    """A commander explains; twelve hours are over; signed in again, the words are there."""
    of = f"{signed}/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery"
    sign_in(page, signed, "p2")
    expect(page.get_by_role("button", name="Col Commander")).to_be_visible()
    page.goto(of)
    page.get_by_role("button", name="Record the reason", exact=True).first.click()
    words = page.get_by_label("What explains it").first
    words.fill("One crew on motorcycles")
    words.press("Tab")
    said = {"sub": "p2", "name": "Col Commander", "groups": ["scd-commander"], "unit": "SCD7"}
    said |= {"origin": signed, "is_logged_in": True, "iat": int(time.time()) - 13 * 3600}
    old = create_signed_value(GOOD["cookie_secret"], USER_COOKIE_NAME, json.dumps(said)).decode()
    expect(page.locator("[data-testid='stStatusWidget']")).to_have_count(0)
    page.context.add_cookies([{"name": USER_COOKIE_NAME, "value": old, "url": signed}])
    page.reload()
    expect(page.locator("h1")).to_have_text("Your sign-in has ended")
    page.get_by_role("button", name="Sign in again").click()
    page.get_by_role("button", name="p2", exact=True).click()
    page.wait_for_url(f"{signed}/**")
    page.goto(of)
    explain = page.get_by_role("button", name="Record the reason", exact=True).first
    explain.click()
    expect(page.get_by_label("What explains it").first).to_have_value("One crew on motorcycles")
