"""All numbers of a learning step: each against the engine's passes; the copies by reading them back and by running."""

import numpy as np
import pytest
from hypothesis import given

from engine import Experiment
from engine.backprop.learning_step import learning_step
from engine.network.parameters import parameters, with_parameters
from engine.programs.all_numbers import as_numpy, as_tsv, tables
from tests.programs import expected
from tests.samples import EXAMPLE
from tests.strategies import experiments


def read(experiment: Experiment) -> list[list[list[str]]]:
    """The copied text as tables of rows of cells."""
    return [
        [line.split("\t") for line in part.splitlines()]
        for part in as_tsv(tables(experiment)).strip("\n").split("\n\n")
    ]


@given(experiment=experiments())
def test_the_new_parameters_are_the_old_ones_and_what_changed_them(experiment: Experiment) -> None:
    table, _ = tables(experiment)
    old, gradient, change, new = np.array(table.numbers).T
    updated = learning_step(experiment).updated
    assert with_parameters(experiment.network, old) == experiment.network
    assert with_parameters(experiment.network, new) == updated
    assert new == pytest.approx(old + change, rel=1e-12, abs=1e-300)
    moved = np.array([experiment.update_biases or place.text[0] == "w" for place in parameters(experiment.network)])
    with np.errstate(under="ignore"):
        assert change[moved] == pytest.approx(-experiment.learning_rate * gradient[moved])
    assert not change[~moved].any()


@given(experiment=experiments())
def test_what_is_copied_is_read_back_to_the_last_bit(experiment: Experiment) -> None:
    for table, (head, *rows) in zip(tables(experiment), read(experiment), strict=True):
        assert tuple(head) == table.columns and [row[0] for row in rows] == list(table.names)
        for row, numbers in zip(rows, table.numbers, strict=True):
            assert [None if cell == "" else float(cell) for cell in row[1:]] == list(numbers)


@given(experiment=experiments())
def test_the_numpy_copy_has_every_number_of_the_step(experiment: Experiment) -> None:
    names: dict[str, object] = {}
    exec(as_numpy(experiment), names)  # noqa: S102
    for name, values in expected(experiment).items():
        np.testing.assert_array_equal(names[name], values)
    for number, layer in enumerate(experiment.network.layers, start=1):
        np.testing.assert_array_equal(names[f"W{number}"], layer.W)
        np.testing.assert_array_equal(names[f"da{number}"], learning_step(experiment).backward.da[number - 1])


def test_an_input_has_no_weighted_sum_and_an_output_has_all() -> None:
    _, neurons = tables(EXAMPLE)
    first, *_, last = zip(neurons.names, neurons.places, neurons.numbers, strict=True)
    assert first[:2] == ("x₁", "x.1") and [number is None for number in first[2]] == [True, False, False, True]
    assert last[:2] == ("ŷ₃", "n.3.3") and None not in last[2]
