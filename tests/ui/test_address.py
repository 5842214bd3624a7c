"""The address: what a page does not know is said, and a run is one entry of the history."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dashboard.reports.trends import asking
from dashboard.ui.kit import address, wall
from tests.screens import screen

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "meeting")
# The calls that read the address or write it, and which of their arguments is the key.
SEVERAL = {"asking.KEYS": asking.KEYS, "wall.KEYS": wall.KEYS}  # declared as one
PLACE = {"state": 0, "put": 0, "pick": 1, "query_params.get": 0}


def own(page: str) -> list[str]:
    """Keys that a page declares as its own."""
    tree = ast.parse((ROOT / "pages" / f"{page}.py").read_text("utf-8"))
    (call,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("ui.page", "ui.desk")
    )
    starred = {ast.unparse(item.value) for item in call.args if isinstance(item, ast.Starred)}
    keys = [item.value for item in call.args if isinstance(item, ast.Constant)]
    return [*keys, *(key for words in starred for key in SEVERAL[words])]


def read(page: str, folder: str) -> set[str]:
    """Keys that its source reads from the address or writes there."""
    files = [ROOT / "pages" / f"{page}.py", *(ROOT / "dashboard" / "ui" / folder).glob("*.py")]
    keys = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (place := _place(node)) is not None:
                keys |= _words(node.args[place])
    return keys


def _place(call: ast.Call) -> int | None:
    name = ast.unparse(call.func).removeprefix("st.").removeprefix("ui.").removeprefix("address.")
    place = PLACE.get(name)
    return None if place is None or len(call.args) <= place else place


def _words(node: ast.expr) -> set[str]:
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    return {first.value} if isinstance(first, ast.Constant) else set()


FOLDERS = {"ocu": "unit", "reports": "packs"}


@pytest.mark.parametrize("page", PAGES)
def test_every_key_that_a_page_reads_is_declared(page):
    known = {name.removesuffix(address.ANY) for name in (*own(page), *address.KEPT)}
    assert read(page, FOLDERS.get(page, page)) <= known


def said(page) -> str:
    bodies = (item.proto.body for item in page.get("html"))
    return " ".join(body for body in bodies if 'class="fault"' in body)


@pytest.fixture
def opened(sample_data):
    def run(page: str, **params: str):
        shown = screen(page, sample_data, **{"as_at": "2004-07-12", **params})
        shown.run()
        assert not shown.exception
        return shown

    return run


@pytest.mark.parametrize("page", ["ocu", "quality", "snapshots"])
def test_a_misspelt_key_is_said_with_the_one_that_is_meant(opened, page):
    words = said(opened(page, messure="homicides"))
    assert "The link says messure, which this page does not know; did it mean measure?" in words
    assert said(opened(page)) == ""


def test_what_nobody_sees_in_an_address_is_spelt_out(opened):
    words = said(opened("ocu", **{"unit": "SCD7", "view": "\ufeff", "unit\u200b": "SCD8"}))
    assert r"The link says unit\u200b, which this page does not know; did it mean unit?" in words
    assert r"view \ufeff" in words and not {"\u200b", "\ufeff"} & set(words)


def test_a_value_that_is_not_to_be_had_is_said_not_replaced_in_silence(opened):
    shown = opened("ocu", unit="SCD7", measure="comercial_robbery")
    assert shown.query_params["measure"] == "commercial_robbery"
    assert (
        "The link asks for measure comercial_robbery, which is not to be had here: "
        "commercial_robbery is shown." in said(shown)
    )


def test_a_family_of_keys_is_known_by_its_beginning(opened):
    assert said(opened("explore", p_unit="SCD7")) == ""
    assert "The link says q_unit" in said(opened("explore", q_unit="SCD7"))
