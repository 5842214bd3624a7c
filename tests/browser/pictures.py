"""Takes the handbook's pictures from the sample: `python -m tests.browser.pictures [DATA]`.

Each is a page as a Chromium shows it, in few colours, so that it stays small.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.benchmarks.bench import load_sample
from tests.browser import chromium
from tests.browser.server import running
from tests.browser.test_meeting import settled

HANDBOOK = Path(__file__).resolve().parents[2] / ".docs" / "handbook"
MOST_BYTES = 150_000
COLOURS = 96
PATIENCE_MS = 60_000
AT = "as_at=2004-07-12"
# Name of the file → address of the page.
PLACES = {
    "tour-tasking.png": f"?{AT}",
    "tour-ocu.png": f"ocu?{AT}&unit=SCD7&measure=commercial_robbery",
    "tour-overtime.png": f"overtime?{AT}",
    "tour-wall.png": f"meeting?{AT}",
}


def named() -> set[str]:
    """The pictures that the handbook shows."""
    texts = (path.read_text("utf-8") for path in HANDBOOK.glob("*.md"))
    return {name for text in texts for name in re.findall(r"^!\[[^\]]+\]\(([^)]+)\)$", text, re.M)}


def taken(browser: Browser, address: str) -> bytes:
    """A page at 1280 × 720 as a PNG of few colours."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme="light")
    page = context.new_page()
    page.goto(address)
    settled(page)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    expect.set_options(timeout=PATIENCE_MS)  # a page's first opening may reckon for long
    with tempfile.TemporaryDirectory() as folder:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "data"
        if len(sys.argv) == 1:
            load_sample(data)
        with running(data) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
            )
            for name, place in PLACES.items():
                content = taken(browser, f"{address}/{place}")
                (HANDBOOK / name).write_bytes(content)
                print(f"{name}: {len(content):,} bytes")
            browser.close()


if __name__ == "__main__":
    main()
