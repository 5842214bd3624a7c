"""What a program says of the sample, run under an older program's code and under today's:
`python answers.py links|counts DATA` in that program's folder. Imports nothing of the tests.

links   every address that its pages lead to, as JSON
counts  every measure's months at three levels: measure and level → rows, as JSON
"""

from __future__ import annotations

import html
import json
import logging
import os
import re
import sys
from datetime import date
from pathlib import Path

AS_ATS = ("2004-04-05", "2004-07-12")
LEVELS = ("force", "ocu", "borough")


def links() -> list[str]:
    from streamlit.testing.v1 import AppTest

    found = set()
    for page in sorted(Path("pages").glob("*.py")):
        for as_at in AS_ATS:
            shown = AppTest.from_file(str(page.resolve()), default_timeout=300)
            shown.query_params["as_at"] = as_at
            shown.run()
            assert not shown.exception, (page, shown.exception)
            said = " ".join(item.proto.body for item in shown.get("html"))
            found |= {html.unescape(link) for link in re.findall(r'href="([^"]+)"', said)}
            found.add(f"{page.stem}?as_at={as_at}")
    return sorted(found)


def counts(data: Path) -> dict[str, list]:
    from dashboard import reports

    found = {}
    for as_at in AS_ATS:
        request = reports.open_request(date.fromisoformat(as_at), data=data)
        for measure in sorted(request.measures):
            for level in LEVELS:
                asked = {"measure": measure, "level": level, "grain": "month"}
                rows = request.run("measure_series", **asked).to_pylist()
                found[f"{as_at} {measure} {level}"] = sorted(
                    [str(row["period_start"]), row["unit_code"], row["borough"] or "",
                     row["numerator"], row["denominator"]]
                    for row in rows
                )  # fmt: skip
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, os.getcwd())
    what, folder = sys.argv[1], Path(sys.argv[2])
    os.environ["DASHBOARD_DATA"] = str(folder)
    json.dump(links() if what == "links" else counts(folder), sys.stdout)
