"""Writers in a process of their own: `python -m tests.store.writers count|list DATA …`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from dashboard.errors import DashboardError
from dashboard.store import ConflictError, Store, open_store
from tests.store.notes import notes


def count_up(store: Store, who: str, times: int) -> None:
    """Adds 1 to the row's count so many times; whoever was beaten looks again."""
    with store.reading() as connection:
        row = dict(connection.execute(select(notes)).mappings().one())
    for _ in range(times):
        while True:
            try:
                with store.writing(who) as writing:
                    row = writing.change(
                        notes, row["id"], row["version"], {"count": row["count"] + 1}
                    )
                break
            except ConflictError as error:
                row = error.now


def list_on(store: Store, who: str) -> None:
    """Adds rows for ever and says the number of each once it has been kept."""
    number = 0
    while True:
        number += 1
        with store.writing(who) as writing:
            writing.add(notes, {"words": who, "count": number})
        print(number, flush=True)


def main(what: str, data: str, who: str, threads: int = 1, times: int = 0) -> None:
    store = open_store(Path(data))
    if what == "list":
        list_on(store, who)
    with ThreadPoolExecutor(threads) as pool:
        done = [pool.submit(count_up, store, f"{who}{n}", times) for n in range(threads)]
        for one in done:
            one.result()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:4], *(int(word) for word in sys.argv[4:]))
    except DashboardError as error:
        sys.exit(str(error))
