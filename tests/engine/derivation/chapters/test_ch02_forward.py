"""The forward pass, and how its prediction is read."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, Layer, Network
from engine.derivation.blocks import Prose
from engine.network.losses import adds_up_to_one
from tests.engine.derivation.cases import CASES, EXAMPLE, hidden, output
from tests.engine.derivation.reading import chapter


def test_the_prediction_is_read_as_probabilities_only_where_it_is_one() -> None:
    def read(experiment: Experiment, layer: int) -> str:
        return " ".join(block.text for block in chapter(experiment, f"forward-{layer}") if isinstance(block, Prose))

    assert "The target is neuron 1, to which the network gives only 19.8%" in read(EXAMPLE, 3)
    assert "probabilities" in read(hidden("softmax"), 2) and "target" not in read(hidden("softmax"), 2)
    assert "target" not in read(output("cross_entropy", "softmax"), 3)
    assert "Neurons 2 and 3: here the function has slope 0" in read(CASES["dead-relu"], 1)


def test_a_share_that_is_not_all_of_1_is_not_written_as_1() -> None:
    def said(z: float) -> str:
        network = Network([Layer([[0.0], [0.0]], [z, 0.0], "softmax")], "cross_entropy")
        return str(chapter(Experiment(network, [1.0], [1.0, 0.0], 0.1), "forward-1"))

    assert r"$\\V{0.9999546}$, or >99.9%" in said(10.0) and r"$\\V{1}$, or 100.0%" in said(900.0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_in_a_hidden_layer_a_function_is_introduced_by_what_it_does_there(name: str) -> None:
    said = [str(chapter(hidden(name), f"forward-{layer}")) for layer in (1, 2)]
    assert any(f"**{ACTIVATIONS[name].title}**" in text for text in said)
    of_outputs = ("probability of a yes", "one of several classes", "outputs that must")
    assert not any(words in text for words in of_outputs for text in said)


def test_at_the_output_a_function_is_introduced_by_what_it_does_there() -> None:
    layers = [Layer(np.ones((1, 1)), np.zeros(1), "sigmoid")]
    alone = Experiment(Network(layers, "binary_cross_entropy"), np.ones(1), np.ones(1), 0.1)
    assert "probability of a yes" in str(chapter(alone, "forward-1"))


def test_targets_that_add_up_to_one_but_for_rounding_are_taken_to_do_so() -> None:
    y = np.array([0.7, 0.2, 0.1])
    assert y.sum() != 1.0 and adds_up_to_one(y) and not adds_up_to_one(y + 1e-6)
    deltas = [str(chapter(replace(EXAMPLE, y=some), "error")) for some in (y, np.array([0.1, 0.2, 0.7]))]
    assert all("the targets sum to 1" in words for words in deltas)


@pytest.mark.parametrize("inputs", [1, 2])
@pytest.mark.parametrize("neurons", [1, 2])
def test_what_a_neuron_takes_has_the_right_number(inputs: int, neurons: int) -> None:
    layers = [Layer(np.ones((neurons, inputs)), np.zeros(neurons), "tanh")]
    said = str(chapter(Experiment(Network(layers, "huber"), np.ones(inputs), np.ones(neurons), 0.1), "forward-1"))
    assert ("The neuron of" in said) == (neurons == 1)
    assert ("multiplies it by" in said, "adds the products" in said) == (inputs == 1, inputs == 2)
