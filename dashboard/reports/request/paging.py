"""Long lists of records: a page of them on the screen, all of them in what leaves."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from dashboard.access import All, Disclosed

PAGE = 50  # rows a page


def bounds(page: int | None) -> dict[str, int | None]:
    """$limit and $offset of a page, the first being 1; of all rows where it is None."""
    if page is None:
        return {"limit": None, "offset": 0}
    return {"limit": PAGE, "offset": PAGE * (max(page, 1) - 1)}


def total_of(rows: pa.Table) -> int:
    """How many there are in all, of rows that are a page of them, from their column `total`."""
    return rows.column("total")[0].as_py() if rows.num_rows else 0


def page_of(rows: pa.Table, ask: Callable[[], Disclosed | None]) -> All | None:
    """What rows are a page of; None where they are all. `ask` gives the result with all of them."""
    total = total_of(rows)
    if total <= rows.num_rows:
        return None

    def whole() -> Disclosed:
        all_rows = ask()
        if all_rows is None:
            raise ValueError("a page was shown of rows that are none in all")
        return all_rows

    return All(total, whole)


def pages(disclosed: Disclosed) -> int:
    """How many pages the rows fill; at least one."""
    return max(1, -(-disclosed.total // PAGE))
