"""The charts of a pack, drawn by processes of their own while further results are made.

The drawing engine holds Python's lock while it draws: a thread would gain nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TypedDict

from dashboard.errors import ContentError
from dashboard.export.forms import typeface
from dashboard.export.forms.pictures import whole_spec
from dashboard.export.packs import charts
from dashboard.reports.packs.block import Block

WORKER = Path(__file__).with_name("worker.py")
WORKERS = 1  # each takes 120 MB; a second one saves a third of the time
ENDING = 10  # seconds that the process may take to end


class Drawing:
    """Charts as SVG, each drawn once, in the order in which they are begun.

    with Drawing() as drawing:
        drawing.start()
        drawing.begin(part)
        drawing.chart(part)
    """

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[str]] = []
        self._waiting: SimpleQueue[tuple[str, Future[str]] | None] = SimpleQueue()
        self._found: dict[str, Future[str]] = {}

    def __enter__(self) -> Drawing:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            if error is not None:
                process.kill()  # what it still draws is of no use
            self._waiting.put(None)
        while self._processes:
            self._processes.pop().wait(ENDING)

    def begin(self, part: Block) -> None:
        """Starts to draw the part's chart, where it has one."""
        chart = charts.drawn(part) if part.name not in self._found else None
        if chart is None:
            return
        self.start()
        future = self._found[part.name] = Future()
        self._waiting.put((json.dumps(whole_spec(*chart, charts.width(part))), future))

    def chart(self, part: Block) -> str:
        """The part's chart; '' where it has none. Waits until it is drawn.

        raises  ContentError where it can't be drawn
        """
        self.begin(part)
        return self._found[part.name].result() if part.name in self._found else ""

    def start(self) -> None:
        """Starts the process, which warms up while the first results are made."""
        if self._processes:
            return
        for _ in range(WORKERS):
            process = subprocess.Popen(
                [sys.executable, str(WORKER), str(typeface.FOLDER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            self._processes.append(process)
            # A thread waits for the answers, so that nobody else does before they are needed.
            Thread(target=_ask, args=(process, self._waiting), daemon=True).start()


class Answer(TypedDict, total=False):
    """What the process says of a chart: its picture, or why there is none."""

    svg: str
    fault: str


def _ask(
    process: subprocess.Popen[str], waiting: SimpleQueue[tuple[str, Future[str]] | None]
) -> None:
    """Gives the process one chart after another, until None comes."""
    while (asked := waiting.get()) is not None:
        spec, future = asked
        try:
            print(spec, file=process.stdin, flush=True)
            answer: Answer = json.loads(process.stdout.readline() if process.stdout else "")
        except (OSError, ValueError):
            answer = {"fault": "the process that draws charts has ended"}
        if "svg" in answer:
            future.set_result(answer["svg"])
        else:
            reason = (answer["fault"].splitlines() or ["no reason was given"])[0][:200]
            words = f"this chart could not be drawn as a picture: {reason}"
            future.set_exception(ContentError(words))
    if process.stdin is not None:
        process.stdin.close()
