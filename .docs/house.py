"""Draws the house: which rooms of the package import which, as a picture for dashboard/README.md.

python .docs/house.py          writes the picture anew
python .docs/house.py --check  exit code 1 where the picture is not that of the code
"""

from __future__ import annotations

import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "dashboard" / "README.md"
BEGIN, END = "<!-- house: begin -->", "<!-- house: end -->"


def edges(container: str) -> set[tuple[str, str]]:
    """(room, room it imports) between the direct rooms of a package."""
    graph = grimp.build_graph("dashboard", cache_dir=None)
    depth = container.count(".") + 1
    found = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            pair = tuple(
                name.split(".")[depth] if name.startswith(f"{container}.") else ""
                for name in (importer, imported)
            )
            if all(pair) and pair[0] != pair[1]:
                found.add(pair)
    return found


def reduced(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs without those that a longer way says already: a picture with few arrows."""
    below: dict[str, set[str]] = {}
    for upper, lower in pairs:
        below.setdefault(upper, set()).add(lower)

    def reach(room: str) -> set[str]:
        return set().union(*({lower} | reach(lower) for lower in below.get(room, ())), set())

    return {
        (upper, lower)
        for upper, lower in pairs
        if not any(lower in reach(other) for other in below[upper] - {lower})
    }


def mermaid(container: str) -> str:
    """The picture of a package as Mermaid, which GitHub draws."""
    pairs = edges(container)
    lines = [f"    {upper} --> {lower}" for upper, lower in sorted(reduced(pairs))]
    rooms = len({room for pair in pairs for room in pair})
    head = (
        f"{container}: {rooms} rooms, {len(pairs)} arrows; "
        "drawn are those that no longer way implies"
    )
    return "\n".join([head, "", "```mermaid", "graph TD", *lines, "```"])


def main() -> int:
    sys.path.insert(0, str(ROOT))
    drawn = "\n\n".join(mermaid(name) for name in ("dashboard", "dashboard.reports"))
    text = README.read_text("utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    new = f"{before}{BEGIN}\n{drawn}\n{END}{after}"
    if "--check" in sys.argv:
        return int(new != text)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
