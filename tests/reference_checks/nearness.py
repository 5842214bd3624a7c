"""When a number of ours is that of a reference."""

import numpy as np


def cases_of(content, key="cases", chosen=None):
    """The rows of one list of a reference file; a list without any is no check, and fails."""
    rows = [row for row in content[key] if chosen is None or chosen(row)]
    assert rows, f"no rows to be checked in {key!r}"
    return rows


def near(found, expected, tolerance, what):
    """Equal within tolerance, of the number or of 1, whichever is more; null is missing."""
    found, expected = _numbers(found, expected, what)
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance, err_msg=what)


def near_p(found, expected, tolerance, what):
    """Equal within tolerance of the number itself: of p-values the small ones decide."""
    found, expected = _numbers(found, expected, what)
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=0, err_msg=what)


def _numbers(found, expected, what):
    found, expected = (
        np.atleast_1d(np.array([np.nan if v is None else v for v in np.atleast_1d(x)], dtype=float))
        for x in (found, expected)
    )
    assert found.shape == expected.shape and found.size, what
    return found, expected
