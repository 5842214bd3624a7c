"""A process that draws charts: a line of JSON in, a line of JSON out, until its input ends.

It is run by its path and imports nothing of the project, so that it is there at once:
python pack_worker.py FONT-FOLDER. In: a Vega-Lite spec with its rows. Out: {"svg": …} or
{"fault": …}.
"""

from __future__ import annotations

import json
import sys

import vl_convert

FIRST = {"mark": "point", "data": {"values": [{}]}, "encoding": {"x": {"field": "a"}}}


def main(fonts: str) -> None:
    """Draws until the input ends; one chart before, for nobody: the first takes long."""
    vl_convert.register_font_directory(fonts)
    vl_convert.vegalite_to_svg(FIRST, allowed_base_urls=[])
    for line in sys.stdin:
        try:
            # No address is allowed: a chart holds its data, and nothing is fetched.
            answer = {"svg": vl_convert.vegalite_to_svg(json.loads(line), allowed_base_urls=[])}
        except ValueError as error:
            answer = {"fault": str(error).strip()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
