"""What a contract file runs first: it unpacks itself and checks the extracts that it is given.

Standard library alone, in the grammar of older Pythons, so that it can say what is lacking.
"""

import importlib.util
import json
import sys
import tempfile
import zipfile
from pathlib import Path

OLDEST = (3, 11)


def main() -> int:
    """Runs the check. return  the exit code: 0 all is taken, 1 a row is not, 2 it can't be asked"""
    archive = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(archive) as packed:
        packed.extractall(place)
        made = json.loads(Path(place, "contract.json").read_text("utf-8"))
        lacking = [name for name in made["needs"] if importlib.util.find_spec(name) is None]
        if sys.version_info < OLDEST or lacking:
            print(
                "this check needs Python {}.{} or later and: pip install {}".format(
                    *OLDEST, " ".join("{}=={}".format(*item) for item in made["needs"].items())
                ),
                file=sys.stderr,
            )
            return 2
        sys.path.insert(0, place)
        from dashboard.ingest.contract import checking

        return checking.main(made, sys.argv[1:], archive.name)


if __name__ == "__main__":
    sys.exit(main())
