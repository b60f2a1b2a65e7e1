"""The factors between the gradients of famous sources are those of the engine's own losses."""

import numpy as np
import pytest

from engine import LOSSES, Layer, Network, backward, forward
from engine.examples.loss_conventions import LOSS_CONVENTIONS, times_yours
from engine.network.reductions import REDUCTIONS
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


@pytest.mark.parametrize("own", REDUCTIONS)
@pytest.mark.parametrize("source", [name for name, one in LOSS_CONVENTIONS.items() if one.over_examples])
def test_over_a_batch_a_sum_is_so_many_times_a_mean(source: str, own: str) -> None:
    one = LOSS_CONVENTIONS[source]
    network = Network([Layer(W[:2], np.zeros(2), "tanh")], "squared_error")
    theirs = Network(network.layers, one.loss)
    x, y = np.array([[0.7, -0.2], [0.1, 1.5], [-0.4, 0.3]]), np.full((3, 2), 0.4)
    due, found = (
        backward(net, forward(net, x), y, how).dW[0] for net, how in ((theirs, one.over_examples), (network, own))
    )
    times = times_yours(one, "squared_error", 2, 3, own)
    assert times is not None
    np.testing.assert_allclose(due, times * found, rtol=1e-12)


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
