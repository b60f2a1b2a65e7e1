"""The notebook is run, and every number that it prints is compared with the engine's."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given

from engine import PRESETS, Experiment, numpy_program
from engine.programs.notebook import notebook
from tests.latex import require_balanced
from tests.programs import assert_prints, run
from tests.strategies import experiments


def cells(experiment: Experiment, kind: str) -> Iterator[str]:
    document = json.loads(notebook(experiment))
    yield from ("".join(cell["source"]) for cell in document["cells"] if cell["cell_type"] == kind)


@pytest.mark.parametrize("name", PRESETS)
def test_the_notebook_cells_run_one_after_another_print_the_engine_numbers(name: str) -> None:
    assert_prints(run("\n".join(cells(PRESETS[name].experiment, "code"))), PRESETS[name].experiment)


@given(experiments())
def test_the_notebook_of_any_network_holds_the_code_of_its_program(experiment: Experiment) -> None:
    program = numpy_program(experiment)
    assert all(cell in program for cell in cells(experiment, "code"))


def test_the_notebook_is_one_by_the_published_schema() -> None:
    import nbformat

    nbformat.validate(nbformat.reads(notebook(PRESETS["worked-example"].experiment), as_version=4))


def test_the_notebook_derives_each_result_in_balanced_latex() -> None:
    text = "\n".join(cells(PRESETS["worked-example"].experiment, "markdown"))
    assert "0.1984" in text and r"\hat{y}" in text and r"\odot" in text
    assert not re.search(r"\\[VG]\b", text)
    formulas = re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL)
    assert formulas
    for formula in formulas:
        require_balanced(formula)
