"""Programs and notebooks in other notations: the same code, with the names that the notation has for it."""

import json
import re

import pytest

from engine import PRESETS, Experiment, Layer, Network, numpy_program, torch_program
from engine.formulas.notations import NOTATIONS
from engine.programs.notebook import notebook
from tests.latex import require_balanced

EXPERIMENT = PRESETS["worked-example"].experiment
OTHERS = [name for name in NOTATIONS if name != "ours"]


def code(program: str) -> str:
    """A program without the docstring at its top."""
    return program.split('"""', 2)[2]


def opening(experiment: Experiment, name: str) -> str:
    """The docstring at the top of a program, on one line."""
    return " ".join(numpy_program(experiment, NOTATIONS[name]).split('"""')[1].split())


@pytest.mark.parametrize("name", OTHERS)
def test_a_program_says_what_its_names_are_called_and_computes_the_same(name: str) -> None:
    for program in (numpy_program, torch_program):
        ours, other = program(EXPERIMENT), program(EXPERIMENT, NOTATIONS[name])
        assert code(other) == code(ours) and NOTATIONS[name].title in other
        compile(other, name, "exec")


def test_the_names_are_those_of_the_notation() -> None:
    text = opening(EXPERIMENT, "ng")
    assert "loss is J, learning_rate is α, W1 is W[1], z1 is z[1], a1 is a[1], delta1 is dz[1], dW1 is dW[1]" in text
    assert "and so on for the other layers; a3, the prediction, is ŷ." in text
    assert "weights and their gradients are transposed" in opening(EXPERIMENT, "keras")
    # no name is said to be itself
    assert "loss is" not in opening(EXPERIMENT, "pytorch")


def test_the_first_layer_of_a_program_is_found_in_a_notation_that_counts_it_otherwise() -> None:
    said = "The first layer with weights, layer 1 in the program, is layer {} there."
    for name, notation in NOTATIONS.items():
        assert (said.format(notation.first) in opening(EXPERIMENT, name)) == (name in ("nielsen", "keras"))


def test_of_a_batch_the_names_are_those_of_all_examples_and_their_way_is_told() -> None:
    batch = PRESETS["xor-four-rows"].experiment
    assert "z1 is Z[1], a1 is A[1], delta1 is dZ[1]" in opening(batch, "ng")
    assert "the prediction, is Ŷ." in opening(batch, "ng") and "the prediction, is A³." in opening(batch, "nielsen")
    for name, notation in NOTATIONS.items():
        assert ("Matrices of examples are transposed" in opening(batch, name)) == notation.layout.examples_as_columns
        assert "Matrices of examples" not in opening(EXPERIMENT, name)


def test_without_a_hidden_layer_there_are_no_other_layers() -> None:
    network = Network([Layer([[0.5, -0.2]], [0.1], "sigmoid")], "binary_cross_entropy")
    text = opening(Experiment(network, [1, 2], [1], 0.5), "ng")
    assert "other layers" not in text and "a1 is ŷ, delta1" in text


@pytest.mark.parametrize("name", OTHERS)
def test_a_notebook_derives_in_the_notation_and_runs_the_same_code(name: str) -> None:
    ours, other = (json.loads(notebook(EXPERIMENT, NOTATIONS[one]))["cells"] for one in ("ours", name))
    assert [cell for cell in ours if cell["cell_type"] == "code"] == [
        cell for cell in other if cell["cell_type"] == "code"
    ]
    text = "\n".join("".join(cell["source"]) for cell in other if cell["cell_type"] == "markdown")
    assert NOTATIONS[name].words in text
    assert ("The bias is added to net as it is" in text) == (name == "mazur")
    for formula in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL):
        require_balanced(formula)
