"""Every figure that pages, packs and commands print of a snapshot, with what it is of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pyarrow as pa

from dashboard import queries, reports
from dashboard.reports.alerts import alert_list
from dashboard.reports.packs import contents
from dashboard.words.figures import FIGURE_OF, what
from tests.screens import screen

ROOT = Path(__file__).resolve().parents[2]
DATA = re.compile(r'<data value="([^"]*)" data-figure="([^"]*)">(.*?)</data>', re.DOTALL)
HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
FIGURE = re.compile(r'data-figure="([^"]*)"')
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
HEAD = re.compile(r'<th[^>]*?(?:aria-label="([^"]*)")?[^>]*>(.*?)</th>', re.DOTALL)
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
# A cell that is nothing but a figure: '68', '23 %', '£194,737', '33 of 146'.
NO_CASES = "0 of 0"  # a rate of no cases has parts and no value
BARE = re.compile(r"[−+]?£?\d[\d,.]*(k| %)?( of £?\d[\d,.]*)?( \[p\])?")
# What statisticians call things: under Why? and in workbooks, never on a page or in print.
NAMES_OF_STATISTICS = re.compile(
    r"XmR|P′|U′|φ|τ²|Byar|Wilson|Brier|binomial|verdispers|\b[pq] value|\b[pq] [<=]|moving range"
)
ACCOUNT = "How this came to be"  # what Why? opens
NUMBER = re.compile(r"[−+]?£?\d(?:[\d,]*\d)?(?:\.\d+)?(?: %)?")
# Columns of a report that hold what a figure's column of the same name says.
OF_ROWS = ("value", "numerator", "denominator", "now", "expected", "seen", "cases")
OF_ROWS += ("n", "spent_gbp", "profiled_gbp")
BESIDE = {
    "before": ("before",),
    "london": ("london",),
    "latest": ("latest", "latest_numerator", "latest_denominator"),
    "last": ("last",),
    "then": ("then",),
}


class Seen(NamedTuple):
    """A figure as it was printed or handed out: where, what of which figure, its value, words."""

    where: str
    of: str
    what: str
    value: float
    words: str


def bodies(page: str, data: Path, **params: str) -> list[str]:
    """The HTML of a page, block by block."""
    shown = screen(page, data, **params)
    shown.run()
    assert not shown.exception, (page, params)
    return [item.proto.body for item in shown.get("html")]


def on_page(where: str, html: Iterable[str]) -> Iterator[Seen]:
    """The figures of a page's HTML."""
    for body in html:
        for value, of, words in DATA.findall(body):
            figure, _, part = unescape(of).rpartition(";what=")
            yield Seen(where, figure, part, float(value), unescape(TAG.sub("", words)).strip())


def without(html: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(head of the column, cell) of cells that are nothing but a figure and don't say of what."""
    for table in (item for body in html for item in TABLE.findall(body)):
        heads = [unescape(said or TAG.sub("", shown)) for said, shown in HEAD.findall(table)]
        for line in ROW.findall(table):
            for head, cell in zip(heads, CELL.findall(line), strict=False):
                words = unescape(TAG.sub(" ", cell)).strip()
                if "data-figure" not in cell and words != NO_CASES and BARE.fullmatch(words):
                    yield head, words


def of_rows(where: str, rows: pa.Table) -> Iterator[Seen]:
    """The figures of a result's rows."""
    columns = {FIGURE_OF: OF_ROWS} | {f"{name}_{FIGURE_OF}": of for name, of in BESIDE.items()}
    held = {name: of for name, of in columns.items() if name in rows.column_names}
    for row in rows.to_pylist() if held else []:
        for of, names in held.items():
            for name in names:
                if row.get(of) and type(row.get(name)) in (int, float):
                    yield Seen(where, row[of], what(name), float(row[name]), "")


def in_pack(request: reports.Request, name: str, **of: str) -> Iterator[Seen]:
    """The figures of a pack's parts."""
    for part in contents.pack(request, name, **of).parts:
        yield from of_rows(f"pack {name} {' '.join(of.values())}, {part.name}", part.shown.rows)


def printed(request: reports.Request) -> Iterator[Seen]:
    """The figures of `alerts --json`."""
    rows: list[dict[str, Any]] = alert_list.as_rows(alert_list.alert_list(request))
    return of_rows("alerts --json", pa.Table.from_pylist(rows))


def by_figure(seen: Iterable[Seen]) -> dict[tuple[str, str], list[Seen]]:
    """Those that are the same figure, together. A count's numerator is its figure."""
    measures = queries.measures()
    found = defaultdict(list)
    for item in seen:
        measure = item.of.split(";")[0].removeprefix("measure=")
        count = item.what == "numerator" and not measures[measure].is_rate
        found[item.of, "value" if count else item.what].append(item)
    return dict(found)


def differing(group: list[Seen]) -> bool:
    """Whether one figure has two values; money is told to the pound."""
    measure = queries.measures()[group[0].of.split(";")[0].removeprefix("measure=")]
    money = measure.unit == "gbp" or (measure.parts == "gbp" and group[0].what != "value")
    values = [round(item.value) if money else item.value for item in group]
    return max(values) - min(values) > 1e-9 * max(1.0, *map(abs, values))


def wordings(group: list[Seen]) -> set[str]:
    """How it is written; thousands of pounds, where there is little room, are left out."""
    return {number(item.words) for item in group if item.words and not item.words.endswith("k")}


def number(words: str) -> str:
    """The figure that printed words begin with; '' where there is none."""
    match = NUMBER.search(words)
    return match[0] if match else ""


def named_statistics(html: Iterable[str]) -> list[str]:
    """The names of statistics in a page's HTML, but for what Why? opens."""
    said = (unescape(TAG.sub(" ", body)) for body in html if ACCOUNT not in body)
    return [found for text in said for found in NAMES_OF_STATISTICS.findall(text)]


def followed(html: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """(address, what its figures are of) of each row that has both, by its first link."""
    for line in (row for body in html for row in ROW.findall(body)):
        links, of = HREF.findall(line), FIGURE.findall(line)
        if links and of:
            yield unescape(links[0]), frozenset(map(unescape, of))


OTHER_WAYS = re.compile(r"^(?:[a-z]+:|/|files/)")  # away from the pages, or a file
REMARK = re.compile(r'<p class="fault"[^>]*>([^<]*(?:asks for|does not know)[^<]*)</p>')


def ways(html: Iterable[str]) -> dict[str, frozenset[str]]:
    """Every link of a page to a page, with what the figure that it stands on is of: of its row, of
    its cell where that has one; nothing where it stands on none."""
    found: dict[str, frozenset[str]] = {}
    for body in html:
        on_rows = dict(followed([body]))
        for href in map(unescape, HREF.findall(body)):
            if not OTHER_WAYS.match(href):
                found[href] = found.get(href, frozenset()) | on_rows.get(href, frozenset())
    return found


def opened(address: str, data: Path) -> list[str]:
    """The HTML of the page that a link opens."""
    parts = urlsplit(address)
    page = parts.path.removeprefix("./") or "tasking"
    return bodies(page, data, **dict(parse_qsl(parts.query)))
