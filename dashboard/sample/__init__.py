"""The sample: synthetic source files for a directorate as it might have been in 2004.

Everything in it is drawn by a seeded generator, calibrated by published figures where a
paper has them and illustrative where not; ground_truth.json lists what is planted in it.
It writes files only: they are imported and published like anybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.errors import UsageError
from dashboard.sample import (
    crimes,
    decided,
    finance,
    proposed,
    published,
    returns,
    reviews,
    signed,
    strength,
    truth,
    visits,
    volumes,
)
from dashboard.sample.clock import AS_ATS, VINTAGES
from dashboard.sample.files import SourceFile
from dashboard.sample.overtime import claims as overtime

__all__ = ["AS_ATS", "MARKER", "SEED", "VINTAGES", "WRITTEN", "SourceFile", "write"]

# What people wrote, read when all is published: by the commands decisions, signoffs and targets.
WRITTEN = decided.FILE, signed.FILE, proposed.FILE
# A folder with this file holds a sample: whatever is read from it is labelled so.
MARKER = "SAMPLE"
SEED = 2004


def write(
    folder: Path,
    *,
    scale: float = 1,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> list[SourceFile]:
    """Writes the sample's source files, its marker and its ground truth into `folder`.

    scale     multiplies the number of crime reports (1: about 92,000); other kinds keep theirs
    progress  called with the fortnights of reports done, and of all
    return    the files in the order in which they became known
    raises    UsageError where the scale is not above 0
    """
    if scale <= 0:
        raise UsageError(f"the scale of a sample is a number above 0; got: {scale}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("Synthetic data. Nothing here is real.\n", encoding="utf-8")
    drawn = volumes.draw(seed, scale)
    reports = crimes.write(folder, drawn, seed, progress)
    claims, overspend, broken = overtime.write(folder, seed)
    counts, mismatches = published.write(folder, reports.tally)
    truth.write(
        folder / "ground_truth.json",
        drawn,
        reports,
        overspend,
        broken,
        mismatches,
        visits.missed(seed),
        seed,
        scale,
    )
    decided.write(folder)
    signed.write(folder)
    proposed.write(folder)
    files = [
        SourceFile("crimes", path, vintage, delta=index > 0)
        for index, (path, vintage) in enumerate(zip(reports.paths, VINTAGES, strict=True))
    ]
    files += claims + counts
    for part in (finance, strength, returns, reviews, visits):
        files += part.write(folder, seed)
    return sorted(files, key=lambda item: (item.vintage, item.kind))
