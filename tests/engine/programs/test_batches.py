"""The programs of a batch are run, and print the engine's numbers; they say by which reduction."""

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine import ACTIVATIONS, Experiment, Layer, Network, numpy_program, torch_program
from engine.programs.all_numbers import as_numpy, tables
from engine.programs.notebook import notebook
from tests.latex import require_balanced
from tests.programs import assert_prints, clear_of_kinks, run
from tests.samples import RNG
from tests.strategies import OUTPUTS, least_width, several


def batch_of(loss: str, output: str, hidden: str, reduction: str = "mean") -> Experiment:
    n, rng = max(2, least_width(loss, output)), RNG(5)
    layers = [
        Layer(rng.normal(size=(3, 2)), rng.normal(size=3), hidden),
        Layer(rng.normal(size=(n, 3)), [0.1] * n, output),
    ]
    return Experiment(Network(layers, loss), rng.normal(size=(3, 2)), rng.uniform(size=(3, n)), 0.3, True, reduction)


@pytest.mark.parametrize(("loss", "output"), OUTPUTS)
def test_every_loss_with_every_output_prints_the_engine_numbers(loss: str, output: str) -> None:
    for reduction in ("mean", "sum"):
        batch = batch_of(loss, output, "tanh", reduction)
        assert_prints(run(numpy_program(batch)), batch)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_hidden_activation_prints_the_engine_numbers(hidden: str) -> None:
    batch = batch_of("half_squared_error", "identity", hidden)
    assert_prints(run(numpy_program(batch)), batch)


@settings(max_examples=40)
@given(several())
def test_random_batches_print_the_engine_numbers(batch: Experiment) -> None:
    assume(clear_of_kinks(batch))
    assert_prints(run(numpy_program(batch)), batch)


def test_the_program_is_in_matrix_form_and_says_its_reduction() -> None:
    for reduction in ("mean", "sum"):
        batch = batch_of("cross_entropy", "softmax", "relu", reduction)
        for program in (numpy_program(batch), torch_program(batch)):
            assert "z2 = a1 @ W2.T + b2" in program
            assert f"losses.{reduction}()  # reduction over the batch: the {reduction} of the 3 losses" in program
        assert "dW2 = delta2.T @ a1" in numpy_program(batch) and "db2 = delta2.sum(axis=0)" in numpy_program(batch)
        assert (" / len(y)" in numpy_program(batch)) == (reduction == "mean")
        compile(torch_program(batch), "program", "exec")


def test_one_example_of_it_has_the_program_that_it_ever_had() -> None:
    program = numpy_program(batch_of("cross_entropy", "softmax", "relu").example(1))
    assert "losses" not in program and "z2 = W2 @ a1 + b2" in program


def test_the_notebook_runs_and_derives_the_matrices_with_their_shapes() -> None:
    batch = batch_of("half_squared_error", "sigmoid", "softmax")
    cells = json.loads(notebook(batch))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert_prints(run(code), batch)
    text = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert r"\underset{3 \times 2}{X}" in text and r"\G{" not in text
    require_balanced(text)


def test_all_numbers_as_arrays_have_the_examples_as_rows() -> None:
    batch = batch_of("half_squared_error", "sigmoid", "tanh")
    names: dict[str, np.ndarray] = {}
    exec(as_numpy(batch), names)  # noqa: S102
    assert names["x"].shape == (3, 2) and names["delta2"].shape == (3, 2)
    np.testing.assert_allclose(names["dW2"], names["delta2"].T @ names["a1"], rtol=1e-12)
    np.testing.assert_allclose(names["new_W1"], names["W1"] - 0.3 * names["dW1"], rtol=1e-12)
    assert as_numpy(batch.in_batch(2)) == as_numpy(batch)


def test_the_table_of_parameters_changes_them_by_the_batch_s_gradient() -> None:
    batch = batch_of("half_squared_error", "sigmoid", "tanh")
    for old, gradient, change, new in tables(batch.in_batch(2))[0].numbers:
        assert None not in (old, gradient, change, new)
        assert new == pytest.approx(old - 0.3 * gradient, rel=1e-12)  # type: ignore[operator]
