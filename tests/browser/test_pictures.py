"""The handbook's pictures: each can be taken anew, and is a page that was drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.browser import pictures


@pytest.mark.few(1)
@pytest.mark.parametrize("name", sorted(pictures.PLACES))
def test_a_picture_is_taken_anew(name, server, browser):
    content = pictures.taken(browser, f"{server}/{pictures.PLACES[name]}")
    assert len(content) <= pictures.MOST_BYTES
    drawn = Image.open(io.BytesIO(content)).convert("RGB")
    shares = sorted(count for count, _ in drawn.getcolors(1 << 20) or [])
    assert drawn.size == (1280, 720) and shares[-1] < 0.95 * 1280 * 720  # no empty page
