"""The forward pass, and how its prediction is read."""

from dataclasses import replace

import numpy as np

from engine import Experiment
from engine.derivation.blocks import Prose
from engine.network.losses import adds_up_to_one
from tests.engine.derivation.cases import CASES, EXAMPLE, hidden, output
from tests.engine.derivation.reading import chapter


def test_the_prediction_is_read_as_probabilities_only_where_it_is_one() -> None:
    def read(experiment: Experiment, layer: int) -> str:
        return " ".join(block.text for block in chapter(experiment, f"forward-{layer}") if isinstance(block, Prose))

    assert "The target is neuron 1, to which the network gives only 19.8%" in read(EXAMPLE, 3)
    assert "probabilities" in read(hidden("softmax"), 2) and "target" not in read(hidden("softmax"), 2)
    assert "target" not in read(output("cross_entropy", "softmax"), 3)
    assert "Neurons 2 and 3: here the function has slope 0" in read(CASES["dead-relu"], 1)


def test_targets_that_add_up_to_one_but_for_rounding_are_taken_to_do_so() -> None:
    y = np.array([0.7, 0.2, 0.1])
    assert y.sum() != 1.0 and adds_up_to_one(y) and not adds_up_to_one(y + 1e-6)
    deltas = [str(chapter(replace(EXAMPLE, y=some), "error")) for some in (y, np.array([0.1, 0.2, 0.7]))]
    assert all("the targets sum to 1" in words for words in deltas)
