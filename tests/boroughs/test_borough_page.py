"""The boroughs' page on a few rows: real links, words beside each sign, what it says instead."""

import re

import pytest

from dashboard import rows
from dashboard.charts.borough_tiles import Tile
from dashboard.reports.boroughs import london
from dashboard.reports.request import seen
from dashboard.ui.boroughs import cells, tile_map
from tests.screens import screen

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"
CAMDEN = "E09000007"
TILES = rows.schema(london.Tile)


@pytest.fixture
def page(folder):
    """A year and three months of robberies, ten a month, half of them in Camden."""
    months = [(2003, month) for month in range(1, 13)] + [(2004, month) for month in (1, 2, 3)]
    rows = [
        f"R{year}{month:02d}{day:02d},{year}-{month:02d}-{day:02d},robbery_business,"
        f"{'Camden' if day % 2 == 0 else 'Brent'},SCD7,SCD7(5),firearm,2004-04-01\n"
        for year, month in months
        for day in range(1, 29, 3)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-04-01")
    folder.publish("2004-04-05")
    return screen("boroughs", folder.data)


def bodies(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def asked(page, **params: str) -> str:
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error and not page.warning
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bodies(page)))


def test_the_map_is_33_tiles_of_which_32_are_links_and_a_table_says_them(page):
    said = asked(page)
    tiles = re.findall(r"<a [^>]*class=\"tile[^>]*>", bodies(page))
    inside = [item for item in tiles if "aside" not in item]
    assert len(inside) == 32
    assert all("boroughs?" in item and "as_at=2004-04-05" in item for item in tiles)
    assert all("aria-label=" in item for item in tiles)
    assert "not policed by MPS" in said
    assert re.search(r"32 boroughs \d+ \+ .* = \d+, all that SCD7 investigated\.", said)
    hidden = re.search(r"<div class=\"unseen\">.*?</table>", bodies(page), re.S)
    assert hidden and hidden[0].count("<tr") == 1 + 32 + 1 + 2  # head, boroughs, City, the rest


def test_the_address_holds_the_whole_state(page):
    asked(page, measure="gun_crime", against="history", span="planning", borough="all")
    kept = {key: page.query_params[key] for key in ("measure", "against", "span", "borough")}
    assert kept == {
        "measure": "gun_crime",
        "against": "history",
        "span": "planning",
        "borough": "all",
    }
    links = re.findall(r"href=\"([^\"]*borough=E09000007[^\"]*)\"", bodies(page))
    assert links and all("against=history" in item and "span=planning" in item for item in links)


def test_what_the_page_does_not_know_falls_back(page):
    asked(page, measure="nonsense", against="ranks", span="decade", unit="SCD99", month="never")
    kept = {key: page.query_params[key] for key in ("measure", "against", "span", "unit", "month")}
    assert kept == {
        "measure": "commercial_robbery",
        "against": "residents",
        "span": "twelve",
        "unit": "MPS",
        "month": "latest",
    }


@pytest.mark.parametrize("params", [{}, {"borough": CAMDEN}, {"unit": "SCD7", "month": "2004-01"}])
def test_a_page_asks_six_queries_at_most(page, params):
    seen.shared.cache_clear()
    asked(page, **params)
    assert 0 < seen.shared.cache_info().misses <= 6


def test_one_borough_says_its_share_and_leads_to_the_units(page):
    said = asked(page, borough=CAMDEN)
    assert "Camden" in said and "207,341 residents in 2004 (ONS MYE)" in said
    assert "SCD7 investigated" in said and "gun-enabled crimes in Camden, 100.0 %" in said
    assert "Resident population misleads in Camden" in said
    links = re.findall(r"href=\"(ocu\?[^\"]*)\"", bodies(page))
    assert any("measure=commercial_robbery" in item and CAMDEN in item for item in links)


def test_the_briefing_is_the_same_rows_on_one_sheet(page):
    said = asked(page, borough=CAMDEN, view="briefing")
    assert "Briefing, as at 5 April 2004." in said and "Briefing: Camden" not in said
    assert 'class="briefing"' in bodies(page)
    assert not page.selectbox or all(box.label in ("As at", "Look as") for box in page.selectbox)


def test_an_unknown_borough_and_the_city_say_so(page):
    for code in ("E09000099", "E09000001"):
        said = asked(page, borough=code)
        assert "The borough of this link is not known" in said and "All boroughs" in said


def test_workday_population_says_that_it_is_not_loaded(page):
    said = asked(page, against="workday")
    assert "Workday population of 2004 is not loaded." in said
    assert "Choose another basis or span above." in said


def test_in_the_strip_what_stands_out_is_a_link_in_figures_and_the_rest_on_asking(page):
    for cells_asked in ("flagged", "all"):
        asked(page, cells=cells_asked)
        strip = re.search(r'<div class="mx.*', bodies(page), re.S)
        assert strip
        cell = re.compile(r'<span class="ht ([a-z ]+)"(.*?)</span></td>|<td[^>]*>(\[x\])</td>')
        found = [item for item in cell.findall(strip[0]) if item[0]]
        assert found and len(found) % 32 == 0
        out = [inside for look, inside, _ in found if look not in ("usual", "unjudged")]
        within = [inside for look, inside, _ in found if look == "usual"]
        assert out and within
        assert all("<a " in inside and re.search(r"\d", inside.split("<br>")[-1]) for inside in out)
        assert not any("<a " in inside for inside in within)
        drawn = [re.sub(r"^[^>]*>(<data[^>]*>)?", "", inside)[0].isdigit() for inside in within]
        assert set(drawn) == {cells_asked == "all"}
        assert all(re.search(r'title="[^"]+ in [^"]+: \d', inside) for inside in within)


def test_the_colour_of_a_standing_is_that_of_its_tone():
    assert cells.looks("above_998", "lower") == "far worse"
    assert cells.looks("above_998", "higher") == "far better"
    assert cells.looks("above_998", "neutral") == "far"
    assert {cells.looks(value, "lower") for value in ("above_95", "below_95")} == {"outside"}
    assert cells.looks("within") != cells.looks("")


def test_a_status_is_shape_and_words_and_its_tone_what_is_better():
    for value, (shape, words) in cells.STATUS.items():
        body = cells.status(value, "lower")
        assert shape in body and words in body
    assert 'class="st bad"' in cells.status("above_998", "lower")
    assert 'class="st good"' in cells.status("above_998", "higher")
    assert 'class="st plain"' in cells.status("above_998", "neutral")


def test_a_name_from_the_catalogue_cannot_break_out_of_its_tile():
    row = dict.fromkeys(TILES.names, "") | {"name": '"><script>x</script>', "misleading": False}
    row |= {"kind": "borough", "grid_x": 1, "code": "E1", "short": "<b>"}
    drawn = tile_map.tile_of(Tile(row, 1, 1, ""), "lower", {})
    assert "<script>" not in drawn and "<b><b>" not in drawn
