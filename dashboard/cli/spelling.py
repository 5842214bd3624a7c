"""What commands print steers no terminal: it is spelt out on its way there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from dashboard.errors import visible


class SpeltOut:
    """A stream in which nothing that was read steers the terminal: it is spelt out. What rich
    draws goes past it; what rich is given is spelt out here too."""

    def __init__(self, stream: IO[str]):
        self.rich_proxied_file = stream  # the name under which rich looks for it

    def write(self, text: str) -> int:
        return self.rich_proxied_file.write(visible(text, keep="\n"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)


@contextmanager
def spelt_out() -> Iterator[None]:
    """Has everything that is printed meanwhile spelt out."""
    kept = sys.stdout, sys.stderr
    if not isinstance(sys.stdout, SpeltOut):
        sys.stdout, sys.stderr = SpeltOut(sys.stdout), SpeltOut(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept
