"""Places in a network: each has a text of its own, which names no other place, and a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formulas import plain, symbols
from engine.network.parameters import flatten, parameter, parameters, weights
from engine.network.places import Bias, Input, LossValue, Neuron, Place, Target, Weight, place
from engine.network.places import given as number_of
from tests.strategies import networks

SIZES = (3, 4, 2)
COUNTS = st.integers(0, 10**6 - 1)
PLACES = st.one_of(
    *(st.builds(kind, COUNTS, COUNTS) for kind in (Neuron, Bias)),
    *(st.builds(kind, COUNTS) for kind in (Input, Target)),
    st.builds(Weight, COUNTS, COUNTS, COUNTS),
    st.just(LossValue()),
)


@given(PLACES)
def test_a_text_names_its_place(one: Place) -> None:
    assert place(one.text) == one


@pytest.mark.parametrize(
    ("text", "one"),
    [("n.0.1", Neuron(0, 1)), ("n.2.2", Neuron(2, 2)), ("w.1.4.3", Weight(1, 4, 3)), ("w.2.1.4", Weight(2, 1, 4)),
     ("b.1.4", Bias(1, 4)), ("b.2.1", Bias(2, 1)), ("x.3", Input(3)), ("y.2", Target(2)), ("loss", LossValue())],
)  # fmt: skip
def test_a_place_that_the_network_has(text: str, one: Place) -> None:
    assert place(text) == one and one.within(SIZES)


@pytest.mark.parametrize(
    "text",
    ["n.3.1", "n.1.5", "n.0.0", "n.1.0", "w.0.1.1", "w.3.1.1", "w.1.5.1", "w.1.1.4", "w.1.1.0", "w.1.0.1", "b.0.1",
     "b.1.0", "b.1.5", "b.3.1", "x.0", "x.4", "y.0", "y.3"],
)  # fmt: skip
def test_a_place_that_the_network_does_not_have(text: str) -> None:
    found = place(text)
    assert found is not None and not found.within(SIZES)


@pytest.mark.parametrize(
    "text",
    ["", "n", "n.1", "w.1.2", "b.1", "b.1.2.3", "n.1.2.3", "x.1.1", "n.1.-2", "n.1.²", "n.1.٣", "n.1.1e1", "n.a.b",
     ". .", "n.1." + "9" * 5000, " n.1.2", "n.1.2\n", "x", "y", "loss.", "loss.1"],
)  # fmt: skip
def test_texts_that_name_no_place(text: str) -> None:
    assert place(text) is None


def test_a_number_of_the_users_is_no_neurons_and_not_the_loss() -> None:
    assert number_of("w.1.4.3") == Weight(1, 4, 3) and number_of("x.3") == Input(3)
    for text in ("n.1.1", "loss", "", "w.1"):
        with pytest.raises(ValueError, match="is no number of the user's"):
            number_of(text)


@given(networks())
def test_the_parameters_of_a_network_are_in_it_each_once_and_have_its_numbers(network) -> None:
    every = parameters(network)
    W, b = [layer.W for layer in network.layers], [layer.b for layer in network.layers]
    assert all(one.within(network.sizes) for one in every) and len(set(every)) == len(every)
    assert flatten(network).tolist() == [one.of(b if isinstance(one, Bias) else W) for one in every]
    assert [parameter(network, index) for index in range(len(every))] == list(every)
    assert [one.of(W) for one in weights(network)] == np.concatenate([matrix.ravel() for matrix in W]).tolist()


def test_a_weight_leads_from_one_neuron_to_another() -> None:
    assert Weight(2, 1, 4).ends == (Neuron(1, 4), Neuron(2, 1))
    assert Bias(2, 1).neuron == Neuron(2, 1)


@pytest.mark.parametrize(
    ("one", "words", "latex"),
    [
        (Weight(1, 2, 3), "w⁽¹⁾₂₃", "w_{23}^{(1)}"),
        (Weight(2, 1, 10), "w⁽²⁾₁,₁₀", "w_{1,10}^{(2)}"),
        (Bias(12, 2), "b⁽¹²⁾₂", "b_{2}^{(12)}"),
    ],
)
def test_a_parameter_is_written_in_plain_text_and_in_latex(one: Weight | Bias, words: str, latex: str) -> None:
    assert plain.parameter(one) == words
    assert symbols.parameter(one) == latex


@pytest.mark.parametrize(
    ("neuron", "words", "short"),
    [(Neuron(0, 3), "x₃", "x₃"), (Neuron(1, 12), "a⁽¹⁾₁₂", "a₁₂"), (Neuron(2, 1), "ŷ₁", "ŷ₁")],
)
def test_an_activation_is_written_in_plain_text(neuron: Neuron, words: str, short: str) -> None:
    assert plain.activation(neuron, 2) == words
    assert plain.short_activation(neuron, 2) == short
