"""What a zip or Office file is before it is opened: a workbook, or something to be refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

from dashboard.errors import ContentError

MOST_BYTES = 2 << 30  # of a workbook unpacked: it is held in memory
PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
# The names of an encrypted package, and of a workbook of before 2007, in an Office container.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check(path: Path, start: bytes) -> None:
    """Raises ContentError where the file is encrypted, an archive of other files, or vast."""
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if _holds(path, ENCRYPTED):
            raise ContentError(
                f"{path.name} is encrypted; save it without a password and import that"
            )
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise ContentError(
            f"{path.name} can't be read as a workbook: it is cut short or damaged"
        ) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise ContentError(f"{path.name} is encrypted; save it without a password and import that")
    if not {entry.filename for entry in entries} & set(PARTS):
        raise ContentError(
            f"{path.name} is a zip archive, not a workbook; unpack it and import what it holds"
        )
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ContentError(
            f"{path.name} is too large for a workbook once unpacked; save its sheets as CSV"
        )


def _holds(path: Path, mark: bytes) -> bool:
    before = b""
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            if mark in before + piece:
                return True
            before = piece[-len(mark) :]
    return False
