"""Writes sbom.json, what requirements.txt pins as CycloneDX, and lists known faults of it.

The tools are fetched by uv into places of their own: the lock holds nothing of them. Where one
can't be had, or the database of faults can't be reached, that is said and the exit code is 1.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, BILL = ROOT / "requirements.txt", ROOT / "sbom.json"
TOOL = [sys.executable, "-m", "uv", "tool", "run"]
MAKE = ["--from", "cyclonedx-bom==7.*", "cyclonedx-py", "requirements", str(LOCK)]
MAKE += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
CHECK = ["pip-audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip", "--strict"]
PATIENCE_SECONDS = 300


def ran(words: list[str], failed: str) -> bool:
    """Whether the tool did its work; says `failed` and the tool's last line where it did not."""
    try:
        done = subprocess.run(
            [*TOOL, *words], capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{failed}: {type(error).__name__}", file=sys.stderr)
        return False
    print(done.stdout, end="")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{failed}: {last}", file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    made = ran([*MAKE, "--output-file", str(BILL)], "No bill of materials was written")
    if made:
        print(f"{BILL.name} is written.")
    sound = ran(CHECK, "Known faults were found, or could not be looked up")
    return 0 if made and sound else 1


if __name__ == "__main__":
    sys.exit(main())
