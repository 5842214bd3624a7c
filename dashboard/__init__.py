"""The SCD performance dashboard: sources → snapshots → reports → pages."""

__version__ = "0.1.0"
