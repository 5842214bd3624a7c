"""What a backup holds: its parts, and the account of every file that is its last member.

A backup is a tar file without compression (parquet and packs are compressed themselves): the store
as the lines that `store dump` writes, then files as they lie in the data folder, last
`backup.json`, which names each with its size and hash, under a seal. So a backup that was cut or
changed is found before anything is put in place.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict, cast

from dashboard.errors import ContentError
from dashboard.snapshots.manifest import seal

KIND = "scd dashboard backup"
FORMAT = 1
NAME = "backup.json"
STORE = "store.jsonl"
DATA = "data/"  # before the path of what lies in the data folder
# The parts of a data folder; a file of `LINKED` is never written again once it lies there.
LINKED = ("snapshots", "staging")
COPIED = ("withdrawn", "rejects", "sample", "catalogue", "state")
# Tables of a window, what is being written, and databases, which are copied by their own means.
LEFT_OUT = ("*.lock", "*.sqlite", "*.sqlite-*", "own_sql", ".*")


class Said(TypedDict):
    """An account as JSON has it: see Account."""

    program: str
    made_at: str
    store: tuple[str, int] | None
    audit: tuple[int, str] | None
    snapshots: list[tuple[str, str]]
    outside: str
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Account:
    """What a backup holds.

    store      revision of the store and how many rows it has; None where nobody has written
    audit      number and hash of the audit's last line; None where there is none
    snapshots  as-at and id of each
    outside    folder of the catalogue that served the data folder and lies elsewhere; '' if none
    files      path in the backup → (bytes, sha256)
    """

    program: str
    made_at: str
    store: tuple[str, int] | None
    audit: tuple[int, str] | None
    snapshots: list[tuple[str, str]]
    outside: str
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def text(self) -> bytes:
        """As it stands in the backup."""
        said = {"backup": KIND, "format": FORMAT, **asdict(self)}
        return json.dumps({**said, "seal": seal(json.loads(json.dumps(said)))}, indent=1).encode()


def read(text: bytes, place: str) -> Account:
    """The account in a backup's last member.

    raises  ContentError where it is none, or was changed by hand
    """
    try:
        read_as: dict[str, Any] = dict(json.loads(text))
    except (ValueError, TypeError):
        read_as = {}
    if read_as.get("backup") != KIND or read_as.get("format") != FORMAT:
        raise ContentError(f"{place} is no backup that this program can read")
    if read_as.get("seal") != seal(read_as):
        raise ContentError(f"{place} was changed since it was made; take an older backup")
    said = cast(Said, read_as)
    return Account(
        program=said["program"],
        made_at=said["made_at"],
        store=(said["store"][0], said["store"][1]) if said["store"] else None,
        audit=(said["audit"][0], said["audit"][1]) if said["audit"] else None,
        snapshots=[(as_at, code) for as_at, code in said["snapshots"]],
        outside=said["outside"],
        files={name: (size, digest) for name, (size, digest) in said["files"].items()},
    )
