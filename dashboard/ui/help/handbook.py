"""The handbook as chapters: the markdown files that the README leads to, read as they lie there.

Its first page lists the chapters in their order. Links between them become addresses of the page
Help; what leads out of the handbook (a file of the program) is told by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / ".docs" / "handbook"
FIRST = "README"
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#]+\.md)(?:#[^)]*)?\)")
PICTURE = re.compile(r"^!\[([^\]]*)\]\(([\w-]+\.png)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A chapter: the key of its address, its title as the contents have it, its file."""

    key: str
    title: str
    file: Path


@dataclass(frozen=True)
class Part:
    """A stretch of a chapter: text as markdown, or a picture with its words."""

    text: str = ""
    picture: Path | None = None


@lru_cache(maxsize=1)
def chapters() -> dict[str, Chapter]:
    """The chapters by key, the contents first, then in the order in which these name them."""
    text = (FOLDER / f"{FIRST}.md").read_text("utf-8")
    by_key = {FIRST: Chapter(FIRST, "Contents", FOLDER / f"{FIRST}.md")}
    for title, path in LINK.findall(text):
        file = (FOLDER / path).resolve()
        by_key.setdefault(file.stem, Chapter(file.stem, title, file))
    return by_key


def parts(chapter: Chapter, address: Callable[[str], str]) -> list[Part]:
    """A chapter's stretches in their order.

    address  of another chapter, by its key
    """
    text = LINK.sub(lambda link: _linked(link, address), chapter.file.read_text("utf-8"))
    stretches, end = [], 0
    for picture in PICTURE.finditer(text):
        stretches.append(Part(text[end : picture.start()]))
        stretches.append(Part(picture[1], chapter.file.parent / picture[2]))
        end = picture.end()
    return [*stretches, Part(text[end:])]


def _linked(link: re.Match[str], address: Callable[[str], str]) -> str:
    key = Path(link[2]).stem
    return f"[{link[1]}]({address(key)})" if key in chapters() else link[1]
