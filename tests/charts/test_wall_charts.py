"""The wall's pictures: every word in them at least 42 pixels, places as shares of the picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pyarrow as pa
import pytest

from dashboard import reports, rows
from dashboard.charts import alert_line, alert_map, bullets
from dashboard.export.forms import wall_pictures
from dashboard.export.forms.pictures import chart_svg
from dashboard.reports.tasking import bar_rows
from dashboard.reports.tasking.agenda import agenda
from tests.charts import golden

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


@pytest.fixture(scope="module")
def items(request_):
    return {item.key: item for item in agenda(request_)}


BARS = rows.schema(bar_rows.Bar)


def sizes(drawing: str) -> list[float]:
    return [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)]


def test_every_picture_of_the_sample_has_words_of_42_pixels_or_none(request_, items):
    drawn = wall_pictures.drawn(request_, agenda)
    assert list(drawn) == [key for key, item in items.items() if item.pictures]
    counted = {key: [len(sizes(one)) for one in drawings] for key, drawings in drawn.items()}
    assert counted["alert-1"] == [3, 4] and counted["pressure"] == [0, 0]
    for drawings in drawn.values():
        for drawing in drawings:
            assert min(sizes(drawing), default=42) >= 42
            assert "NaN" not in drawing and "clip-path" not in drawing


def test_the_pictures_of_the_sample_are_those_that_were_looked_at(request_):
    """`PICTURES=new` keeps what is drawn now; then look at it before it is committed."""
    drawn = {
        f"{key}-{place}": golden.drawn(one)
        for key, drawings in wall_pictures.drawn(request_, agenda).items()
        for place, one in enumerate(drawings)
    }
    if golden.NEW:
        for name, picture in drawn.items():
            golden.keep(name, picture)
    assert set(drawn) == {path.stem for path in golden.FOLDER.glob("*.png")}
    apart = {name: golden.apart(picture, golden.kept(name)) for name, picture in drawn.items()}
    assert {name: by for name, by in apart.items() if by > golden.SHARE} == {}


def test_one_figure_that_changes_is_seen_in_its_picture(request_):
    drawing = wall_pictures.drawn(request_, agenda)["alert-1"][0]
    figure = re.search(r">(\d+)</text>", drawing)
    assert figure
    other = drawing.replace(figure[0], f">{int(figure[1]) + 1}</text>", 1)
    kept = golden.kept("alert-1-0")
    assert golden.apart(golden.drawn(drawing), kept) <= golden.SHARE
    assert golden.apart(golden.drawn(other), kept) > golden.SHARE


def test_the_words_of_the_line_stay_in_the_picture_and_apart():
    held = alert_line.data(line(now=1_312, low=1_005, high=1_299))
    beside = held["words"].to_pylist()[0]
    assert beside["words"] == "expected: 1,005 to 1,299"
    # a letter is 0.45 of its size wide, as fonts go
    assert beside["x"] + len(beside["words"]) * 42 * 0.45 / alert_line.WIDTH < 1
    close = alert_line.data(line(now=12, low=0, high=11))
    apart = close["now"].to_pylist()[0]["y"] - close["words"].to_pylist()[0]["y"]
    assert apart * alert_line.HEIGHT > (alert_line.LARGE + alert_line.WORDS) / 2 * 0.9


def test_where_no_range_is_known_there_is_no_band_and_the_figure_stays_in_the_picture():
    held = alert_line.data(line(now=1_312, low=None, high=None))
    assert [row["words"] for row in held["words"].to_pylist()] == ["May 2004", "11 July"]
    (now,) = held["now"].to_pylist()
    wide = len(now["words"]) * alert_line.LARGE * 0.5 + 30
    assert now["x"] + wide / alert_line.WIDTH < 1
    drawing = chart_svg(alert_line.spec(), held)
    assert "NaN" not in drawing
    band = re.search(r"role-mark layer_0_marks(.*?)role-mark", drawing, re.DOTALL)
    assert band and 'd="M' not in band.group(1)


def line(now: float, low: float | None, high: float | None):
    """Five fortnights, the third not known."""
    values = [low, high, None, low, now]
    return Window(
        [
            {
                "period_start": date(2004, 5, 3) + timedelta(days=14 * at),
                "n": value,
                **{"low": low, "high": high},
            }
            for at, value in enumerate(values)
        ]
    )


class Window:
    """Rows as a chart takes them."""

    def __init__(self, rows: list[dict], schema: pa.Schema | None = None):
        self.rows = pa.Table.from_pylist(rows, schema)


def test_a_fortnight_that_is_not_known_breaks_the_line():
    rows = alert_line.data(line(now=9, low=1, high=5))["rows"].to_pylist()
    assert [row["y"] is None for row in rows] == [False, False, True, False, False]
    path = re.search(r'role-mark layer_2_marks.*?d="([^"]+)"', drawn_line(), re.DOTALL)
    assert path and path.group(1).count("M") == 2


def drawn_line() -> str:
    return chart_svg(alert_line.spec(), alert_line.data(line(now=9, low=1, high=5)))


def test_bars_are_shares_of_their_own_row_and_what_is_missing_is_not_drawn():
    blank = dict.fromkeys(BARS.names)
    rows = [
        blank | {"tone": "bad", "bar": 5.0, "low": 6.0, "high": 8.0, "mark": 10.0, "end": 10.0},
        blank | {"tone": "quiet", "bar": 0.2, "end": 0.4},
    ]
    data = bullets.data(Window(rows, BARS))["rows"].to_pylist()
    assert [row["bar"] for row in data] == [0.5, 0.5]
    assert (data[0]["low"], data[0]["high"]) == (0.6, 0.8)
    assert data[0]["mark_end"] == 1.0  # a mark at the end of the track is drawn whole
    assert data[1]["low"] is None and data[1]["mark"] is None
    drawing = chart_svg(bullets.spec(2), {"rows": bullets.data(Window(rows, BARS))["rows"]})
    layers = [part.count('d="M') for part in drawing.split("role-mark")[1:]]
    assert layers[:3] == [2, 1, 2]  # tracks, one band, bars


def test_the_map_names_the_light_tiles_only_where_there_are_any():
    def tile(state: str) -> dict:
        said = {"name": "X", "figure": "3", "state": state, "mark": "", "kind": None}
        return said | {"grid_x": 1, "grid_y": 1}

    for state, named in (("raised", 1), ("counted", 0), ("alert", 0), ("quiet", 0)):
        assert alert_map.data(Window([tile(state)]))["key"].num_rows == named


def test_tiles_of_two_kinds_are_painted_apart_and_numbered():
    names = ("name", "figure", "state", "mark", "kind", "grid_x", "grid_y")
    tiles = [
        dict(zip(names, ("X", f"A{at}", "alert", str(at), at, at, 1), strict=True))
        for at in (1, 2, len(alert_map.KINDS) + 1)
    ]
    drawing = chart_svg(alert_map.spec(), alert_map.data(Window(tiles)))
    painted = [drawing.count(f'fill="{paint}"') for paint in alert_map.KINDS]
    assert painted == [1, 1, 1]
    said = re.findall(r"<text[^>]*>([^<]+)</text>", drawing)
    assert sorted(said) == sorted(row[name] for row in tiles for name in ("figure", "mark"))


def test_each_colour_that_a_dark_page_has_otherwise_is_drawn_as_both(request_):
    drawing = wall_pictures.drawn(request_, agenda)["alert-1"][1]
    both = wall_pictures.on_both(drawing)
    assert "#12436D" in drawing
    assert both.count("light-dark(#12436D,#6BACE6)") == drawing.count("#12436D")
    assert both.count("#12436D") == drawing.count("#12436D")


def test_a_bar_by_itself_is_that_of_the_chart():
    row = {"tone": "bad", "bar": 20.0, "low": 30.0, "high": 60.0, "mark": 50.0, "end": 100.0}
    (placed,) = bullets.data(Window([row], BARS))["rows"].to_pylist()
    drawn = ET.fromstring(bullets.svg(row, 'said "so"'))
    boxes = {box.get("class"): box for box in drawn.findall(f"{SVG}rect")}
    wide, tall = bullets.SIZE
    assert float(boxes["bad"].get("width")) == pytest.approx(wide * placed["bar"])
    assert float(boxes["band bad"].get("x")) == pytest.approx(wide * placed["low"])
    assert float(boxes["mark"].get("x")) == pytest.approx(wide * placed["mark"])
    assert float(boxes["track"].get("height")) == pytest.approx(tall * 0.6)
    unknown = ET.fromstring(bullets.svg(row | {"bar": None, "low": None, "high": None}, "x"))
    assert [box.get("class") for box in unknown.findall(f"{SVG}rect")] == ["track", "mark"]
