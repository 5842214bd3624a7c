"""The wall: what is read across a room, by keys and clicker, on the screens of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "the wall")

START = "/meeting?as_at=2004-07-12"
LEAST, LEAST_PLACE = 42, 24  # pixels at 1920 × 1080; the lines of marking and place
KEYS, EVERY = 20, 50  # keys in a row, milliseconds apart
SETTLED = 150  # milliseconds from a key to the picture that stays

# The size in pixels of each word as it is drawn, HTML and SVG alike: what its own letters measure.
SIZES = """() => {
  const root = [...document.querySelectorAll('*')]
    .find((e) => e.shadowRoot?.querySelector('.wall')).shadowRoot;
  const sizes = (top) => {
    const found = [], walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const owner = node.parentElement;
      if (!node.data.trim() || !owner.getClientRects().length) continue;
      const drawn = owner.getScreenCTM ? Math.abs(owner.getScreenCTM().d) : 1;
      found.push([drawn * parseFloat(getComputedStyle(owner).fontSize), node.data.trim()]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  };
  return {
    item: sizes(root.querySelector('.item:not([hidden])')),
    place: sizes(root.querySelector('.place')),
    marking: [...document.querySelectorAll('.marking')].flatMap(sizes),
  };
}"""
# By how many pixels anything of the item goes over its frame, and the page over the window.
OVER = """() => {
  const root = [...document.querySelectorAll('*')]
    .find((e) => e.shadowRoot?.querySelector('.wall')).shadowRoot;
  const item = root.querySelector('.item:not([hidden])'), frame = item.getBoundingClientRect();
  const boxes = [...item.querySelectorAll('*')].map((e) => e.getBoundingClientRect())
    .filter((box) => box.width);
  const place = root.querySelector('.place').getBoundingClientRect();
  const low = document.querySelector('.marking.bottom').getBoundingClientRect().top;
  return {
    right: Math.max(...boxes.map((box) => box.right)) - Math.min(frame.right, innerWidth),
    bottom: Math.max(...boxes.map((box) => box.bottom)) - frame.bottom,
    place: place.bottom - low,
    lines: Math.max(...[...root.querySelectorAll('.place > *')]
      .map((e) => e.getBoundingClientRect().right)) - innerWidth,
    window: document.documentElement.scrollWidth - innerWidth,
  };
}"""
# How long each key takes until the picture that it asks for stands: two frames after it.
WATCH = """() => {
  window.took = [];
  window.addEventListener('keydown', () => {
    const pressed = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(
      () => window.took.push(performance.now() - pressed)));
  }, { capture: true });
}"""


@contextmanager
def wall(browser: Browser, address: str, width: int, height: int, **more) -> Iterator[Page]:
    """The wall in a window of that size, its first picture drawn."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".count")).to_have_text(re.compile(r"^\d+ of \d+$"))
    yield page
    context.close()


def place(page: Page) -> tuple[int, int]:
    """Which item of how many."""
    at, total = page.locator(".count").inner_text().split(" of ")
    return int(at), int(total)


def each(page: Page) -> Iterator[str]:
    """Goes through all items by one key; the key of each, taken from the address."""
    _, total = place(page)
    page.keyboard.press("Home")
    for number in range(1, total + 1):
        expect(page.locator(".count")).to_have_text(f"{number} of {total}")
        expect(page.locator(".item:visible")).to_have_count(1)
        yield page.url.partition("item=")[2].partition("&")[0]
        page.keyboard.press("ArrowRight")


# Of each agenda: its last item, some of its others, and those without a picture.
AGENDAS = {
    "tasking": (
        "closing",
        {"alert-1", "alert-2", "rare", "coming", "pressure", "objectives"},
        {"last-time", "fit", "closing"},
    ),
    "strategy": (
        "needs",
        {"priorities", "capacity", "harm", "targets"},
        {"opening", "achieved", "capacity", "harm", "targets", "needs"},
    ),
}


@pytest.mark.few(1)
@pytest.mark.parametrize("agenda", AGENDAS)
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_of_every_item_is_read_from_four_metres(
    server, browser, width, height, scheme, agenda
):
    share = height / 1080
    last, others, bare = AGENDAS[agenda]
    address = f"{server}{START}&agenda={agenda}"
    with wall(browser, address, width, height, color_scheme=scheme) as page:
        seen = []
        for key in each(page):
            sizes = page.evaluate(SIZES)
            # A browser gives sizes to a thousandth.
            assert sizes["item"][0][0] >= LEAST * share - 0.01, (key, sizes["item"][:3])
            for name in ("place", "marking"):
                assert sizes[name][0][0] >= LEAST_PLACE * share - 0.01, (key, name, sizes[name][0])
            over = {name: by for name, by in page.evaluate(OVER).items() if by > 0.5}
            assert not over, (key, over)
            assert page.locator(".item:visible svg, .item:visible img").count() or key in bare
            seen.append(key)
        assert seen[0] == "opening" and seen[-1] == last
        assert others < set(seen)
        expect(page.locator(".marking.top")).to_have_text("RESTRICTED · SAMPLE DATA")
        expect(page.locator(".known")).to_contain_text("as at Mon 12 Jul 2004")


def test_on_a_phone_each_item_stands_in_one_column(server, browser):
    with wall(browser, f"{server}{START}", 390, 844, has_touch=True) as page:
        for key in each(page):
            over = page.evaluate(OVER)
            assert over["right"] <= 0.5 and over["window"] <= 0, (key, over)
            assert over["place"] <= 0.5 and over["lines"] <= 0.5, (key, over)
            assert page.evaluate(SIZES)["item"][0][0] >= 14, key
        page.keyboard.press("Home")
        page.get_by_role("button", name="Next item").tap()
        assert place(page)[0] == 2


def test_twenty_keys_at_twenty_a_second_arrive_at_the_right_item(server, browser):
    with wall(browser, f"{server}{START}", 1920, 1080) as page:
        _, total = place(page)
        page.evaluate(WATCH)
        page.wait_for_timeout(1_500)  # the server has been told of the first item meanwhile
        for number in range(KEYS):  # 15 on, 5 back
            page.keyboard.press("ArrowRight" if number < 15 else "PageUp")
            page.wait_for_timeout(EVERY)
        expect(page.locator(".count")).to_have_text(f"{min(16, total) - 5} of {total}")
        page.wait_for_timeout(500)  # a picture is timed two frames after it stands
        took = sorted(page.evaluate("window.took"))
        assert len(took) == KEYS
        # On a machine busy with something else one of twenty may wait for its turn, not most.
        assert took[len(took) // 2] <= SETTLED, took
        # The server's answer, which comes when the keys rest, moves nothing.
        page.wait_for_timeout(2_000)
        expect(page.locator(".count")).to_have_text(f"{min(16, total) - 5} of {total}")
        page.keyboard.press("ArrowRight")
        expect(page.locator(".count")).to_have_text(f"{min(16, total) - 4} of {total}")


def test_every_key_of_a_keyboard_and_of_a_clicker(server, browser):
    with wall(browser, f"{server}{START}", 1280, 720) as page:
        _, total = place(page)
        moves = [
            *(("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("Enter", 5), ("ArrowDown", 6)),
            *(("ArrowLeft", 5), ("PageUp", 4), ("Backspace", 3), ("ArrowUp", 2), ("End", total)),
            *(("ArrowRight", total), ("Home", 1), ("ArrowLeft", 1), ("7", 7)),
        ]
        for key, number in moves:
            page.keyboard.press(key)
            expect(page.locator(".count")).to_have_text(f"{number} of {total}")
        page.wait_for_timeout(1_000)  # two digits of one number come sooner
        page.keyboard.press("1")
        page.keyboard.press("1")
        expect(page.locator(".count")).to_have_text(f"11 of {total}")
        # A button that has the focus does its own work, not the key's as well.
        page.get_by_role("button", name="Item before").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".count")).to_have_text(f"10 of {total}")


def test_reload_keeps_the_place_and_back_leaves_in_one_press(server, browser):
    with wall(browser, f"{server}{START}", 1280, 720) as page:
        page.goto(f"{server}/?as_at=2004-07-12")
        way_in = page.get_by_role("link", name="Meeting mode")
        settled(page)  # by then the address is spelled out
        before = page.url
        way_in.click()
        expect(page.locator(".count")).to_have_text(re.compile("^1 of "))
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".count")).to_have_text(re.compile("^5 of "))
        page.wait_for_timeout(1_500)  # the server has been told
        page.reload()
        expect(page.locator(".count")).to_have_text(re.compile("^5 of "))
        page.go_back()
        page.wait_for_url(before)
        expect(page.get_by_role("link", name="Meeting mode")).to_be_visible()


def test_escape_leaves_to_the_tasking_page_of_the_same_meeting(server, browser):
    with wall(browser, f"{server}{START}&item=objectives", 1280, 720) as page:
        expect(page.locator(".part")).to_have_text("4 · Objectives of the plan")
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile(r"/\?as_at=2004-07-12"))
        assert "item=" not in page.url
        expect(page.get_by_role("link", name="Meeting mode")).to_be_visible()


def test_the_meeting_ends_in_a_decision_without_a_mouse(server, browser):
    with wall(browser, f"{server}{START}", 1280, 720) as page:
        # The bar of the page below is neither seen, also while the server answers, nor tabbed to.
        expect(page.get_by_test_id("stHeader")).to_be_hidden()
        page.keyboard.press("End")
        page.keyboard.press("d")  # of several matters the first is marked
        first = page.locator(".item:visible .decide a").first
        expect(first).to_be_focused()
        words = first.inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("decisions"))
        expect(page.get_by_test_id("stMain")).to_contain_text("Decide at the meeting of")
        expect(page.get_by_test_id("stMain")).to_contain_text(words.split(" in ")[0])
        page.get_by_role("link", name="Back to the wall").click()
        expect(page.locator(".part")).to_have_text("6 · Decide")
        # What the key does is said, and nothing where there is nothing that it opens.
        expect(page.locator(".decides")).to_have_text(" · D choose, Enter decide")
        page.keyboard.press("d")
        page.keyboard.press("d")  # the next of them
        expect(page.locator(".item:visible .decide a").nth(1)).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".part")).to_have_text("5 · Is the data fit?")
        expect(page.locator(".decides")).to_be_empty()
        page.keyboard.press("3")  # one alert, one matter
        expect(page.locator(".decides")).to_have_text(" · D decide")


def test_an_item_that_is_not_on_the_agenda_is_said(server, browser):
    with wall(browser, f"{server}{START}&item=nonsense", 1280, 720) as page:
        assert place(page)[0] == 1
        expect(page.locator(".unknown")).to_contain_text("no item “nonsense”")


def test_an_agenda_or_a_key_that_is_not_known_is_said(server, browser):
    with wall(browser, f"{server}{START}&agenda=foo&itme=end", 1280, 720) as page:
        assert place(page)[0] == 1
        for words in ("agenda foo", "tasking is shown", "says itme"):
            expect(page.locator(".unknown")).to_contain_text(words)


def test_the_script_and_the_style_are_files_of_the_app(server, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}{START}")
    expect(page.locator(".count")).to_be_visible()
    for name in ("wall.js", "wall.css"):
        assert any(url.startswith(server) and name in url for url in asked), name
    assert [url for url in asked if not url.startswith((server, "data:"))] == [
        url for url in asked if url.startswith("ws://127.0.0.1")
    ]
    context.close()


# The background behind the item's picture, and its marks that either scheme paints its own way.
PAINTED = """() => {
  const root = [...document.querySelectorAll('*')]
    .find((e) => e.shadowRoot?.querySelector('.wall')).shadowRoot;
  const marks = root.querySelectorAll('.item:not([hidden]) svg [fill^="light-dark"]');
  const fills = [...marks].map((e) => getComputedStyle(e).fill);
  return { behind: getComputedStyle(root.querySelector('.wall')).backgroundColor, fills };
}"""


def test_a_change_of_light_keeps_one_item_a_key_and_turns_the_pictures(server, browser):
    # The evening's, say: Streamlit calls the script again and ends no earlier call.
    with wall(browser, f"{server}{START}", 1280, 720, color_scheme="light") as page:
        _, total = place(page)
        painted = [page.evaluate(PAINTED)]
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            turned = f"was => ({PAINTED})().fills.join() !== was.join()"
            page.wait_for_function(turned, arg=painted[-1]["fills"], timeout=20_000)
            page.keyboard.press("Home")
            page.keyboard.press("ArrowRight")
            expect(page.locator(".count")).to_have_text(f"2 of {total}")
            page.keyboard.press("ArrowLeft")
            painted.append(page.evaluate(PAINTED))
        light, dark, again = painted
        assert light["fills"] and light["behind"] != dark["behind"]
        assert again == light
