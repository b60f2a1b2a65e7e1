"""Programs and notebooks in other notations: the same code, with the names that the notation has for it."""

import json
import re

import pytest

from engine import PRESETS, numpy_program, torch_program
from engine.formulas.notations import NOTATIONS
from engine.programs.notebook import notebook
from tests.latex import require_balanced

EXPERIMENT = PRESETS["worked-example"].experiment
OTHERS = [name for name in NOTATIONS if name != "ours"]


def code(program: str) -> str:
    """A program without the docstring at its top."""
    return program.split('"""', 2)[2]


@pytest.mark.parametrize("name", OTHERS)
def test_a_program_says_what_its_names_are_called_and_computes_the_same(name: str) -> None:
    for program in (numpy_program, torch_program):
        ours, other = program(EXPERIMENT), program(EXPERIMENT, NOTATIONS[name])
        assert code(other) == code(ours) and NOTATIONS[name].title in other
        compile(other, name, "exec")


def test_the_names_are_those_of_the_notation() -> None:
    text = " ".join(numpy_program(EXPERIMENT, NOTATIONS["ng"]).split('"""')[1].split())
    assert "loss is J, delta1 is dz[1], db1 is db[1], dW1 is dW[1]" in text
    assert "transposed" in numpy_program(EXPERIMENT, NOTATIONS["keras"])


@pytest.mark.parametrize("name", OTHERS)
def test_a_notebook_derives_in_the_notation_and_runs_the_same_code(name: str) -> None:
    ours, other = (json.loads(notebook(EXPERIMENT, NOTATIONS[one]))["cells"] for one in ("ours", name))
    assert [cell for cell in ours if cell["cell_type"] == "code"] == [
        cell for cell in other if cell["cell_type"] == "code"
    ]
    text = "\n".join("".join(cell["source"]) for cell in other if cell["cell_type"] == "markdown")
    assert NOTATIONS[name].words in text
    for formula in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL):
        require_balanced(formula)
