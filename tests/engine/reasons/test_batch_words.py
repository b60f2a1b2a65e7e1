"""What is said of a batch holds in every notation, also where examples are columns."""

import numpy as np
import pytest

from engine import OPS, PRESETS, Experiment, trace
from engine.backprop.learning_step import Computed
from engine.backprop.ops import STACKED
from engine.formulas.notations import NOTATIONS, Notation
from engine.reasons import why

ONE = PRESETS["worked-example"].experiment
BATCH = Experiment(ONE.network, np.vstack([ONE.x, -ONE.x]), np.vstack([ONE.y, ONE.y]), 0.1)


def test_no_kind_of_step_speaks_of_rows_that_may_be_columns() -> None:
    assert not [name for name in STACKED if "row for each example" in OPS[name].why or "Each row" in OPS[name].why]


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS.keys())
def test_where_a_mean_is_divided_the_picture_is_told_apart(notation: Notation) -> None:
    for step in trace(BATCH, "batch"):
        if step.op == "batch_joint_delta":
            said = why(step, Computed(BATCH.in_batch(2)), notation)
            assert "picture of one example shows its own gradients, not divided" in said


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_beside_every_matrix_of_gradients_that_one_example_has_the_picture_says_whose_it_shows(reduction: str) -> None:
    batch = Experiment(ONE.network, BATCH.x, BATCH.y, 0.1, reduction=reduction)
    for step in trace(batch, "batch"):
        said = why(step, Computed(batch.in_batch(2)))
        own = step.op in ("batch_joint_delta", "batch_loss_gradient", "summed_gradient", "delta")
        assert ("here those of example 2" in said) == own, step.op
        assert ("not divided by 2" in said) == (own and reduction == "mean"), step.op
