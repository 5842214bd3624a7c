"""Overtime of the sample: claims, and the budget they are held against."""
