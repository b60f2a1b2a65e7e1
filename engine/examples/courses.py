"""Worked examples of courses, with the numbers printed there."""

from functools import partial

from engine.arrays import Array
from engine.backprop.learning_step import learning_step
from engine.examples.preset import Preset, dense, one_example
from engine.examples.published import (
    Published,
    activations,
    deltas,
    each,
    loss,
    neurons,
    one,
    pick,
    pre_activations,
    weight_gradients,
    weights,
)
from engine.network.model import Experiment

_D_SCORES = ("0.429052723714", "0.221490524653", "-0.650543248367")


def _cs231n() -> Experiment:
    # printed for X @ W, with a column for each neuron, and so transposed
    layers = [
        dense([[0.18, 0.1], [0.04, 0.22]], [0, 0], "relu"),
        dense([[0.19, -0.02], [-0.1, -0.01], [0.1, 0.04]], [0, 0, 0], "softmax"),
    ]
    return one_example(layers, "cross_entropy", [16, -6], [0, 0, 1], 1)


def _into_hidden(experiment: Experiment) -> Array:
    """Return dL/da of the hidden layer: what the notebook calls dh1, before the ReLU's slope."""
    return learning_step(experiment).backward.da[0]


def _first_row(experiment: Experiment) -> Array:
    """Return the gradients of the weights from hidden neuron 1, a row of the notebook's W2."""
    return weight_gradients(experiment, 2)[:, 0]


def _from_rounded(experiment: Experiment) -> float:
    return float(activations(experiment, 1)[0] * float(_D_SCORES[1]))


_GRADIENT = r"\frac{\partial L}{\partial w_{%d1}^{(2)}}"

CS231N: tuple[Published, ...] = (
    *each(neurons("h1", "a_{%d}^{(1)}", 2), ("2.28", "0"), partial(activations, layer=1)),
    *each(neurons("scores", "z_{%d}^{(2)}", 3), ("0.4332", "-0.228", "0.228"), partial(pre_activations, layer=2)),
    *one("loss", "L", "1.051375468504", loss),
    *each(neurons("dscores", r"\delta_{%d}^{(2)}", 3), _D_SCORES, partial(deltas, layer=2)),
    *each(
        neurons("dh1", r"\frac{\partial L}{\partial a_{%d}^{(1)}}", 2),
        ("-0.005683359796", "-0.036817689655"),
        _into_hidden,
    ),
    *one("dW2, row 1, column 1", _GRADIENT % 1, "0.978240210068", partial(pick, _first_row, 0)),
    *one(
        "dW2, row 1, column 2",
        _GRADIENT % 2,
        "0.504998396209",
        partial(pick, _first_row, 1),
        explained=_from_rounded,
        remark="It was computed from dscores as printed, with 12 digits; the last digit is therefore another.",
    ),
    *one("dW2, row 1, column 3", _GRADIENT % 3, "-1.483238606277", partial(pick, _first_row, 2)),
    *each(
        weights("gradient of weight %s, layer 1", r"\partial L / \partial w", 1, ("w11", "w12", "w21", "w22"), 2),
        ("-0.09093376", "0.03410016", "0", "0"),
        partial(weight_gradients, layer=1),
    ),
    *each(neurons("db1", r"\delta_{%d}^{(1)}", 2), ("-0.00568336", "0"), partial(deltas, layer=1)),
)


EXAMPLES = (
    Preset(
        name="cs-notebook",
        title="A two-layer network of CS231n",
        group="worked",
        description=(
            "Two inputs, two ReLUs and a softmax over three classes, from a notebook for Stanford's course CS231n. The "
            "second hidden neuron is dead for this input, and so its gradients are exactly 0; the notebook stores each "
            "matrix the other way round."
        ),
        experiment=_cs231n(),
        source="“cs231n Two-Layer Backprop Mathematics Example”, a notebook by g-eoj on GitHub",
        url="https://github.com/g-eoj/cs231n",
        published=CS231N,
        remarks=("All numbers agree, to twelve digits but for the last digit of one.",),
    ),
)
