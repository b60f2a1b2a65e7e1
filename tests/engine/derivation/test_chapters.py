"""The chapters: their order, one place for each step, and the numbers in formulas, tables and prose."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any, get_args
from urllib.parse import urlparse

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, InvalidExperiment, Layer, Network, backward, forward, trace
from engine.backprop.trace import Detail
from engine.derivation import book
from engine.derivation.blocks import Aside, Block, Formula, Heading, Picture, Prose, Table
from engine.derivation.chapters.ch06_weight import weight_chapter
from engine.derivation.steps.worked import Calculation
from engine.formulas.symbols import UNFOLDED, derivative, parameter
from engine.network.places import Weight
from tests import oracles
from tests.engine.derivation.cases import CASES, hidden, output
from tests.engine.derivation.reading import blocks, formulas, numeric, workings
from tests.latex import evaluate, marked, number_of

EXAMPLE = CASES["worked-example"]
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())


def chapter(experiment: Experiment, anchor: str, **more: Any) -> tuple[Block, ...]:
    return next(c for c in book(experiment, UNFOLDED, **more) if c.anchor == anchor).blocks


def matrix_formulas(some: tuple[Block, ...]) -> list[str]:
    return [latex for block in some if isinstance(block, Formula) for latex in formulas(block)]


def test_the_chapters_are_the_tutorials_in_its_order() -> None:
    titles = [(c.anchor, c.title) for c in book(EXAMPLE)]
    assert titles == [
        ("architecture", "Network architecture"),
        ("forward-1", "Forward propagation: hidden layer 1"),
        ("forward-2", "Forward propagation: hidden layer 2"),
        ("forward-3", "Forward propagation: output layer"),
        ("slopes", "The derivatives of the activation functions"),
        ("softmax", "The softmax derivative explained"),
        ("error", "The derivative of the error with respect to the output"),
        ("weight", "The derivative with respect to a weight"),
        ("update", "Updating the output layer's weights"),
        ("backward-2", "Back-propagation to hidden layer 2"),
        ("backward-1", "Back-propagation to hidden layer 1"),
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
    assert set(places) == {(step.op, step.layer) for step in trace(experiment, detail)}


@every_case
def test_each_activation_in_use_is_derived(experiment: Experiment) -> None:
    some = chapter(experiment, "slopes")
    headings = [block.text.lower() for block in some if isinstance(block, Heading)]
    for layer in experiment.network.layers:
        title = ACTIVATIONS[layer.activation].title
        assert headings.count(title.lower()) == 1
    derived = sum(type(block).__name__ == "Reasoning" for block in some)
    in_use = {layer.activation for layer in experiment.network.layers}
    assert derived == sum(ACTIVATIONS[name].elementwise for name in in_use)


@every_case
def test_the_table_of_slopes_holds_the_slopes(experiment: Experiment, exact: None) -> None:
    tables = [block for block in chapter(experiment, "slopes") if isinstance(block, Table)]
    in_use = dict.fromkeys(layer.activation for layer in experiment.network.layers)
    layers = [
        number
        for name in in_use
        for number, layer in enumerate(experiment.network.layers)
        if layer.activation == name and ACTIVATIONS[name].elementwise
    ]
    passed = forward(experiment.network, experiment.x)
    for table, index in zip(tables, layers, strict=True):
        layer, z = experiment.network.layers[index], passed.z[index]
        found = np.array([[evaluate(cell.strip("$")) for cell in row[1:]] for row in table.rows])
        slopes = [oracles.grad(oracles.ACTIVATIONS[layer.activation])(value, layer.parameter) for value in z]
        np.testing.assert_allclose(found[:, 0], z)
        np.testing.assert_allclose(found[:, 1], passed.a[index + 1])
        np.testing.assert_allclose(found[:, 2], slopes, rtol=1e-12, atol=1e-15)
        record = ACTIVATIONS[layer.activation]
        smooth = [min([1.0, *(abs(value - kink) for kink in record.kinks)]) > 1e-3 for value in z]
        np.testing.assert_allclose(found[smooth, 3], found[smooth, 2], rtol=1e-6, atol=1e-7)


def test_a_neuron_at_a_corner_is_said_to_be_there() -> None:
    assert "Neuron 2: at a corner" in " ".join(b.text for b in chapter(CASES["xor"], "slopes") if isinstance(b, Prose))
    assert "corner" not in " ".join(b.text for b in chapter(EXAMPLE, "slopes") if isinstance(b, Prose))


@pytest.mark.parametrize("name", ["worked-example", "hidden softmax", "binary_cross_entropy of softmax"])
def test_the_jacobian_of_the_softmax_is_shown_in_symbols_and_in_numbers(name: str, exact: None) -> None:
    experiment = CASES[name]
    index = next(l for l, layer in enumerate(experiment.network.layers) if layer.activation == "softmax")
    passed = forward(experiment.network, experiment.x)
    J = ACTIVATIONS["softmax"].jacobian(passed.z[index])
    symbolic, numbers = matrix_formulas(chapter(experiment, "softmax"))[-2:]
    np.testing.assert_allclose(evaluate(numbers.removeprefix("J = ")), J, rtol=1e-12)
    a = r"\hat{y}" if index == len(passed.z) - 1 else "a"
    written = re.sub(rf"{re.escape(a)}_\{{(\d)\}}(\^\{{\(\d\)\}})?", r"\\Q\1", symbolic.rpartition(" = ")[2])
    letters = dict(zip("123456", "abcdef", strict=True))
    written = re.sub(r"\\Q(\d)", lambda found: f"\\Q{letters[found[1]]} ", written)
    values = {f"\\Q{letters[str(k)]}": value for k, value in enumerate(passed.a[index + 1], 1)}
    np.testing.assert_allclose(evaluate(written, **values), J, rtol=1e-12)


def test_without_a_softmax_its_derivative_is_offered_as_an_aside() -> None:
    for name in ("mazur", "first-look"):
        (aside,) = [block for block in chapter(CASES[name], "softmax") if isinstance(block, Aside)]
        assert any("J =" in latex for block in aside.blocks for latex in formulas(block))
    assert not any(isinstance(block, Aside) for block in chapter(EXAMPLE, "softmax"))


@every_case
def test_the_way_from_the_output_to_its_weighted_sums_is_said_for_its_function(experiment: Experiment) -> None:
    some = chapter(experiment, "error")
    (place,) = [number for number, block in enumerate(some) if isinstance(block, Heading)]
    record = ACTIVATIONS[experiment.network.layers[-1].activation]
    text = some[place + 1]
    assert isinstance(text, Prose) and f"through {record.title}" in text.text
    assert ("whole Jacobian" in text.text) != record.elementwise


JOINT = {name: e for name, e in CASES.items() if Calculation(e).joint}


@pytest.mark.parametrize("experiment", JOINT.values(), ids=JOINT.keys())
def test_the_long_way_through_the_jacobian_comes_to_the_delta(experiment: Experiment, exact: None) -> None:
    some = chapter(experiment, "error")
    (long_way,) = [latex for latex in matrix_formulas(some) if latex.startswith(r"\begin{aligned}\delta")]
    delta = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y).delta[-1]
    for side in numeric(long_way):
        np.testing.assert_allclose(np.squeeze(evaluate(side)), np.squeeze(delta), rtol=1e-9)
    # and only then the short one
    kinds = [getattr(block, "op", getattr(block, "latex", "")) for block in some]
    assert kinds.index(long_way) < kinds.index("joint_delta")
    assert Prose("Both ways lead to the same numbers.") in some


def test_where_the_long_way_loses_its_digits_the_text_says_so() -> None:
    layer = Layer(np.array([[900.0], [0.0]]), np.zeros(2), "softmax")
    extreme = Experiment(Network([layer], "cross_entropy"), [1.0], [0.0, 1.0], 0.1)
    text = " ".join(block.text for block in chapter(extreme, "error") if isinstance(block, Prose))
    assert "has lost them to rounding" in text and "same numbers." in text


@pytest.mark.parametrize("name", ["worked-example", "vanishing", "hidden softmax", "hidden leaky_relu", "single layer"])
def test_the_chapter_on_a_weight_leads_to_its_gradient_for_every_weight(name: str, exact: None) -> None:
    experiment = CASES[name]
    _, gradients, _ = oracles.gradients(experiment.network, experiment.x, experiment.y)
    for layer, (dW, _) in enumerate(gradients, 1):
        for (j, i), gradient in np.ndenumerate(dW):
            weight = Weight(layer, j + 1, i + 1)
            written = matrix_formulas(weight_chapter(Calculation(experiment, UNFOLDED), weight).blocks)
            beginning = rf"\begin{{aligned}}{derivative(parameter(weight))}"
            (product,) = [f for f in written if f.startswith(beginning)]
            for side in numeric(product):
                np.testing.assert_allclose(evaluate(side), gradient, rtol=1e-8, atol=1e-12)
            check = written[-1].partition(" = ")[2].partition(r"\quad")[0]
            np.testing.assert_allclose(evaluate(check), gradient, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("weight", [Weight(4, 1, 1), Weight(3, 4, 1), Weight(1, 1, 0), Weight(0, 1, 1)])
def test_a_weight_that_the_network_does_not_have_is_refused(weight: Weight) -> None:
    with pytest.raises(InvalidExperiment, match="has no weight to neuron"):
        book(EXAMPLE, weight=weight)


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


def test_what_the_step_achieved_is_said() -> None:
    def said(experiment: Experiment) -> str:
        return next(block.text for block in chapter(experiment, "code") if isinstance(block, Prose))

    assert "falls from $1.61723$ to $1.58041$" in said(EXAMPLE)
    assert "rises" in said(replace(CASES["first-look"], learning_rate=1.0))
    assert "nothing to improve" in said(CASES["xor"])
    assert "too high" in said(replace(CASES["mazur"], learning_rate=1e150, network=flat(CASES["mazur"].network)))


def flat(network: Network) -> Network:
    """The same with identity layers, so that numbers can grow."""
    layers = [replace(layer, W=layer.W * 1e3, activation="identity") for layer in network.layers]
    return Network(layers, network.loss)


def test_the_prediction_is_read_as_probabilities_only_where_it_is_one() -> None:
    def read(experiment: Experiment, layer: int) -> str:
        return " ".join(block.text for block in chapter(experiment, f"forward-{layer}") if isinstance(block, Prose))

    assert "The target is neuron 1, to which the network gives only 19.8 %" in read(EXAMPLE, 3)
    assert "probabilities" in read(hidden("softmax"), 2) and "target" not in read(hidden("softmax"), 2)
    assert "target" not in read(output("cross_entropy", "softmax"), 3)
    assert "Neurons 2 and 3 stand on a flat part" in read(CASES["dead-relu"], 1)


def test_biases_that_are_not_updated_are_said_to_stay() -> None:
    text = " ".join(block.text for block in chapter(CASES["mazur"], "update") if isinstance(block, Prose))
    assert "biases are not updated" in text
    assert ("bias_update", 2) not in workings(book(CASES["mazur"]))


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


def test_the_architecture_has_its_picture_and_its_table_of_symbols() -> None:
    some = chapter(EXAMPLE, "architecture")
    assert sum(isinstance(block, Picture) for block in some) == 1
    (table,) = [block for block in some if isinstance(block, Table)]
    shapes = {row[0]: row[2] for row in table.rows}
    assert shapes["$W^{(l)}$"] == "3 × 3" and shapes["$x$"] == "3"
    other = {row[0]: row[2] for b in chapter(CASES["wide"], "architecture") if isinstance(b, Table) for row in b.rows}
    assert other["$W^{(l)}$"] == "9 × 8; 11 × 9"
