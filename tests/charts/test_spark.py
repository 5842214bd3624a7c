"""A sparkline: what is drawn, where it breaks, and that its words are escaped."""

import xml.etree.ElementTree as ET

from dashboard.charts import spark, theme

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values, **options):
    return ET.fromstring(spark.svg(values, label="words", **options))


def test_a_missing_value_breaks_the_line():
    lines = drawn([1, 2, None, 3, 4]).findall(f"{SVG}polyline")
    assert [len(line.get("points").split()) for line in lines] == [2, 2]


def test_the_last_point_stands_out_only_when_told():
    assert drawn([1, 2]).find(f"{SVG}circle").get("class") == "dot"
    assert drawn([1, 9], stands_out=True).find(f"{SVG}circle").get("class") == "dot out"


def test_no_dot_where_the_last_value_is_missing():
    assert drawn([1, 2, None]).find(f"{SVG}circle") is None


def test_nothing_is_drawn_without_values():
    assert spark.svg([], label="x") == spark.svg([None, None], label="x") == ""


def test_band_and_mean_lie_inside_the_picture():
    image = drawn([3, 4, 5], expected=4, band=(0, 10), width=100, height=30)
    band, mean = image.find(f"{SVG}rect"), image.find(f"{SVG}line")
    assert float(band.get("y")) == spark.PAD
    assert spark.PAD < float(mean.get("y1")) < 30 - spark.PAD


def test_equal_values_are_a_level_line():
    points = drawn([7, 7, 7]).find(f"{SVG}polyline").get("points").split()
    assert len({point.split(",")[1] for point in points}) == 1


def test_words_are_escaped():
    assert "<script>" not in spark.svg([1], label='"><script>')


def test_it_carries_both_themes():
    drawing = spark.svg([1, 2], label="x")
    assert theme.LINE in drawing
    assert theme.DARK[theme.LINE] in drawing


def test_a_dark_spec_differs_in_colours_only():
    spec = {
        "mark": {"color": theme.LINE},
        "layer": [{"color": theme.BAND}],
        "height": 3,
    }
    assert theme.on_dark(spec) == {
        "mark": {"color": theme.DARK[theme.LINE]},
        "layer": [{"color": theme.DARK[theme.BAND]}],
        "height": 3,
    }


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_what_carries_meaning_has_contrast_of_three_to_one():
    for colour in (
        theme.INK,
        theme.QUIET,
        theme.LINE,
        theme.FOCUS,
        theme.TARGET,
        theme.OTHER,
    ):
        assert contrast(colour, "#FFFFFF") >= 3, colour
        assert contrast(theme.DARK[colour], "#0E1117") >= 3, colour
