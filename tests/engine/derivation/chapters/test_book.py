"""The chapters together: their order, one place for each step, sources, and no number that is not the engine's."""

from collections import Counter
from typing import Any, get_args
from urllib.parse import urlparse

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, backward, forward, trace
from engine.backprop.trace import Detail
from engine.derivation import book
from engine.derivation.blocks import Aside, Heading
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import EXAMPLE, every_case
from tests.engine.derivation.reading import blocks, formulas
from tests.latex import marked, number_of


def test_the_chapters_are_the_tutorials_in_its_order() -> None:
    titles = [(c.anchor, c.title) for c in book(EXAMPLE)]
    assert titles == [
        ("architecture", "Network architecture"),
        ("forward-1", "Forward propagation: hidden layer 1"),
        ("forward-2", "Forward propagation: hidden layer 2"),
        ("forward-3", "Forward propagation: output layer"),
        ("slopes", "The derivatives of the activation functions"),
        ("softmax", "The softmax derivative explained"),
        ("error", "The derivative of the loss with respect to the output"),
        ("weight", "The derivative with respect to a weight"),
        ("update", "Updating the output layer's weights"),
        ("backward-2", "Backpropagation to hidden layer 2"),
        ("backward-1", "Backpropagation to hidden layer 1"),
        ("code", "The code"),
    ]


@every_case
def test_each_layer_has_its_chapters_and_no_anchor_comes_twice(experiment: Experiment) -> None:
    anchors = [c.anchor for c in book(experiment)]
    layers = len(experiment.network.layers)
    every = [*anchors, *(b.anchor for b in blocks(book(experiment)) if isinstance(b, Heading))]
    assert len(set(every)) == len(every)
    assert [a for a in anchors if a.startswith("forward")] == [f"forward-{l}" for l in range(1, layers + 1)]
    assert [a for a in anchors if a.startswith("backward")] == [f"backward-{l}" for l in range(layers - 1, 0, -1)]


@every_case
@pytest.mark.parametrize("detail", get_args(Detail))
def test_each_step_has_exactly_one_place_in_the_text(experiment: Experiment, detail: Detail) -> None:
    places = Counter((w.op, w.layer) for c in book(experiment) for w in c.workings)
    assert set(places.values()) == {1}
    # what the update did to the loss is said in words
    assert set(places) == {(step.op, step.layer) for step in trace(experiment, detail) if step.op != "new_loss"}


def numbers_of(experiment: Experiment) -> np.ndarray:
    """Every number that the engine has for an experiment."""
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back = backward(network, there, experiment.y)
    rate = experiment.learning_rate
    found: list[Any] = [experiment.x, experiment.y, rate, experiment.y.sum(), back.loss, 1e-4]
    for l, layer in enumerate(network.layers):
        record = ACTIVATIONS[layer.activation]
        jacobian = record.jacobian(there.z[l], layer.parameter)
        found += [layer.W, layer.b, layer.parameter or 0.0, there.z[l], there.a[l + 1], jacobian]
        found += [back.da[l], back.delta[l], back.dW[l], rate * back.dW[l], rate * back.db[l]]
        found += [layer.W - rate * back.dW[l], layer.b - rate * back.db[l]]
        if layer.activation == "softmax":
            found += [np.exp(there.z[l]), np.exp(there.z[l]).sum()]
    return np.concatenate([np.ravel(values) for values in found])


@every_case
def test_every_coloured_number_of_the_text_is_one_of_the_engines(experiment: Experiment) -> None:
    known = numbers_of(experiment)
    # the softmax that is only explained, the quotients and the numbers of weights moved are judged above
    told = [c for c in book(experiment, UNFOLDED) if c.anchor not in ("weight", "slopes")]
    told = [c for c in told if c.anchor != "softmax" or not any(isinstance(b, Aside) for b in c.blocks)]
    written = {text for block in blocks(tuple(told)) for latex in formulas(block) for text in marked(latex)}
    assert len(written) >= 5
    for text in written:
        number = number_of(text)
        assert np.isclose(known, number, rtol=6e-4, atol=0.0).any(), text


def test_a_wrong_number_would_be_found() -> None:
    assert not np.isclose(numbers_of(EXAMPLE), 0.1234, rtol=6e-4, atol=0.0).any()


def test_every_chapter_but_repetitions_leads_to_well_formed_sources() -> None:
    for preset in PRESETS.values():
        repeated = {f"forward-{l}" for l in range(2, 9)} | {
            f"backward-{l}" for l in range(1, len(preset.experiment.network.layers) - 1)
        }
        for c in book(preset.experiment):
            assert c.links or c.anchor in repeated, c.anchor
            for link in c.links:
                assert urlparse(link.url).scheme in ("https", "http") and "." in urlparse(link.url).netloc
                assert link.title
