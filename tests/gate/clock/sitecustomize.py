"""Python reads this at its start where the folder is on PYTHONPATH: the clock stands still.

A child process inherits PYTHONPATH, so what it writes bears the same moment. time-machine
replaces the clock below Python's own names: it holds however a module imported it, and
time.monotonic, which waiting needs, goes on.
"""

import os

import time_machine

time_machine.travel(os.environ["GATE_NOW"], tick=False).start()
