"""The performance dashboard of a directorate: sources → snapshots → reports → pages."""

__version__ = "0.2.0"
