"""The generated NumPy program is run, and every number that it prints is compared with the engine's."""

import ast
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given

from engine import ACTIVATIONS, PRESETS, Experiment, Layer, Network, numpy_program, torch_program
from tests.programs import assert_prints, clear_of_kinks, expected, run
from tests.strategies import OUTPUTS, experiments, least_width


def of_kind(loss: str, activation: str) -> Experiment:
    """A network with the output layer given and the same activation before it, where a bias is not updated."""
    n = max(2, least_width(loss, activation))
    hidden = Layer([[0.5, -0.4], [0.3, 0.9], [-1.2, 0.1]], [0.1, 0.0, -0.2], activation)
    output = Layer(np.linspace(-0.7, 0.8, 3 * n).reshape(n, 3), np.linspace(0.3, -0.3, n), activation)
    return Experiment(Network([hidden, output], loss), [0.6, -1.1], np.linspace(1, 0.25, n), 0.3, update_biases=False)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_as_a_program_of_its_own_prints_the_engine_numbers(name: str, tmp_path) -> None:
    path = tmp_path / "program.py"
    path.write_text(numpy_program(PRESETS[name].experiment), encoding="utf-8")
    done = subprocess.run([sys.executable, "-W", "error", path], capture_output=True, text=True, check=True)
    assert_prints(done.stdout, PRESETS[name].experiment)
    assert done.stderr == ""


@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_every_loss_with_every_activation_prints_the_engine_numbers(loss: str, activation: str) -> None:
    experiment = of_kind(loss, activation)
    assert_prints(run(numpy_program(experiment)), experiment)


@given(experiments())
def test_random_networks_print_the_engine_numbers(experiment: Experiment) -> None:
    assume(clear_of_kinks(experiment))
    assert_prints(run(numpy_program(experiment)), experiment)


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_where_naive_formulas_overflow_the_program_prints_the_engine_numbers(loss, activation, z) -> None:
    n = max(2, least_width(loss, activation))
    layer = Layer(np.eye(n), np.zeros(n), activation)
    experiment = Experiment(Network([layer], loss), [z, *[0.5] * (n - 1)], np.linspace(0.75, 0.25, n), 0.1)
    assert_prints(run(numpy_program(experiment)), experiment)


def test_the_parameter_of_an_activation_is_in_the_program() -> None:
    layers = [Layer([[-2.0]], [0.5], "leaky_relu", 0.3), Layer([[-2.0]], [0.5], "leaky_relu", 0.2)]
    layers.append(Layer([[1.5]], [0.0], "elu", 2.5))
    experiment = Experiment(Network(layers, "half_squared_error"), [1.0], [-1.0], 0.1)
    printed = run(numpy_program(experiment))
    assert_prints(printed, experiment)
    assert "leaky_relu(z1, 0.3)" in numpy_program(experiment)


def test_only_what_the_network_needs_is_defined() -> None:
    for preset in PRESETS.values():
        source = numpy_program(preset.experiment)
        defined = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        # called, or handed to a function that calls it for each example
        used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        assert defined <= used
        assert not (set(ACTIVATIONS) & defined) - used_activations(preset.experiment)


def used_activations(experiment: Experiment) -> set[str]:
    """The network's activations and those that the formulas of these are written with."""
    return {layer.activation for layer in experiment.network.layers} | {"sigmoid", "softplus"}


def test_the_programs_are_short() -> None:
    experiment = PRESETS["worked-example"].experiment
    assert len(numpy_program(experiment).splitlines()) <= 130
    assert len(torch_program(experiment).splitlines()) <= 80
    assert max(len(line) for line in numpy_program(experiment).splitlines()) <= 120


def test_the_comparison_sees_a_number_that_is_wrong_in_the_twelfth_digit() -> None:
    experiment = PRESETS["worked-example"].experiment
    printed = run(numpy_program(experiment))
    loss = expected(experiment)["loss"]
    with pytest.raises(AssertionError, match="loss"):
        assert_prints(printed.replace(repr(float(loss)), repr(float(loss) * (1 + 4e-12))), experiment)
    with pytest.raises(AssertionError, match="new_b3"):
        assert_prints(printed.replace("new_b3", "new_b4"), experiment)


@pytest.mark.parametrize(
    ("inputs", "words"), [(3, "for a 3-1 network"), (8, "for an 8-1"), (11, "for an 11-1"), (10, "for a 10-1")]
)
def test_the_network_has_the_article_of_its_first_number(inputs: int, words: str) -> None:
    network = Network([Layer(np.zeros((1, inputs)), np.zeros(1), "identity")], "half_squared_error")
    one = Experiment(network, np.zeros(inputs), [0.0], 0.1)
    batch = Experiment(network, np.zeros((2, inputs)), [[0.0], [0.0]], 0.1)
    assert words in numpy_program(one) and "# The input x, the target y, and" in numpy_program(one)
    assert "# The inputs x, the targets y, and" in numpy_program(batch)
