"""Results made by hand, as the tests of single charts and tables use them."""

from tests.export.conftest import disclosed, produced

__all__ = ["disclosed", "produced"]
