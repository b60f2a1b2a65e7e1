"""Worked examples that learn from several examples in one step.

One example of the batch is drawn; the learning step is that of all.
"""

from dataclasses import replace
from functools import partial
from math import exp
from operator import mul

import numpy as np

from engine.arrays import Array
from engine.examples.preset import Preset, batch, dense
from engine.examples.published import (
    Published,
    activations,
    each,
    errors,
    one,
    output_after,
    pick,
    pre_activations,
    updated_weights,
    weights,
)
from engine.memory import remembered
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Network

_CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


def _xnor() -> Experiment:
    layers = [dense([[20, 20], [-20, -20]], [-30, 10], "sigmoid"), dense([[20, 20]], [-10], "sigmoid")]
    return batch(layers, "binary_cross_entropy", _CORNERS, [[1], [0], [0], [1]], 0.1, "sum")


XNOR = each(((f"output for {x}", r"\hat{y}") for x in _CORNERS), ("1", "0", "0", "1"), partial(activations, layer=-1))


def _singman() -> Experiment:
    # the text prints predictions, not the weights that they come from; these are their logits
    layers = [dense([[0.39293837, -0.42772133, -0.54629709]], [0], "sigmoid")]
    x = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
    return batch(layers, "half_squared_error", x, [[0], [0], [1], [1]], 1, "sum", update_biases=False)


def _slopes(experiment: Experiment) -> Array:
    return ACTIVATIONS["sigmoid"].df(pre_activations(experiment, 1), None)


def _misses(experiment: Experiment) -> Array:
    return np.asarray(experiment.y - activations(experiment, -1))


@remembered
def _after(experiment: Experiment, steps: int) -> Experiment:
    """Return the experiment after so many steps of its one sigmoid neuron without a bias, under the halved square.

    Number by number, which for so few takes a tenth of the time that arrays do.
    """
    w = experiment.network.layers[0].W[0].tolist()
    examples = list(zip(experiment.x.tolist(), experiment.y[:, 0].tolist(), strict=True))
    for _ in range(steps):
        change = [0.0] * len(w)
        for x, y in examples:
            a = 1 / (1 + exp(-sum(map(mul, w, x))))
            delta = (a - y) * a * (1 - a)
            change = [total + delta * one for total, one in zip(change, x, strict=True)]
        w = [old - experiment.learning_rate * new for old, new in zip(w, change, strict=True)]
    return replace(experiment, network=Network([dense([w], [0], "sigmoid")], experiment.network.loss))


def weights_after(experiment: Experiment, steps: int) -> Array:
    """Return the neuron's weights after so many steps."""
    return _after(experiment, steps).network.layers[0].W


def _all_misses_after(experiment: Experiment, steps: int) -> float:
    return float(np.abs(_misses(_after(experiment, steps))).sum())


def _examples(label: str, latex: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{label}, example {k}", latex) for k in range(1, 5))


SINGMAN: tuple[Published, ...] = (
    *each(_examples("l1_error", r"y - \hat{y}"), ("-0.36672394", "-0.27408027", "0.53826471", "0.64131589"), _misses),
    *each(_examples("sigmoid derivative", r"\sigma'(z)")[:3], ("0.23223749", "0.19896028", "0.24853581"), _slopes),
    *one("sigmoid derivative, example 4", r"\sigma'(z)", "0.21876263", partial(pick, _slopes, 3),
         remark="A misprint: l1_delta goes with the right slope, 0.14752178 / 0.64131589 = 0.2300298."),
    *each(_examples("l1_delta", r"-\delta"), ("-0.08516705", "-0.05453109", "0.13377806", "0.14752178"),
          partial(errors, layer=1)),
    *each(weights("weight %s after 1 iteration", "w", 1, (1, 2, 3), 3), ("0.67423821", "-0.33473064", "-0.40469539"),
          partial(updated_weights, layer=1)),
    *each(_examples("prediction after 1 iteration", r"\hat{y}"),
          ("0.40018475", "0.32312967", "0.56698066", "0.48370881"), partial(output_after, steps=1)),
    *each(weights("weight %s after 100,000 iterations", "w", 1, (1, 2, 3), 3), ("12.0087", "-0.2044", "-5.8002"),
          partial(weights_after, steps=100_000)),
    *one("all errors after 10,000 iterations", r"\sum |y - \hat{y}|", "0.03182",
         partial(_all_misses_after, steps=10_000)),
    *one("all errors after 100,000 iterations", r"\sum |y - \hat{y}|", "0.00995",
         partial(_all_misses_after, steps=100_000)),
)  # fmt: skip


WORKED = (
    Preset(
        name="singman",
        title="Singman, after Trask: four examples at once",
        group="worked",
        description=(
            "One sigmoid neuron with three inputs learns from four examples at once, and each step adds up what they "
            "ask for. Trask's eleven lines of Python are the best known of all small networks; with the mean over the "
            "examples instead of the sum, the learning rate would have to be 4."
        ),
        experiment=_singman(),
        source=(
            "Paul Singman, “Holding Your Hand Like a Small Child Through a Neural Network”, 2 parts, after Andrew "
            "Trask, “A Neural Network in 11 lines of Python”, 2015"
        ),
        published=SINGMAN,
        remarks=(
            "All printed numbers are right but for one slope. The weights at the beginning are not printed: they "
            "follow from the predictions.",
        ),
    ),
)

# not offered yet: its gradients of 1e-8 are what is left of parts of 1e-5, and difference quotients give eight digits
# of them only, where every other preset is checked to nine
CLASSICS = (
    Preset(
        name="xnor",
        title="XNOR of Andrew Ng's course",
        group="classics",
        description=(
            "“Both or neither”, put together from an AND, a NOR and an OR of sigmoid neurons with weights of 10 to 30. "
            "The outputs that are printed as 0 and 1 are 0.00005 and 0.99995; so far out on the sigmoid, gradients are "
            "nearly 0 and not 0."
        ),
        experiment=_xnor(),
        source="Andrew Ng, “Machine Learning”, Coursera, week 4; the same in Shuhan Yu's notes of the course, 2018",
        url="https://www.shuhanyu.com/2018/07/18/ExamplesOfNeuralNetwork/",
        published=XNOR,
        remarks=("All outputs are right once they are rounded, as they were in the course.",),
    ),
)

EXAMPLES = (*WORKED, *CLASSICS)
