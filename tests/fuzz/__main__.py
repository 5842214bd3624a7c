"""make fuzz: ten thousand hostile inputs; ends with 1 where one of them is a fault.

python -m tests.fuzz [--inputs 10000] [--seed N] [--sample FOLDER]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

from tests.benchmarks.bench import load_sample
from tests.fuzz import trying


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--inputs", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=2004)
    asked.add_argument("--sample", type=Path, help="a data folder with the sample published")
    values = asked.parse_args()
    tried, chance = trying.Tried(), Random(values.seed)
    with tempfile.TemporaryDirectory() as folder:
        data = values.sample or Path(folder) / "sample"
        if not values.sample:
            load_sample(data)
        trying.statements(tried, data, values.inputs * 7 // 10, chance)
        print(tried.counts, len(tried.faults), "faults", flush=True)
        own = Path(folder) / "imports"
        own.mkdir()
        trying.imports(tried, own, values.inputs * 3 // 20, chance)
        print(tried.counts, len(tried.faults), "faults", flush=True)
        trying.addresses(tried, data, values.inputs - sum(tried.counts.values()), chance)
    print(tried.counts, len(tried.faults), "faults", flush=True)
    print(*tried.faults, sep="\n")
    raise SystemExit(bool(tried.faults))


if __name__ == "__main__":
    main()
