"""Find, check and run the SQL of queries/**.sql."""

from dashboard.queries.catalogued import faults as faults_beside
from dashboard.queries.checking import faults
from dashboard.queries.counting import observations
from dashboard.queries.files import FOLDER, Query, find, read, report
from dashboard.queries.headers import (
    FaultRule,
    Measure,
    alerted,
    fault_rules,
    measure_files,
    measures,
)
from dashboard.queries.owners import faults as owner_faults
from dashboard.queries.owners import measure_ids
from dashboard.queries.running import Connection, NotHereError

__all__ = [
    "FOLDER",
    "Connection",
    "FaultRule",
    "Measure",
    "NotHereError",
    "Query",
    "alerted",
    "fault_rules",
    "faults",
    "faults_beside",
    "find",
    "measure_files",
    "measure_ids",
    "owner_faults",
    "measures",
    "observations",
    "read",
    "report",
]
