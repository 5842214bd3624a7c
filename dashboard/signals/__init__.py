"""A table of series in, rows of signals out: no request, no words (those are reports')."""
