"""What a sidecar says of its staged file, and what a manifest repeats of it: declared once for all
readers. Days and moments are in ISO's spelling, as JSON has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict


class Covered(TypedDict):
    """A span that a file of published counts covers; `until` is exclusive."""

    publisher: str
    grain: str
    subject: str  # the offence
    value: str
    vintage: str
    since: str
    until: str


class Scope(TypedDict):
    """What a file of published counts speaks for (see coverage.scopes), as it spells it."""

    publisher: str
    grain: str
    value: str
    areas: list[str]
    offences: list[tuple[str, str]]  # minor and major
    broken: list[tuple[str, str]]  # offence and first day of a period with a rejected count


class Passed(TypedDict):
    """Who let a held file pass, when, and why."""

    by: str
    at: str
    reason: str


class Account(TypedDict, total=False):
    """accounts.ImportAccount as JSON; an older program's says less."""

    file: str
    kind: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_superseded: int
    rows_excluded: int
    counts_read: int
    counts_accepted: int
    counts_rejected: int
    counts_superseded: int
    counts_excluded: int
    value_read: float
    value_accepted: float
    value_rejected: float
    value_superseded: float
    value_excluded: float
    value_of: str
    vintages: list[str]
    excluded: dict[str, int]
    reasons: dict[str, str]
    warnings: list[str]
    rejects: str | None
    staged: str | None
    held: list[str]


class Source(TypedDict):
    """A staged file as a manifest tells it."""

    kind: str
    adapter: str
    file: str
    sha256: str
    vintages: Sequence[str]
    delta: bool
    sample: bool
    imported_at: str
    accounts: Account
    coverage: list[Covered]
    warnings: list[str]
    vintage: str
    passed: NotRequired[Passed]


class Options(TypedDict):
    """What an import was told of its file (see asked.Request.options)."""

    vintage: str | None
    delta: bool
    columns: dict[str, str]
    dates: NotRequired[str]
    sheet: NotRequired[str]
    format: NotRequired[str]  # digest of the format's file
    areas: NotRequired[str]  # sha256 of the lookup of areas


class Sidecar(TypedDict):
    """A staged file's own account; what may lack, an older program did not write."""

    kind: str
    adapter: str
    file: str
    sha256: str
    vintages: Sequence[str]
    imported_at: str
    sequence: int
    delta: bool
    complete: NotRequired[bool]
    sample: bool
    options: Options
    catalogue: str
    accounts: Account
    coverage: list[Covered]
    scope: NotRequired[list[Scope]]
    columns: NotRequired[list[str]]
    layouts: NotRequired[list[list[str]]]
    warnings: list[str]
    passed: NotRequired[Passed]
    parquet: NotRequired[str]
    bytes: NotRequired[int]
