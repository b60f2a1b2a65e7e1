"""Worked examples of blogs, with the numbers printed there."""

from functools import partial

import numpy as np

from engine.arrays import Array
from engine.examples.preset import Preset, dense, one_example
from engine.examples.published import (
    Published,
    activations,
    deltas,
    each,
    errors,
    loss,
    neurons,
    one,
    output_after,
    pick,
    pre_activations,
    updated_weights,
    weights,
)
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment

_AFTER = "w%s after the step"
_SIGMOID = ACTIVATIONS["sigmoid"]


def _hmkcode() -> Experiment:
    layers = [dense([[0.11, 0.21], [0.12, 0.08]], [0, 0], "identity"), dense([[0.14, 0.15]], [0], "identity")]
    return one_example(layers, "half_squared_error", [2, 3], [1], 0.05, update_biases=False)


HMKCODE: tuple[Published, ...] = (
    *each(neurons("hidden", "a_{%d}^{(1)}", 2), ("0.85", "0.48"), partial(activations, layer=1)),
    *each((("prediction", r"\hat{y}"),), ("0.191",), partial(activations, layer=-1)),
    *one("error", "L", "0.327", loss),
    *each((("delta", r"\delta^{(2)}"),), ("-0.809",), partial(deltas, layer=2)),
    *each(weights(_AFTER, "w", 2, (5, 6), 2), ("0.17", "0.17"), partial(updated_weights, layer=2)),
    *each(
        weights(_AFTER, "w", 1, (1, 2, 3, 4), 2), ("0.12", "0.23", "0.13", "0.10"), partial(updated_weights, layer=1)
    ),
    *each((("prediction after the step", r"\hat{y}"),), ("0.26",), partial(output_after, steps=1)),
)


def _mind() -> Experiment:
    layers = [
        dense([[0.8, 0.2], [0.4, 0.9], [0.3, 0.5]], [0, 0, 0], "sigmoid"),
        dense([[0.3, 0.5, 0.9]], [0], "sigmoid"),
    ]
    return one_example(layers, "half_squared_error", [1, 1], [0], 1, update_biases=False)


# the text goes on with the hidden results 0.73, 0.79 and 0.69, and with 0.77 of the output
_MINDS_SUM, _MINDS_OUTPUT = np.array([0.3, 0.5, 0.9]) @ np.array([0.73, 0.79, 0.69]), 0.77
# the last of the hidden results is 0.68997 everywhere else
_MINDS_HIDDEN = np.array([0.73105, 0.78583, 0.69997])
_TWO_DIGITS = "It was computed from hidden results of two decimals, 0.73, 0.79 and 0.69."
_DIVIDED = (
    "The text divides where the chain rule multiplies: the change of a weight is the change of the sum times what the "
    "weight is multiplied by, not divided by it"
)


def _slope(z: Array) -> Array:
    return _SIGMOID.df(z, None)


def _minds_delta(_: Experiment) -> float:
    return float(_slope(np.array([_MINDS_SUM]))[0] * -_MINDS_OUTPUT)


def _minds_output_weights(experiment: Experiment) -> Array:
    return np.asarray(experiment.network.layers[1].W[0] + _minds_delta(experiment) / _MINDS_HIDDEN)


def _minds_hidden_weights(experiment: Experiment) -> Array:
    hidden, output = experiment.network.layers
    change = _minds_delta(experiment) / output.W[0] * _slope(pre_activations(experiment, 1))
    return np.asarray(hidden.W + change[:, np.newaxis] / experiment.x)


MIND: tuple[Published, ...] = (
    *each(neurons("hidden result", "a_{%d}^{(1)}", 3), ("0.73105857863", "0.78583498304", "0.68997448112"),
          partial(activations, layer=1)),
    *one("output sum", "z^{(2)}", "1.235", partial(pick, partial(pre_activations, layer=2), 0),
         explained=lambda _: float(_MINDS_SUM), remark=_TWO_DIGITS),
    *one("output", r"\hat{y}", "0.7746924929149283", partial(pick, partial(activations, layer=-1), 0),
         explained=lambda _: float(_SIGMOID.f(np.array([_MINDS_SUM]), None)[0]), remark=_TWO_DIGITS),
    *one("delta output sum", r"-\delta^{(2)}", "-0.13439890643886018", partial(pick, partial(errors, layer=2), 0),
         explained=_minds_delta, remark="It is the slope at 1.235 times −0.77, the error cut off after two decimals."),
    *each(weights(_AFTER, "w", 2, (7, 8, 9), 3), ("0.1162", "0.329", "0.708"), partial(updated_weights, layer=2),
          _minds_output_weights, f"{_DIVIDED}. For w9, 0.69997 stands for the hidden result 0.68997."),
    *each(weights(_AFTER, "w", 1, (1, 4, 2, 5, 3, 6), 2), ("0.712", "0.112", "0.3548", "0.8548", "0.2681", "0.4681"),
          partial(updated_weights, layer=1), _minds_hidden_weights,
          f"{_DIVIDED}; the way back divides by the output's weights."),
)  # fmt: skip


def _brownlee() -> Experiment:
    layers = [
        dense([[0.13436424411240122, 0.8474337369372327]], [0.763774618976614], "sigmoid"),
        dense([[0.2550690257394217], [0.4494910647887381]], [0.49543508709194095, 0.651592972722763], "sigmoid"),
    ]
    return one_example(layers, "half_squared_error", [1, 0], [0, 1], 0.5)


_STALE_OUTPUTS = ("0.6213859615555266", "0.6573693455986976")
_STALE = (
    "The second half of the text still holds outputs of an older version of the program, which left out the weights: "
    "they are the sigmoid of the biases alone."
)


def _stale_outputs(experiment: Experiment) -> Array:
    return _SIGMOID.f(experiment.network.layers[1].b, None)


def _stale_errors(experiment: Experiment) -> Array:
    # the text goes on with these numbers as they are printed
    out = np.array([float(number) for number in _STALE_OUTPUTS])
    return np.asarray((experiment.y - out) * (out * (1 - out)))


def _stale_hidden_error(experiment: Experiment) -> float:
    hidden = float(activations(experiment, 1)[0])
    back = sum((experiment.network.layers[1].W[:, 0] * _stale_errors(experiment)).tolist())
    return float(back * (hidden * (1 - hidden)))


BROWNLEE: tuple[Published, ...] = (
    *each(neurons("output", r"\hat{y}_{%d}", 2), ("0.6629970129852887", "0.7253160725279748"),
          partial(activations, layer=-1)),
    *each(neurons("output in the part on errors", r"\hat{y}_{%d}", 2), _STALE_OUTPUTS,
          partial(activations, layer=-1), _stale_outputs, _STALE),
    *each(neurons("delta of the output", r"-\delta_{%d}^{(2)}", 2), ("-0.14619064683582808", "0.0771723774346327"),
          partial(errors, layer=2), _stale_errors, _STALE),
    *one("delta of the hidden neuron", r"-\delta^{(1)}", "-0.0005348048046610517",
         partial(pick, partial(errors, layer=1), 0), explained=_stale_hidden_error, remark=_STALE),
)  # fmt: skip


EXAMPLES = (
    Preset(
        name="hmkcode",
        title="hmkcode, step by step",
        group="worked",
        description=(
            "Two inputs, two hidden neurons and one output without any activation, so that every slope is 1. It can be "
            "checked with pencil and paper; the weights after the step are printed with two decimals."
        ),
        experiment=_hmkcode(),
        source="hmkcode, “Backpropagation Step by Step”, 2019",
        url="https://hmkcode.com/ai/backpropagation-step-by-step/",
        published=HMKCODE,
        remarks=(
            "All printed numbers are right.",
            "The page could not be opened for this comparison: its numbers are as they were reported to us.",
        ),
    ),
    Preset(
        name="mind",
        title="Mind: how to build a neural network",
        group="worked",
        description=(
            "Two inputs, three hidden neurons and one output that is to learn XOR, from the text behind a library for "
            "JavaScript. The forward pass is right but for rounding; every weight after the step is wrong, since the "
            "text divides where the chain rule multiplies."
        ),
        experiment=_mind(),
        source="Steven Miller, “Mind: How to Build a Neural Network (Part One)”, 2015",
        url="https://stevenmiller888.github.io/mind-how-to-build-a-neural-network/",
        published=MIND,
        remarks=(
            "With division, the weight of a neuron that hardly contributes is changed most, and that of one with an "
            "output of 0 has no change that could be computed.",
        ),
    ),
    Preset(
        name="brownlee",
        title="Brownlee, from scratch in Python",
        group="worked",
        description=(
            "Two inputs, one hidden neuron and two outputs, all sigmoid, from a tutorial that codes the algorithm from "
            "scratch. The forward pass is right; the errors printed after it belong to an older version of the program."
        ),
        experiment=_brownlee(),
        source="Jason Brownlee, “How to Code a Neural Network with Backpropagation In Python (from scratch)”, 2016",
        url="https://machinelearningmastery.com/implement-backpropagation-algorithm-scratch-python/",
        published=BROWNLEE,
        remarks=(
            "Older copies of the text print −δ, newer ones δ: it depends on which of output and target is subtracted "
            "from the other.",
        ),
    ),
)
