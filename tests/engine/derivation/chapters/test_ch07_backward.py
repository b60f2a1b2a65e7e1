"""The way back and the update: what the step achieved, and what stays."""

from dataclasses import replace

from engine import Experiment, Layer, Network
from engine.derivation import book
from engine.derivation.blocks import Prose
from tests.engine.derivation.cases import CASES, EXAMPLE
from tests.engine.derivation.reading import chapter, workings


def test_what_the_step_achieved_is_said() -> None:
    def said(experiment: Experiment) -> str:
        return next(block.text for block in chapter(experiment, "code") if isinstance(block, Prose))

    assert "falls from $1.61723$ to $1.58041$" in said(EXAMPLE)
    assert "new parameters of all layers" in said(EXAMPLE) and "new parameters, the" in said(CASES["single layer"])
    assert "rises" in said(replace(CASES["first-look"], learning_rate=1.0))
    assert "are 0, so no parameter changes" in said(CASES["xor"])
    # an inactive ReLU far from its target, and a learning rate of 0: nothing of this is the best there is
    dead = Experiment(Network([Layer([[-1]], [0], "relu")], "half_squared_error"), [5], [5], 0.1)
    assert "loss is still $12.5$: all gradients that the update uses are 0" in said(dead)
    assert "the learning rate is 0" in said(replace(EXAMPLE, learning_rate=0.0))
    assert "too small for the digits" in said(replace(EXAMPLE, learning_rate=1e-30))
    assert "too high" in said(replace(CASES["mazur"], learning_rate=1e150, network=flat(CASES["mazur"].network)))


def flat(network: Network) -> Network:
    """The same with identity layers, so that numbers can grow."""
    layers = [replace(layer, W=layer.W * 1e3, activation="identity") for layer in network.layers]
    return Network(layers, network.loss)


def test_biases_that_are_not_updated_are_said_to_stay() -> None:
    text = " ".join(block.text for block in chapter(CASES["mazur"], "update") if isinstance(block, Prose))
    assert "biases are not updated" in text
    assert ("bias_update", 2) not in workings(book(CASES["mazur"]))


def test_a_softmax_of_one_neuron_is_not_said_to_move_others() -> None:
    layers = [Layer([[1.0, 0.5]], [0.0], "softmax"), Layer([[2.0]], [0.5], "identity")]
    alone = Experiment(Network(layers, "half_squared_error"), [1.0, 1.0], [3.0], 0.1)
    text = " ".join(block.text for block in chapter(alone, "backward-1") if isinstance(block, Prose))
    assert "of one neuron it is 0" in text and "moves all" not in text
