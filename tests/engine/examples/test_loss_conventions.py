"""The factors between the gradients of famous sources are those of the engine's own losses."""

import numpy as np
import pytest

from engine import LOSSES, Layer, Network, backward, forward
from engine.examples.loss_conventions import LOSS_CONVENTIONS, times_yours
from tests.latex import require_balanced

SQUARES = ("half_squared_error", "squared_error", "mean_squared_error")
W = [[0.5, -1.0], [0.25, 2.0], [1.0, 0.3]]


def gradients(loss: str, outputs: int) -> np.ndarray:
    network = Network([Layer(W[:outputs], np.zeros(outputs), "tanh")], loss)
    return backward(network, forward(network, np.array([0.7, -0.2])), np.full(outputs, 0.4)).dW[0]


@pytest.mark.parametrize("outputs", [1, 2, 3])
@pytest.mark.parametrize("loss", SQUARES)
@pytest.mark.parametrize("source", LOSS_CONVENTIONS)
def test_the_factor_is_that_of_the_whole_gradient(source: str, loss: str, outputs: int) -> None:
    times = times_yours(LOSS_CONVENTIONS[source], loss, outputs)
    assert times is not None
    np.testing.assert_allclose(
        gradients(LOSS_CONVENTIONS[source].loss, outputs), times * gradients(loss, outputs), rtol=1e-12
    )


def test_what_the_sources_print() -> None:
    """Mazur's and Nielsen's ½ leaves the error itself, Hagan's delta begins with 2, PyTorch divides by the outputs."""
    against_half = {name: times_yours(one, "half_squared_error", 2) for name, one in LOSS_CONVENTIONS.items()}
    assert against_half == {"mazur": 1, "nielsen": 1, "hagan": 2, "trask": 1, "pytorch": 1, "keras": 1}
    assert times_yours(LOSS_CONVENTIONS["pytorch"], "half_squared_error", 1) == 2
    assert times_yours(LOSS_CONVENTIONS["mazur"], "cross_entropy", 2) is None


def test_each_has_a_loss_of_ours_and_a_source() -> None:
    for one in LOSS_CONVENTIONS.values():
        require_balanced(one.latex)
        assert one.loss in LOSSES and one.url.startswith(("https://", "http://"))
        assert one.over_examples in ("", "mean", "sum") and one.remark.endswith(".")
