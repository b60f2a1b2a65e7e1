"""Steps as matrices of symbols: with the numbers put in they come to what the engine computes."""

import re
from string import ascii_letters
from typing import Any

import numpy as np

from engine import ACTIVATIONS, Experiment, backward, forward
from engine.derivation import book
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import every_case
from tests.engine.derivation.reading import sides, workings
from tests.engine.derivation.truth import CLOSE, parameter, truth
from tests.engine.formulas.cases import names
from tests.latex import evaluate


@every_case
def test_matrices_of_symbols_come_to_the_same_with_the_numbers_put_in(experiment: Experiment) -> None:
    right, table = truth(experiment), symbols(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        spelled = sides(working.matrices)[-1]
        formula, values = tokens(spelled, table)
        with np.errstate(all="ignore"):
            found = evaluate(formula, parameter(experiment, working), **values)
            np.testing.assert_allclose(np.squeeze(found), np.squeeze(right[place]), err_msg=spelled, **CLOSE)


def symbols(experiment: Experiment) -> dict[str, Any]:
    """The textbook's symbols, with the slopes of the neurons and the gradients of single weights."""
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back, table = backward(network, there, experiment.y), names(experiment)
    table[r"\sum_k y_k"] = experiment.y.sum()
    for layer, own in enumerate(network.layers, 1):
        record = ACTIVATIONS[own.activation]
        slopes = record.df(there.z[layer - 1], own.parameter)
        table |= {rf"{record.symbol}'(z_{{{j}}}^{{({layer})}})": slope for j, slope in enumerate(slopes, 1)}
        for (j, i), gradient in np.ndenumerate(back.dW[layer - 1]):
            name = f"w_{{{j + 1}{',' if max(i, j) > 8 else ''}{i + 1}}}^{{({layer})}}"
            table |= {name: own.W[j, i], rf"\frac{{\partial L}}{{\partial {name}}}": gradient}
    return table


def tokens(formula: str, table: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The formula with every symbol as one token, longest first, and what the tokens stand for."""
    longest_first = sorted(table, key=len, reverse=True)
    short = {
        name: f"\\Q{''.join(ascii_letters[int(digit)] for digit in str(n))}" for n, name in enumerate(longest_first)
    }
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    return name.sub(lambda found: f"{short[found[0]]} ", formula), {short[name]: table[name] for name in longest_first}
