"""The forward pass, and how its prediction is read."""

from engine import Experiment
from engine.derivation.blocks import Prose
from tests.engine.derivation.cases import CASES, EXAMPLE, hidden, output
from tests.engine.derivation.reading import chapter


def test_the_prediction_is_read_as_probabilities_only_where_it_is_one() -> None:
    def read(experiment: Experiment, layer: int) -> str:
        return " ".join(block.text for block in chapter(experiment, f"forward-{layer}") if isinstance(block, Prose))

    assert "The target is neuron 1, to which the network gives only 19.8 %" in read(EXAMPLE, 3)
    assert "probabilities" in read(hidden("softmax"), 2) and "target" not in read(hidden("softmax"), 2)
    assert "target" not in read(output("cross_entropy", "softmax"), 3)
    assert "Neurons 2 and 3 stand on a flat part" in read(CASES["dead-relu"], 1)
