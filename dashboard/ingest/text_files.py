"""Text files: their encoding, gzipped or not, cut short or archives in disguise; as UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dashboard.errors import ContentError

BLOCK = 4 << 20


@dataclass(frozen=True)
class Text:
    """What a text file turned out to be.

    encoding   utf-8-sig, utf-16 (-le, -be where it has no mark), utf-32 or cp1252.
    ended      whether its last line is ended; one cut short seldom is.
    size       in bytes, as stored.
    """

    path: Path
    zipped: bool
    encoding: str
    ended: bool
    size: int


class Counted(io.RawIOBase):
    """A file that knows how far it was read, for the progress bar."""

    def __init__(self, path: Path):
        self.raw = path.open("rb")
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self.raw.readinto(buffer) or 0
        self.done += count
        return count

    def close(self) -> None:
        self.raw.close()
        super().close()


def inspect(path: Path) -> Text:
    """Reads the file once for its encoding.

    raises  ContentError where it is empty, cut short, not text, or an archive in an archive.
    """
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    encoding, ended = _encoding(path, zipped)
    return Text(path, zipped, encoding, ended, path.stat().st_size)


def empty(path: Path) -> str:
    """What is said of a file without anything in it."""
    return f"{path.name} is empty"


def opened(path: Path, zipped: bool) -> tuple[BinaryIO, Counted]:
    """Its bytes, unzipped, and what tells how far the file itself was read."""
    counted = Counted(path)
    stream = gzip.GzipFile(fileobj=counted) if zipped else io.BufferedReader(counted, BLOCK)
    return cast(BinaryIO, stream), counted


def _encoding(path: Path, zipped: bool) -> tuple[str, bool]:
    """The encoding, and whether the last line is ended.

    UTF-8 (with or without BOM) where every byte fits or where at least one letter beyond
    ASCII is UTF-8 (the rows with the other bytes are rejected), UTF-16 and UTF-32 by their
    BOM, UTF-16 also by its zero bytes, else Windows Latin-1.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid, first, end, letters = True, True, b"", False
    stream, _ = opened(path, zipped)
    try:
        with stream:
            while piece := stream.read(BLOCK):
                if first:
                    if zipped and (inner := archive(piece)):
                        raise ContentError(
                            f"{path.name} holds {inner} inside a gzip file; unpack it and "
                            "import what it holds"
                        )
                    if piece.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
                        return "utf-32", True
                    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                        return "utf-16", True
                    if wide := _without_mark(piece):
                        return wide, True
                first, end = False, piece[-1:]
                if b"\0" in piece:
                    raise ContentError(f"{path.name} is neither CSV, parquet nor XLSX")
                letters = letters or bool(TWO_BYTES.search(piece))
                if valid:
                    try:
                        decoder.decode(piece)
                    except UnicodeDecodeError:
                        valid = False
            if valid:
                decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ContentError(f"{path.name} is not a whole gzip file: it is cut short") from None
    if first:
        raise ContentError(empty(path))
    return "utf-8-sig" if valid or letters else "cp1252", end in (b"\n", b"\r")


def _without_mark(piece: bytes) -> str | None:
    """UTF-16 that lacks its byte-order mark: every other byte of plain letters is none."""
    for encoding, empty, filled in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if piece[empty:200:2].strip(b"\0") == b"" and b"\0" not in piece[filled:200:2]:
            return encoding
    return None


# A letter of UTF-8 after a plain one or none: by chance in Latin-1 text it hardly stands.
TWO_BYTES = re.compile(rb"(?:^|[\x00-\x7f])(?:[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x90-\xbf])")
ARCHIVES = {
    b"PK\x03\x04": "a zip archive or workbook",
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"PAR1": "a parquet file",
}


def archive(start: bytes) -> str | None:
    """What kind of archive begins with these bytes, in words; None where none does."""
    if start[257:262] == b"ustar":
        return "a tar archive"
    return next((words for mark, words in ARCHIVES.items() if start.startswith(mark)), None)


class Recoded(io.RawIOBase):
    """Another encoding's bytes as UTF-8, a block at a time; byte-order mark left out."""

    def __init__(self, stream: BinaryIO, encoding: str):
        self.stream, self.left = stream, b""
        # The five bytes that Windows leaves undefined must not stop an import.
        self.decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.left:
            piece = self.stream.read(BLOCK)
            self.left = self.decoder.decode(piece, final=not piece).encode()
            if not piece:
                break
        count = min(len(buffer), len(self.left))
        buffer[:count], self.left = self.left[:count], self.left[count:]
        return count
