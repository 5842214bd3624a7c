"""When a number of ours is that of a reference."""

import numpy as np


def near(found, expected, tolerance, what):
    """Equal within tolerance, of the number or of 1, whichever is more; null is missing."""
    found, expected = (
        np.atleast_1d(np.array([np.nan if v is None else v for v in np.atleast_1d(x)], dtype=float))
        for x in (found, expected)
    )
    assert found.shape == expected.shape, what
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance, err_msg=what)
