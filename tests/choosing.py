"""How much of a test that could go on for ever is run: some of it each time, all of it on asking.

`make test` takes a few of each kind, chosen by a seed from the commit, so that each commit tries
others and one commit always the same. `make exhaustive` (EXHAUSTIVE=1) takes them all.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from hypothesis import settings

Item = TypeVar("Item")
EXHAUSTIVE = os.environ.get("EXHAUSTIVE") == "1"
TIMES = 25  # as many examples of an invariant, where all is asked for


@lru_cache(maxsize=1)
def seed() -> str:
    """The commit; 'no commit' in a copy without its history, as from an archive."""
    root = Path(__file__).resolve().parents[1]
    asked = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "no commit"


def chosen(items: Iterable[Item], most: int, name: str) -> Sequence[Item]:
    """`most` of the items, in their order; all of them where EXHAUSTIVE=1.

    name  of the test: two tests over the same items choose apart
    """
    every = list(items)
    if EXHAUSTIVE or len(every) <= most:
        return every
    # Text seeds alike in every process, unlike a hash.
    kept = set(random.Random(f"{seed()} {name}").sample(range(len(every)), most))
    return [item for place, item in enumerate(every) if place in kept]


def many(examples: int, parent: settings | None = None, **more: object) -> settings:
    """Settings of an invariant that is tried on `examples`; on many times as many for all."""
    count = examples * TIMES if EXHAUSTIVE else examples
    return settings(parent or settings.default, max_examples=count, deadline=None, **more)
