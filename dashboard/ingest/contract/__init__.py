"""A contract as one file: what an extract must be, and the program that checks it, away from here.

`packing` makes it, `start` is what it runs first, `checking` checks an extract with the same code
that imports it, so that both refuse the same rows.
"""
