"""Work in a process of its own: a file of somebody else's, or publishing, beside what is served.

What a file does to a reader, and the memory that publishing takes, end with that process.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from dashboard.errors import ContentError, DashboardError

Answer = TypeVar("Answer")
ROOT = Path(__file__).resolve().parents[3]
LONGEST = 900.0  # seconds
MOST_AT_ONCE = 2  # on one server
CALL = "from dashboard.reports.snapshots.apart import answer; answer()"
log = logging.getLogger("dashboard")
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


def apart(function: Callable[..., Answer], *values: Any) -> Answer:
    """What a function of a module gives, called in a process of its own.

    raises  ContentError with what the function refused; RuntimeError where the process failed
    """
    order = pickle.dumps((function, values))
    with _turns:
        try:
            done = subprocess.run(
                [sys.executable, "-c", CALL], input=order, stdout=subprocess.PIPE,
                cwd=ROOT, timeout=LONGEST, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise ContentError(
                f"this took more than {LONGEST / 60:.0f} minutes and was ended; nothing was "
                "changed: try it by command"
            ) from None
    if done.returncode:
        raise RuntimeError(f"the process ended with {done.returncode}: {function.__name__}")
    # Written by our own process a moment ago, and by nobody else.
    refused, reply = pickle.loads(done.stdout)
    if refused:
        raise ContentError(reply)
    return reply


def answer() -> None:
    """Does what stands on standard input, and gives the answer on standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints something does not print into the answer
    function, values = pickle.load(sys.stdin.buffer)
    try:
        said: tuple[bool, Any] = False, function(*values)
    except DashboardError as error:
        said = True, str(error)
    out.write(pickle.dumps(said))
    out.close()
