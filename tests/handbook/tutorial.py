"""A page of the handbook as steps: the files that it has one write, and the commands it has one
type, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HANDBOOK = Path(__file__).resolve().parents[2] / ".docs" / "handbook"
BLOCK = re.compile(
    r"(?P<before>[^`]*(?:`[^`\n]+`[^`]*)*?)^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
NAMED = re.compile(r"`([\w/.-]+/[\w.-]+\.\w+)`")


@dataclass(frozen=True)
class Step:
    """A command to type, or a file to write: `add` where its lines go behind those there are."""

    command: str = ""
    file: str = ""
    text: str = ""
    add: bool = False


def steps(page: str) -> Iterator[Step]:
    """The steps of a page. A block that is no console's is the file that the words before name."""
    text = (HANDBOOK / page).read_text("utf-8")
    for block in BLOCK.finditer(text):
        if block["kind"] == "console":
            for line in block["text"].splitlines():
                yield Step(command=line.removeprefix("$ "))
            continue
        paragraph = block["before"].rstrip().rpartition("\n\n")[2]
        names = NAMED.findall(paragraph)
        assert names, f"no file is named before {block['text'][:40]!r}"
        yield Step(file=names[-1], text=block["text"], add="Add to" in paragraph)
