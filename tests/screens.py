"""A page as a test opens it, at an address on a data folder, and what a person reads on it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.snapshots import data_folder
from dashboard.ui.shell import frame

PAGES = Path(__file__).resolve().parents[1] / "pages"
NAMES = tuple(sorted(path.stem for path in PAGES.glob("*.py")))
SLOWEST = 300  # seconds: a page that opens the sample first, on a machine with other work
NO_WORDS = re.compile(r"(?s)<style.*?</style>|<[^>]+>")  # of what a browser is told


def stands_on(data: Path) -> None:
    """From now to the end of the test, pages read this folder, and look anew what is in it."""
    os.environ["DASHBOARD_DATA"] = str(data)
    frame.listed.clear()


def screen(name: str | Path, data: Path | None = None, **address: str) -> AppTest:
    """The page at an address, not run yet.

    name  a page of the program, or the file of a page that a test planted
    data  the folder it stands on; where None, the one that pages stood on before
    """
    stands_on(data or data_folder())
    file = name if isinstance(name, Path) else PAGES / f"{name}.py"
    page = AppTest.from_file(str(file), default_timeout=SLOWEST)
    for key, value in address.items():
        page.query_params[key] = value
    return page


def asked(page: AppTest, **address: str) -> str:
    """The words of a page that is run at an address; nothing may go wrong on it."""
    for key, value in address.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error
    return words(page)


def html(page: AppTest) -> str:
    """What the page itself wrote, without Streamlit's own elements."""
    return " ".join(element.proto.body for element in page.get("html"))


def words(page: AppTest) -> str:
    """What is read on a page, in its order: its own HTML, then Streamlit's texts."""
    texts = [item.value for kind in ("markdown", "warning", "error") for item in page.get(kind)]
    return re.sub(r"\s+", " ", NO_WORDS.sub(" ", " ".join([html(page), *texts])))
