"""What all tests share: strict floating point, hypothesis profiles, the browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.browser.fixtures",)  # here, so that the benches have the browser as well

# Derandomised: a red build is red again for whoever looks into it. `explore` is for looking for new examples.
settings.register_profile(
    "ci", derandomize=True, max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

TESTS = Path(__file__).parent
# Streamlit and pandas run NumPy their own way
LENIENT = tuple(TESTS / folder for folder in ("pages", "browser", "bench"))


@pytest.fixture(autouse=True)
def strict_floating_point(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let no overflow, underflow, division by zero or NaN pass unnoticed."""
    if any(request.path.is_relative_to(folder) for folder in LENIENT):
        yield
    else:
        with np.errstate(all="raise"):
            yield
