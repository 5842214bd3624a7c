"""Runs one question in a process of its own, locked in; started by dashboard.snapshots.sandbox.

Reads a JSON order from standard input, writes the rows as an Arrow stream to standard output.
What goes wrong is one line on standard error and exit code 3. It imports nothing of the
program, so that there is nothing in it to reach.
"""

import json
import os
import sys

import duckdb
import pyarrow as pa

FAILED = 3
BATCH = 2_000  # rows read at a time


def limited(order: dict) -> None:
    """The operating system's own limits, where it has them: memory, file size, low priority."""
    try:
        import resource
    except ImportError:  # Windows has none of these; time and DuckDB's own limits still hold
        return
    # DuckDB's limit holds its buffers; this one all that it and Arrow may map beside.
    most = (order["memory_mb"] + 3_500) * 1_048_576
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # The answer itself goes into a file that has no name.
    answer = 4 * order["most_bytes"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def connected(order: dict) -> duckdb.DuckDBPyConnection:
    """A connection that sees the named views and nothing else."""
    connection = duckdb.connect(":memory:")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set threads = 1")
    connection.execute("set memory_limit = ?", [f"{order['memory_mb']}MB"])
    connection.execute("set temp_directory = ''")
    for name, path in order["views"].items():
        connection.read_parquet(path).create_view(name)
    folder = order["folder"].replace("'", "''")
    connection.execute(f"set allowed_directories = ['{folder}']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def answered(connection: duckdb.DuckDBPyConnection, order: dict) -> None:
    """Streams the rows to standard output until they end or are too many."""
    found = connection.sql(order["sql"])
    if found is None:
        raise duckdb.InvalidInputException("the statement gives no rows")
    rows, size, reader = 0, 0, found.to_arrow_reader(BATCH)
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as out:
        for batch in reader:
            left = order["most_rows"] - rows
            out.write_batch(batch.slice(0, left))
            rows, size = rows + batch.num_rows, size + batch.nbytes
            # One row more than is kept tells the caller that there were more.
            if rows >= order["most_rows"] or size >= order["most_bytes"]:
                return


def main() -> None:
    order = json.loads(sys.stdin.read())
    limited(order)
    try:
        answered(connected(order), order)
    except (duckdb.Error, pa.ArrowException) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        sys.exit(FAILED)
    except MemoryError:
        print(
            "Out of Memory Error: the question needs more memory than it may use", file=sys.stderr
        )
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
