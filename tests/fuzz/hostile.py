"""Hostile inputs by a seed: cells, files of every kind, addresses of every page, statements."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Sequence
from random import Random

from dashboard import catalogue as catalogues
from dashboard import ingest
from dashboard.catalogue import Catalogue
from dashboard.cli import kinds
from dashboard.snapshots.statements import FUNCTIONS

CELLS = (
    "", " ", "\t", "\0", "\x1b[2J\x1b]0;x\x07", "\r", "\u202ecod.exe", "\u200b", "\ufeff", "\ufffd",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</data><b>7</b>", "&lt;b&gt;",
    "[here](http://evil.example)", "javascript:alert(1)", "$\\int$", "{{7*7}}", ":red[x]",
    "=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
    "'; drop table crimes; --", "\" or 1=1 --", "../../../../etc/passwd", "/etc/passwd",
    "file:///etc/passwd", "C:\\windows\\system32", "..\\..\\x", "%00", "%2e%2e%2f", "~root",
    "2004-02-30", "0000-00-00", "9999-12-31", "1582-10-10", "31/12/2003", "2004-07-12T25:61",
    "2004-13", "-1", "-0", "1e309", "1e-320", "NaN", "nan", "inf", "-Infinity", "0x10", "1_000",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 400, "1,000",
    "1.000.000", "½", "٣", "１２", "一", "é\u0301" * 50, "x" * 70_000, "null", "None", "true",
    "TRUE", "yes", "no", "SCD7", "scd7 ", "All", "MPS", "E09000007", "camden", "CAMDEN\u00a0",
    "commercial_robbery", "crimes", "2004-04-05", "2004-07-12", "\ud800", "\U0010ffff", "\u2028",
    "\u2029", "a\nb", "a\r\nb", "a,b", 'a"b', "'", '"', ";", "|", "\\", "%s%n", "${HOME}", "`id`",
)  # fmt: skip
KEYS = (
    "as_at", "snapshot", "unit", "borough", "measure", "against", "span", "month", "tab", "page",
    "by", "query", "q", "p_unit", "p_since", "p_measure", "p_limit", "decision", "part", "pack",
    "sort", "day", "field", "kind", "from", "until", "who", "text", "embed", "level", "offence",
)  # fmt: skip
LIVELY = {
    "as_at": ("2004-04-05", "2004-07-12"), "unit": ("SCD1", "SCD7", "SCD", "MPS"),
    "borough": ("E09000007", "E09000012"), "measure": ("commercial_robbery", "homicides"),
    "by": ("victim_sex",), "query": ("records", "mix", "equality_victims"), "page": ("1", "2"),
}  # fmt: skip
MARKS = ",;\t|"
WORDS = (
    "select", "from", "where", "with", "recursive", "as", "(", ")", ",", "*", "1", "'x'", "crimes",
    "observations", "x", "join", "union", "all", "lateral", "values", "group by", "order by", "||",
    "limit", "pivot", "unpivot", "qualify", "over", "into", "copy", "attach", "install", "pragma",
    "set", "call", "describe", "summarize", "export", "import", "create", "insert", "update",
    "delete", ";", "--", "/*", "*/", "$$", "'", '"', "::", "[", "]", "{", "}", "->", "#1", "?",
    "'/etc/passwd'", "'*.parquet'", "\"../facts/crimes.parquet\"", "read_csv", "read_text",
    "read_parquet", "glob", "getenv", "query", "query_table", "duckdb_settings", "sqlite_scan",
    "parquet_scan", "information_schema.tables", "main.crimes", "memory.main.crimes", "pg_catalog",
    "current_setting", "getvariable", "columns", "exclude", "replace", "struct_pack",
    "list_transform",
    "x -> x", "range", "unnest", "repeat", "hash", "ocu", "unit_code", "period_start", "numerator",
    "\u200b", "\ufeff", "\u00a0", "\u202e", "\0", "\ud800", "0x", "1e400", "interval",
    "date '2004-07-12'",
)  # fmt: skip


def cell(chance: Random) -> str:
    """One of CELLS, several of them, or letters at random."""
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(CELLS)
    if kind < 0.85:
        return "".join(chance.choice(CELLS[:60]) for _ in range(chance.randint(2, 3)))
    return "".join(chr(chance.randrange(0x20, 0x3000)) for _ in range(chance.randint(1, 30)))


def kinds_of(own: Catalogue) -> list[str]:
    """All kinds that can be imported."""
    return [*ingest.KINDS, *ingest.count_kinds(own)]


def rows_of(kind: str, own: Catalogue) -> tuple[list[str], list[str]]:
    """Headings and a row of examples, from the contracts and formats themselves."""
    if kind in ingest.KINDS:
        columns = ingest.KINDS[kind].columns
        return [item.name for item in columns], [kinds.example_row(item, own) for item in columns]
    if kind not in own.formats:
        return ["date", "grain", "borough", "offence", "offences"], [
            "2004-06-01", "month", "Camden", "kidnap", "3"]  # fmt: skip
    reading = own.formats[kind].readings[0]
    heads = [names[0] if names else role for role, names in reading.columns.items()]
    return [*heads, "202401", "202402"], ["Camden" for _ in heads] + ["3", "4"]


def file(kind: str, own: Catalogue, chance: Random) -> tuple[str, bytes]:
    """A file's name and what is in it."""
    heads, example = rows_of(kind, own)
    heads = list(heads)
    rows = [list(example) for _ in range(chance.randint(0, 4))]
    for row in rows:
        for place in range(len(row)):
            if chance.random() < 0.3:
                row[place] = cell(chance)
    if chance.random() < 0.2 and heads:
        heads[chance.randrange(len(heads))] = cell(chance)
    if chance.random() < 0.1:
        heads.append(chance.choice(heads))
    stream = io.StringIO()
    if chance.random() < 0.1:
        stream.write(cell(chance) + "\n")
    mark = chance.choice(MARKS) if chance.random() < 0.3 else ","
    writer = csv.writer(stream, delimiter=mark, escapechar="\\")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(row if chance.random() < 0.9 else row[: chance.randint(0, len(row))])
    encoding = "utf-16" if chance.random() < 0.03 else "utf-8"
    return _wrapped(stream.getvalue().encode(encoding, "surrogatepass"), chance)


def _wrapped(content: bytes, chance: Random) -> tuple[str, bytes]:
    """As a CSV mostly; else packed, cut short, damaged or under another kind's name."""
    kind = chance.random()
    if kind < 0.06:
        packed = gzip.compress(content)
        return "x.csv.gz", packed if chance.random() < 0.5 else packed[: len(packed) // 2]
    if kind < 0.1:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(chance.choice(("x.csv", "../x.csv", "/tmp/x.csv", "a/x.zip")), content)
        return chance.choice(("x.zip", "x.xlsx", "x.csv")), stream.getvalue()
    if kind < 0.14:
        return chance.choice(("x.parquet", "x.xlsx", "x.csv.gz")), content
    if kind < 0.2:
        spoilt = bytearray(content or b"x")
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        return "x.csv", bytes(spoilt)
    if kind < 0.23:
        return chance.choice(("x.csv", "x.parquet")), chance.randbytes(chance.randint(0, 400))
    names = (
        "x.csv",
        "\u202ex.csv",
        "a b.csv",
        "-x.csv",
        "x;y.csv",
        "x'y.csv",
        "x*.csv",
        "x\ny.csv",
    )
    return chance.choice(names), content


def address(chance: Random) -> dict[str, str]:
    """What follows the '?' of a page."""
    keys = chance.sample(KEYS, chance.randint(1, 5))
    found = {
        key: chance.choice(LIVELY[key]) if key in LIVELY and chance.random() < 0.4 else cell(chance)
        for key in keys
    }
    if chance.random() < 0.1:
        found[cell(chance) or "x"] = cell(chance)
    # A browser writes no half of a character into an address.
    return {
        key.encode("utf-8", "replace").decode()[:2000]: value.encode("utf-8", "replace").decode()[
            :2000
        ]
        for key, value in found.items()
    }


def statement(chance: Random) -> str:
    """Something that might be SQL."""
    if chance.random() < 0.3:
        called = chance.choice(sorted(FUNCTIONS))
        given = ", ".join(
            chance.choice(("1", "'x'", "null", "ocu", "-1", "1e9", "[1]", f"{cell(chance)[:20]!r}"))
            for _ in range(chance.randint(0, 3))
        )
        return f"select {called}({given}) from crimes"
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, 25))]
    if chance.random() < 0.5:
        words = ["select", *words]
    if chance.random() < 0.1:
        words.insert(0, cell(chance))
    if chance.random() < 0.03:
        words = ["select", "(" * chance.randint(50, 3000), "1"]
    return (
        chance.choice((" ", "", "\n", "\t")).join(words)
        if chance.random() < 0.2
        else " ".join(words)
    )


def turns(pages: Sequence[str], chance: Random) -> Iterator[str]:
    """Which page is asked next: each of them again and again, in another order."""
    while True:
        yield from chance.sample(pages, len(pages))


def packaged() -> Catalogue:
    """The catalogue of the project, its directorate in force."""
    own = catalogues.load(catalogues.PACKAGED)
    catalogues.keep(own.directorate)
    return own
