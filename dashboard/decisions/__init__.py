"""Decisions of the tasking meeting: what was decided, what was sealed with it, what came of it."""
