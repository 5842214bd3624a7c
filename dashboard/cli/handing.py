"""What leaves by a command, as a file or a message: after the audit has its line, or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dashboard.access import Disclosed
from dashboard.access.witness import Witness, local_user
from dashboard.errors import UsageError


def write(
    witness: Witness,
    file: Path,
    content: bytes,
    what: str,
    of: Sequence[Disclosed] = (),
    snapshot: str | None = None,
) -> None:
    """Writes a file, as a whole or not at all.

    what, of, snapshot  as Witness.export takes them
    raises  AuditError where it can't be recorded; UsageError where it can't be written
    """
    witness.export(what, of, snapshot)
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):  # what can't be written may not be taken away either
            beside.unlink()
        raise UsageError(f"{file} can't be written: {error.strerror or error}") from error


def say(
    witness: Witness,
    words: str,
    what: str,
    of: Sequence[Disclosed] = (),
    snapshot: str | None = None,
) -> None:
    """Prints what is to be mailed or read by another program.

    raises  AuditError where it can't be recorded
    """
    witness.export(what, of, snapshot)
    sys.stdout.write(words)


def written(data: Path, file: Path | None, entries: Any, what: str) -> None:
    """What people wrote, as JSON that the `import` beside it reads: into a file, else printed.

    raises  AuditError, UsageError as `write` does
    """
    said, witness = json.dumps(entries, ensure_ascii=False, indent=1), Witness(data, local_user())
    if file is None:
        say(witness, f"{said}\n", what)
    else:
        write(witness, file, said.encode(), what)
