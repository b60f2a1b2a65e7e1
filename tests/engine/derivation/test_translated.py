"""The text in other notations: every formula is translated, and its numbers are read back."""

import re
from typing import Any

import numpy as np
import pytest

from engine import Experiment
from engine.derivation import book
from engine.derivation.blocks import Prose, Table
from engine.derivation.chapters.ch09_mistakes import mistake_details, possible
from engine.formulas.notations import NOTATIONS, Notation, Translation
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import CASES
from tests.engine.derivation.reading import blocks, formulas, numeric, sides, workings
from tests.engine.derivation.truth import parameter, require, truth
from tests.engine.formulas.cases import names
from tests.engine.formulas.notations.reading import LEFT, NOTHING, shown, with_tokens
from tests.latex import evaluate, marked, require_balanced
from tests.samples import passes

every_notation = pytest.mark.parametrize(
    "notation", [notation for name, notation in NOTATIONS.items() if name != "ours"], ids=lambda one: one.name
)
every_case = pytest.mark.parametrize("name", ["worked-example", "mazur", "hidden softmax", "huber of identity"])


def due(value: object, notation: Notation) -> object:
    turned = np.ndim(value) == 2 and notation.layout.inputs_first
    return np.transpose(value) if turned else value


@every_notation
@every_case
def test_numbers_and_matrices_of_symbols_come_to_what_the_engine_computes(
    name: str, notation: Notation, exact: None
) -> None:
    experiment = CASES[name]
    right, own = truth(experiment), Translation(notation, experiment.network.sizes)
    known = {own.formula(symbol): shown(value, notation) for symbol, value in every_name(experiment).items()}
    for place, working in workings(book(experiment, UNFOLDED, notation=notation)).items():
        value = due(right[place], notation)
        for side in numeric(working.numbers):
            require(side, value, parameter(experiment, working))
        matrices = sides(working.matrices)[-1]
        if "f'" not in matrices and "'(" not in matrices:
            formula, values = with_tokens(matrices, known)
            require_named(formula, value, parameter(experiment, working), values)


def every_name(experiment: Experiment) -> dict[str, Any]:
    """The symbols of the steps, and the gradient of each weight."""
    _, back = passes(experiment)
    slopes = {
        rf"\frac{{\partial L}}{{\partial w_{{{j + 1}{i + 1}}}^{{({layer})}}}}": slope
        for layer, dW in enumerate(back.dW, start=1)
        for (j, i), slope in np.ndenumerate(dW)
    }
    return names(experiment) | slopes


def require_named(formula: str, value: object, own: float | None, values: dict[str, object]) -> None:
    with np.errstate(all="ignore"):
        found = np.squeeze(evaluate(formula, own, **values))
    np.testing.assert_allclose(found, np.squeeze(value), rtol=1e-9, atol=1e-11, err_msg=formula)


def all_formulas(experiment: Experiment, notation: Notation) -> list[str]:
    text = [
        formula
        for block in blocks(book(experiment, UNFOLDED, notation=notation))
        if not (isinstance(block, Prose) and block.own_notation)
        for formula in formulas(block)
    ]
    mistakes = [mistake_details(experiment, mistake, UNFOLDED, notation) for mistake in possible(experiment)]
    return text + [formula for details in mistakes for block in details for formula in formulas(block)]


@every_notation
@every_case
def test_nothing_of_ours_is_left_in_the_text_and_no_number_is_lost(name: str, notation: Notation) -> None:
    experiment = CASES[name]
    translated, ours = (all_formulas(experiment, one) for one in (notation, NOTATIONS["ours"]))
    for latex in translated:
        require_balanced(latex)
        assert not re.search(LEFT.get(notation.name, NOTHING), latex), latex
    numbers = [sorted(number for latex in text for number in marked(latex)) for text in (translated, ours)]
    assert numbers[0] == numbers[1]


def test_an_index_is_the_same_neuron_throughout_a_row_of_the_table_of_symbols() -> None:
    first, *_ = book(CASES["mazur"], notation=NOTATIONS["nielsen"])
    rows = [row for block in first.blocks if isinstance(block, Table) for row in block.rows]
    assert ("$w_{jk}^{l}$", "one of them, from neuron $k$ to neuron $j$", "one number") in rows


@every_notation
def test_the_first_chapter_says_how_the_notation_is_read(notation: Notation) -> None:
    first, *_ = book(CASES["mazur"], notation=notation)
    assert Prose(notation.words, own_notation=True) in first.blocks


@every_notation
def test_the_words_about_a_notation_have_formulas_that_are_whole(notation: Notation) -> None:
    found = re.findall(r"\$([^$]+)\$", notation.words)
    assert found
    for latex in found:
        require_balanced(latex)
