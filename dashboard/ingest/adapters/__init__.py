"""How files of published counts are read: the formats of the catalogue, and our own `counts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.catalogue import Catalogue, Format
from dashboard.ingest.adapters import own_counts, published
from dashboard.ingest.adapters.plan import Plan
from dashboard.ingest.columns import Wanted

OWN = own_counts.NAME


@dataclass(frozen=True)
class Adapter:
    """What reads one kind of file.

    columns  those it looks for, by which its headings are known among other lines
    plan     headings, told columns, file → Plan
    of       the format of the catalogue; None for our own counts
    """

    columns: tuple[Wanted, ...]
    plan: Callable[[Sequence[str], dict[str, str], str], Plan]
    of: Format | None = None

    @property
    def wide(self) -> bool:
        """Whether months are headings."""
        return self.of is not None and self.of.shape == "wide"


def names(catalogue: Catalogue) -> tuple[str, ...]:
    """Our own counts, and the formats that the catalogue has."""
    return (OWN, *catalogue.formats)


def adapter(catalogue: Catalogue, kind: str) -> Adapter | None:
    """What reads files of `kind`; None where it is no kind of published counts."""
    if kind == OWN:
        return Adapter(own_counts.COLUMNS, own_counts.plan)
    known_format = catalogue.formats.get(kind)
    if known_format is None:
        return None
    return Adapter(
        published.columns(known_format), partial(published.plan, known_format), known_format
    )


def code_of(catalogue: Catalogue, kind: str, source: str, spelt: str | None) -> str | None:
    """The code of an area or offence as `source` spells it; None where nobody has said so.

    source  a published format, another publisher, or a kind of records
    """
    of = catalogue.formats.get(source) if kind == "offence" else None
    if of is None:
        return catalogue.resolve(kind, source, spelt)
    # Its words for offences have definitions of their own, or those of the format it names.
    return catalogue.resolve(kind, of.words_of or source, spelt, listed_only=True)


__all__ = ["OWN", "Adapter", "Plan", "adapter", "code_of", "names"]
