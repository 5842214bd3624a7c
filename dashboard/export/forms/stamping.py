"""What every form of a result carries: marking, sample, as-at, filters, snapshot, query, by whom.

The same lines stand in every form, in the order that `lines` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa

from dashboard.access import Disclosed, Stamp
from dashboard.periods import day_words
from dashboard.words import figures
from dashboard.words.figures import FIGURE_OF
from dashboard.words.headings import SYMBOLS, heading

SAMPLE = "SAMPLE DATA"
LONGEST_NAME = 120  # letters of a file name: leaves room for a folder within Windows' 260
LONGEST_OWN = 240  # letters of a reader's own title or note
NOT_IN_NAMES = re.compile(r"[^\w.()-]+")
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
Line = tuple[str, str]  # its label, its words


@dataclass(frozen=True)
class Produced:
    """Who made a file, in the words of the role, and when (with its time zone)."""

    by: str
    at: datetime

    @property
    def words(self) -> str:
        """'local, not signed in, 13 July 2032 09:30 UTC'."""
        at = self.at.astimezone(UTC)
        return f"{self.by}, {day_words(at.date())} {at:%H:%M} UTC"


def marking(stamp: Stamp) -> str:
    """The protective marking in capitals, as it stands at top and bottom of every form."""
    return clean(stamp.marking).upper()


def banner(stamp: Stamp) -> str:
    """The marking, and SAMPLE DATA where it is one: 'RESTRICTED · SAMPLE DATA'."""
    return f"{marking(stamp)} · {SAMPLE}" if stamp.sample else marking(stamp)


def file_name(stamp: Stamp, name: str, ending: str) -> str:
    """A name that every system takes: marking, SAMPLE, name, as-at; cut in the name alone.

    >>> from datetime import date
    >>> stamp = Stamp(date(2031, 7, 14), "abc", True, "RESTRICTED", (), "0")
    >>> file_name(stamp, "commercial robbery: OCU7/8", "csv")
    'RESTRICTED_SAMPLE-DATA_commercial-robbery-OCU7-8_2031-07-14.csv'
    """
    sample = ["SAMPLE-DATA"] if stamp.sample else []
    # A long marking is cut too: it stands whole inside the file.
    start = "_".join([_plain(marking(stamp))[:50] or "UNMARKED", *sample])
    end = f"_{stamp.as_at.isoformat()}.{ending}"
    room = LONGEST_NAME - len(start) - len(end) - 1
    return f"{_harmless(start)}_{_plain(name)[:room].strip('-.') or 'table'}{end}"


def _plain(words: str) -> str:
    """Letters, digits, dots, brackets and hyphens; anything else is a hyphen."""
    return NOT_IN_NAMES.sub("-", words).replace("_", "-").strip("-.")


def _harmless(stem: str) -> str:
    """Windows takes 'con' and its like for a device, whatever follows the first dot."""
    return f"x{stem}" if DEVICES.fullmatch(stem.split("_")[0].strip()) else stem


def lines(disclosed: Disclosed, produced: Produced, symbols: tuple[str, ...] = ()) -> list[Line]:
    """The stamp line by line, each with its label; lines without words are left out.

    symbols  the marks that occur in the rows, as `Sheet.symbols` lists them
    """
    stamp = disclosed.stamp
    said = [
        ("Marking", marking(stamp)),
        ("", SAMPLE if stamp.sample else ""),
        ("Title", disclosed.title),
        ("About", disclosed.subtitle),
        ("As at", day_words(stamp.as_at)),
        ("Filters", filters(stamp)),
        ("Snapshot", stamp.snapshot_id),
        ("Query", stamp.query_hash),
        *(("Note", note) for note in disclosed.notes),
        *(("Symbol", f"{mark} {SYMBOLS[mark]}") for mark in symbols),
        ("Produced by", produced.words),
    ]
    return [(label, clean(words)) for label, words in said if words]


def owned(disclosed: Disclosed, title: str, note: str, by: str) -> Disclosed:
    """The result under a reader's own title and with a reader's note, each said to be the reader's.

    title, note  '' where there is none
    by           the reader, as `Produced` says who
    """
    title, note = title.strip()[:LONGEST_OWN], note.strip()[:LONGEST_OWN]
    said = [
        f"Title by the reader ({by}); the dashboard says: {disclosed.title}" if title else "",
        f"Note by the reader ({by}): {note}" if note else "",
    ]
    notes = (*filter(None, said), *disclosed.notes)
    return replace(disclosed, title=title or disclosed.title, notes=notes)


def joined(notes: Iterable[str]) -> str:
    """Notes in one line, whether they are sentences or not."""
    return "; ".join(note.rstrip(".") for note in notes)


def fitting(notes: Sequence[str], letters: int) -> str:
    """As many whole notes in one line as there is room for; '…' says that there are more.

    >>> fitting(["counts overlap.", "illustrative"], 40), fitting(["overlap", "illustrative"], 10)
    ('counts overlap; illustrative', 'overlap …')
    """
    kept = list(notes)
    while len(kept) > 1 and len(joined(kept)) > letters:
        kept.pop()
    said = joined(kept)
    cut = said[:letters].rpartition(" ")[0] if len(said) > letters else said
    return cut + (" …" if len(kept) < len(notes) or cut != said else "")


def filters(stamp: Stamp) -> str:
    """The filters in words: 'unit OCU7, borough Newtown'; 'none' where all is shown."""
    said = ", ".join(f"{heading(key).lower()} {value}" for key, value in stamp.filters)
    return clean(said) or "none"


def footer(disclosed: Disclosed, produced: Produced, page: int = 0, pages: int = 0) -> str:
    """The stamp in one line, as it stands at the foot of a page, a slide or a picture.

    page, pages  left out where the form has no pages
    """
    stamp = disclosed.stamp
    said = [
        f"As at {day_words(stamp.as_at)}",
        f"filters: {filters(stamp)}",
        f"snapshot {stamp.snapshot_id}",
        f"query {stamp.query_hash}",
        f"produced by {produced.words}",
        f"page {page} of {pages}" if pages else "",
    ]
    return clean(" · ".join(item for item in said if item))


def description(disclosed: Disclosed) -> str:
    """What a screen reader says in place of the picture: title, subtitle, notes, marking, and
    what its figures are of."""
    said = [disclosed.title, disclosed.subtitle, *disclosed.plain_notes, banner(disclosed.stamp)]
    said.append(of_rows(disclosed.rows))
    return clean(". ".join(item.rstrip(".") for item in said if item) + ".")


def of_rows(rows: pa.Table) -> str:
    """What the figures of rows are of, all together; '' where the rows don't say."""
    if FIGURE_OF not in rows.column_names:
        return ""
    return figures.together(rows.column(FIGURE_OF).to_pylist())


def clean(words: str) -> str:
    """Text that XML 1.0 holds unchanged: what it forbids becomes '�', line ends become \\n."""
    return NOT_XML.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
