"""The PyTorch program of a batch is run: its autograd over the mean or the sum is the oracle."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given

from engine import Experiment, torch_program
from tests.programs import assert_prints, clear_of_kinks, run
from tests.strategies import several

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch")
pytestmark = pytest.mark.torch


@pytest.fixture(autouse=True, scope="module")
def default_precision() -> Iterator[None]:
    """The programs change it for the process."""
    yield
    torch.set_default_dtype(torch.float32)


@given(several())
def test_random_batches_print_the_engine_numbers(batch: Experiment) -> None:
    assume(clear_of_kinks(batch))
    assert_prints(run(torch_program(batch)), batch)
