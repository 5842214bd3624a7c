"""Runs one question in a process of its own, locked in; started by dashboard.snapshots.sandbox.

Reads a JSON order from standard input, writes the rows as an Arrow stream to standard output.
Standard error says when the question itself begins; what goes wrong is one line there and exit
code 3. It imports nothing of the
program, so that there is nothing in it to reach.
"""

import json
import os
import sys
from typing import TypedDict

import duckdb
import pyarrow as pa

FAILED = 3
BATCH = 2_000  # rows read at a time
READY = "ready"  # on standard error once the question itself begins
MEMORY = "Out of Memory Error: the question needs more memory than it may use"


class Order(TypedDict):
    """What the parent asks: a statement over a database file, and what its answer may take."""

    database: str
    sql: str
    memory_mb: int
    more_mb: int
    most_rows: int
    most_bytes: int


def connected(order: Order) -> duckdb.DuckDBPyConnection:
    """A connection to the database file of the role's tables, which reaches nothing else."""
    connection = duckdb.connect(order["database"], read_only=True)
    for setting in (
        "enable_progress_bar = false",
        "python_enable_replacements = false",
        "threads = 1",
        f"memory_limit = '{order['memory_mb']}MB'",
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    return connection


def limited(order: Order) -> None:
    """The operating system's own limits, where it has them: memory, file size, low priority.

    Set once all is imported and opened: importing alone maps more than a question may add.
    """
    try:
        import resource
    except ImportError:  # no such limits here: the parent watches
        return
    # The answer itself goes into a file that has no name.
    answer = 4 * order["most_bytes"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    try:
        with open("/proc/self/statm") as stream:
            now = int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: the parent watches
        return
    most = now + order["more_mb"] * 1_048_576
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def answered(connection: duckdb.DuckDBPyConnection, order: Order) -> None:
    """Streams the rows to standard output until they end or are too many."""
    relation = connection.sql(order["sql"])
    if relation is None:
        raise duckdb.InvalidInputException("the statement gives no rows")
    rows, size, reader = 0, 0, relation.to_arrow_reader(BATCH)
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as out:
        for batch in reader:
            left = order["most_rows"] - rows
            out.write_batch(batch.slice(0, left))
            rows, size = rows + batch.num_rows, size + batch.nbytes
            # One row more than is kept tells the caller that there were more.
            if rows >= order["most_rows"] or size >= order["most_bytes"]:
                return


def main() -> None:
    order: Order = json.loads(sys.stdin.read())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        connection = connected(order)
        limited(order)
        print(READY, file=sys.stderr, flush=True)
        answered(connection, order)
    except (MemoryError, pa.ArrowMemoryError, duckdb.OutOfMemoryException):
        print(MEMORY, file=sys.stderr)
        sys.exit(FAILED)
    except (duckdb.Error, pa.ArrowException) as error:
        text = str(error).splitlines()[0]
        # C++'s own word where the system gave no more.
        print(MEMORY if "bad_alloc" in text or "bad alloc" in text else text, file=sys.stderr)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
