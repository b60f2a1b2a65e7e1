"""Networks that everybody meets: XOR and its relatives, with weights chosen by hand."""

from functools import partial

import numpy as np

from engine.arrays import Array
from engine.backprop.passes import forward
from engine.examples.preset import Preset, dense, one_example
from engine.examples.published import each
from engine.network.model import Experiment

XOR_INPUTS = ((0, 0), (0, 1), (1, 0), (1, 1))


def _for_every_input(experiment: Experiment, layer: int) -> Array:
    return forward(experiment.network, np.array(XOR_INPUTS)).a[layer]


XOR = (
    *each(
        ((f"hidden neuron {j} for {x}", f"a_{{{j}}}^{{(1)}}") for x in XOR_INPUTS for j in (1, 2)),
        ("0", "0", "1", "0", "1", "0", "2", "1"),
        partial(_for_every_input, layer=1),
    ),
    *each(
        ((f"output for {x}", r"\hat{y}") for x in XOR_INPUTS),
        ("0", "1", "1", "0"),
        partial(_for_every_input, layer=-1),
    ),
)


def _xor() -> Experiment:
    layers = [dense([[1, 1], [1, 1]], [0, -1], "relu"), dense([[1, -2]], [0], "identity")]
    return one_example(layers, "mean_squared_error", [1, 0], [1], 0.1)


EXAMPLES = (
    Preset(
        name="xor",
        title="XOR, solved",
        group="classics",
        description=(
            "“One or the other, but not both”: no single neuron that is linear or monotonic can say that. These two "
            "ReLU neurons and one output do it exactly. The loss and all gradients are 0, so change a weight or the "
            "target to see the network learn, or take “XOR, half trained”."
        ),
        experiment=_xor(),
        source="Ian Goodfellow, Yoshua Bengio and Aaron Courville, “Deep Learning”, MIT Press, 2016, section 6.1",
        url="https://www.deeplearningbook.org/contents/mlp.html",
        published=XOR,
    ),
)
