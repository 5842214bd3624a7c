"""Pictures read back: words and numbers of the SVG, the PDF's text, the PNG's size and data."""

import re
import struct
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pyarrow as pa
import pypdf
import pytest

from dashboard.charts import bars, theme
from dashboard.errors import ContentError
from dashboard.export.forms import pictures, typeface

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    {"label": "Knife or sharp implement", "n": 997, "before": 988},
    {"label": "Firearm & <other>", "n": 310, "before": 319},
]


@pytest.fixture
def mix(disclosed):
    rows = [
        row | {"said": f"{row['n']:.0f}", "before_said": f"{row['before']:.0f}"} for row in ROWS
    ]
    return disclosed(rows, title="Weapon: knife in 33 % <now> & before")


@pytest.fixture
def document(mix, produced):
    return pictures.svg(bars.spec(2), bars.data(mix), mix, produced)


def words(document: str) -> list[str]:
    return [
        "".join(item.itertext()) for item in ElementTree.fromstring(document).iter(f"{SVG}text")
    ]


def test_every_figure_and_label_is_in_the_picture(document, mix):
    said = words(document)
    for row in mix.rows.to_pylist():
        assert row["label"] in said  # whole, not cut
        assert row["said"] in said


def test_bars_are_as_long_as_their_numbers(document):
    """Lengths of the two bars are to each other as 997 to 310."""
    drawn = re.findall(r'aria-roledescription="bar"[^>]*d="M[\d.]+,[\d.]+h([\d.]+)v', document)
    long, short = (float(length) for length in drawn)
    assert short / long == pytest.approx(310 / 997, rel=1e-3)


def test_marking_title_and_stamp_are_inside(document, mix):
    said = words(document)
    assert said.count("RESTRICTED · SAMPLE DATA") == 2
    assert mix.title in said
    assert any("snapshot 8772eacc1fda" in line for line in said)
    assert any("hollow: provisional [p]" in line for line in said)


def test_a_screen_reader_has_title_and_description(document, mix):
    root = ElementTree.fromstring(document)
    assert root.findtext(f"{SVG}title") == mix.title
    assert "Number per month, SCD7" in root.findtext(f"{SVG}desc")


def test_the_pdf_has_the_same_words_in_the_bundled_font(document, mix):
    page = pypdf.PdfReader(BytesIO(pictures.pdf(document))).pages[0]
    text = re.sub(r"\s+", " ", page.extract_text())
    for item in (mix.title, "997", "310", "RESTRICTED · SAMPLE DATA", "8772eacc1fda"):
        assert item in text
    fonts = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2] for name in fonts} == {
        *("SourceSansPro-Regular", "SourceSansPro-Bold")
    }


def test_the_png_is_twice_the_size_and_says_what_it_is(document, mix):
    content = pictures.png(document, mix)
    root = ElementTree.fromstring(document)
    assert struct.unpack(">II", content[16:24]) == tuple(
        2 * int(root.get(side)) for side in ("width", "height")
    )
    assert mix.title.encode() in content and "RESTRICTED · SAMPLE DATA".encode() in content


def test_a_spec_that_fits_its_container_gets_a_width_and_its_rows():
    table = pa.table({"on": [date(2004, 7, 12)], "value": [float("nan")], "note": ["a\x00b"]})
    spec = {"width": "container", "vconcat": [{"width": "container"}, {"width": 20}]}
    found = pictures.whole_spec(spec, {"rows": table}, 500)
    assert (found["width"], [part["width"] for part in found["vconcat"]]) == (500, [500, 20])
    # 12 July 2004 in milliseconds, by hand: 12,611 days of 86,400,000
    assert found["datasets"] == {
        "rows": [{"on": 12_611 * 86_400_000, "value": None, "note": "a\ufffdb"}]
    }
    assert spec["width"] == "container"  # the screen's own is left alone


def test_a_spec_that_cannot_be_drawn_says_so(mix, produced):
    with pytest.raises(ContentError, match="could not be drawn as a picture"):
        pictures.svg({"mark": "no such mark"}, None, mix, produced)


def test_nothing_is_fetched(mix, produced):
    away = {"mark": "point", "data": {"url": "https://example.org/a.json"}}
    with pytest.raises(ContentError):
        pictures.svg(away, None, mix, produced)


def test_the_font_is_here_with_its_licence_and_charts_ask_for_it():
    names = sorted(path.name for path in typeface.FOLDER.iterdir())
    assert names == ["LICENSE.md", "SourceSansPro-Bold.ttf", "SourceSansPro-Regular.ttf"]
    assert "SIL Open Font License" in (typeface.FOLDER / "LICENSE.md").read_text("utf-8")
    assert sum(path.stat().st_size for path in typeface.FOLDER.iterdir()) < 1_500_000
    assert theme.FONT.split(",")[0] == typeface.FAMILY
