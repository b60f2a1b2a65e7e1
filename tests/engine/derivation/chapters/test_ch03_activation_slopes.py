"""The slopes of the activations in use: derived, and in a table."""

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, Layer, Network, forward
from engine.derivation.blocks import Heading, Prose, Table
from tests import oracles
from tests.engine.derivation.cases import CASES, EXAMPLE, every_case
from tests.engine.derivation.reading import chapter
from tests.latex import evaluate


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
    assert "Neuron 2: at a kink of the function" in " ".join(
        b.text for b in chapter(CASES["xor"], "slopes") if isinstance(b, Prose)
    )
    assert "no tangent" not in " ".join(b.text for b in chapter(EXAMPLE, "slopes") if isinstance(b, Prose))


@pytest.mark.parametrize(("name", "z"), [("softsign", 0.0), ("sigmoid", 40.69), ("tanh", 0.5), ("relu", 0.0)])
def test_where_slope_and_quotient_look_different_it_is_said_why(name: str, z: float) -> None:
    layers = [Layer([[z]], [0.0], name), Layer([[1.0]], [0.0], "identity")]
    blocks = chapter(Experiment(Network(layers, "half_squared_error"), [1.0], [0.0], 0.1), "slopes")
    table = next(block for block in blocks if isinstance(block, Table))
    words = " ".join(block.text for block in blocks if isinstance(block, Prose))
    differ = table.rows[0][3] != table.rows[0][4]
    assert differ == ("Neuron 1: the difference quotient is only close" in words or "Neuron 1: at a kink" in words)
    assert differ == (name != "tanh")
