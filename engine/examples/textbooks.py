"""Worked examples of textbooks, with the numbers printed there."""

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
    pick,
    pre_activations,
    updated_biases,
    updated_weights,
    weights,
)
from engine.network.model import Experiment

_AFTER = "%s after the step"


def _han_kamber() -> Experiment:
    hidden = dense([[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [-0.4, 0.2], "sigmoid")
    layers = [hidden, dense([[-0.3, -0.2]], [0.1], "sigmoid")]
    return one_example(layers, "half_squared_error", [1, 0, 1], [1], 0.9)


HAN_KAMBER: tuple[Published, ...] = (
    *each((("net input of unit 4", "z_1^{(1)}"), ("net input of unit 5", "z_2^{(1)}")), ("-0.7", "0.1"),
          partial(pre_activations, layer=1)),
    *each((("output of unit 4", "a_1^{(1)}"), ("output of unit 5", "a_2^{(1)}")), ("0.332", "0.525"),
          partial(activations, layer=1)),
    *each((("net input of unit 6", "z^{(2)}"),), ("-0.105",), partial(pre_activations, layer=2)),
    *each((("output of unit 6", r"\hat{y}"),), ("0.474",), partial(activations, layer=-1)),
    *each((("error of unit 6", r"-\delta^{(2)}"),), ("0.1311",), partial(errors, layer=2)),
    *each((("error of unit 4", r"-\delta_1^{(1)}"), ("error of unit 5", r"-\delta_2^{(1)}")), ("-0.0087", "-0.0065"),
          partial(errors, layer=1)),
    *each(weights(_AFTER, "w", 2, ("w46", "w56"), 2), ("-0.261", "-0.138"), partial(updated_weights, layer=2)),
    *each(weights(_AFTER, "w", 1, ("w14", "w24", "w34", "w15", "w25", "w35"), 3),
          ("0.192", "0.4", "-0.508", "-0.306", "0.1", "0.194"), partial(updated_weights, layer=1)),
    *each((("bias of unit 6 after the step", "b^{(2)}"),), ("0.218",), partial(updated_biases, layer=2)),
    *each((("bias of unit 4 after the step", "b_1^{(1)}"), ("bias of unit 5 after the step", "b_2^{(1)}")),
          ("-0.408", "0.194"), partial(updated_biases, layer=1)),
)  # fmt: skip


def _macleod() -> Experiment:
    layers = [dense([[0.1, 0.8], [0.4, 0.6]], [0, 0], "sigmoid"), dense([[0.3, 0.9]], [0], "sigmoid")]
    return one_example(layers, "half_squared_error", [0.35, 0.9], [0.5], 1, update_biases=False)


# what the book goes on with, as it is printed
_HIDDEN, _ERROR = np.array([0.68, 0.6637]), -0.0406
_ROUNDED = "It was computed from the hidden outputs as printed, 0.68 and 0.6637"
_BACK = (
    "The book takes the output weights that it has just updated, 0.272392 and 0.87305, for the way back; the chain "
    "rule needs those of the forward pass, 0.3 and 0.9."
)


def _sum_of_rounded(experiment: Experiment) -> float:
    return float(experiment.network.layers[1].W[0] @ _HIDDEN)


def _output_weights(experiment: Experiment) -> Array:
    return np.asarray(experiment.network.layers[1].W[0] + _ERROR * _HIDDEN)


def _hidden_errors(experiment: Experiment) -> Array:
    # the second is computed from the weight as printed, with two digits fewer
    through = np.array([_output_weights(experiment)[0], 0.87305])
    return np.asarray(_ERROR * through * _HIDDEN * (1 - _HIDDEN))


def _hidden_weights(experiment: Experiment) -> Array:
    change = np.outer(_hidden_errors(experiment), experiment.x)
    return np.asarray(experiment.network.layers[0].W + experiment.learning_rate * change)


MACLEOD: tuple[Published, ...] = (
    *each(neurons("weighted sum, hidden", "z_{%d}^{(1)}", 2), ("0.755", "0.68"), partial(pre_activations, layer=1)),
    *each(neurons("output, hidden", "a_{%d}^{(1)}", 2), ("0.68", "0.6637"), partial(activations, layer=1)),
    *one("weighted sum of the output", "z^{(2)}", "0.80133", partial(pick, partial(pre_activations, layer=2), 0),
         explained=_sum_of_rounded, remark=f"{_ROUNDED}."),
    *each((("output", r"\hat{y}"),), ("0.69",), partial(activations, layer=-1)),
    *each((("error of the output", r"-\delta^{(2)}"),), ("-0.0406",), partial(errors, layer=2)),
    *each(weights(_AFTER, "w", 2, ("w5", "w6"), 2), ("0.272392", "0.87305"), partial(updated_weights, layer=2),
          _output_weights, f"{_ROUNDED}, and from the error as printed, −0.0406."),
    *one("error of hidden neuron 1", r"-\delta_1^{(1)}", "-0.002406", partial(pick, partial(errors, layer=1), 0),
         explained=partial(pick, _hidden_errors, 0), remark=_BACK),
    *each(weights(_AFTER, "w", 1, ("w1", "w2", "w3", "w4"), 2), ("0.09916", "0.7978", "0.3972", "0.5928"),
          partial(updated_weights, layer=1), _hidden_weights, _BACK),
)  # fmt: skip


def _hagan() -> Experiment:
    layers = [dense([[-0.27], [-0.41]], [-0.48, -0.13], "sigmoid"), dense([[0.09, -0.17]], [0.48], "identity")]
    return one_example(layers, "mean_squared_error", [1], [1 + np.sin(np.pi / 4)], 0.1)


def _error(experiment: Experiment) -> float:
    return float((experiment.y - activations(experiment, -1))[0])


HAGAN: tuple[Published, ...] = (
    *each(neurons("output, layer 1", "a_{%d}^{(1)}", 2), ("0.321", "0.368"), partial(activations, layer=1)),
    *each((("output", r"\hat{y}"),), ("0.446",), partial(activations, layer=-1)),
    *one("error", r"y - \hat{y}", "1.261", _error),
    *each((("sensitivity of layer 2", r"\delta^{(2)}"),), ("-2.522",), partial(deltas, layer=2)),
    *each(neurons("sensitivity of layer 1", r"\delta_{%d}^{(1)}", 2), ("-0.0495", "0.0997"), partial(deltas, layer=1)),
    *each(weights("%s after the step", "w", 2, ("w11, layer 2,", "w12, layer 2,"), 2), ("0.171", "-0.0772"),
          partial(updated_weights, layer=2)),
    *each((("bias of layer 2 after the step", "b^{(2)}"),), ("0.732",), partial(updated_biases, layer=2)),
    *each(weights("%s after the step", "w", 1, ("w11, layer 1,", "w21, layer 1,"), 1), ("-0.265", "-0.420"),
          partial(updated_weights, layer=1)),
    *each(neurons("bias of layer 1 after the step", "b_{%d}^{(1)}", 2), ("-0.475", "-0.140"),
          partial(updated_biases, layer=1)),
)  # fmt: skip


def _zaki() -> Experiment:
    layers = [dense([[1], [1], [-1]], [0, 0, 0], "relu"), dense([[0.5, 1, 2]], [0], "sigmoid")]
    return one_example(layers, "half_squared_error", [4], [0], 1, update_biases=False)


def _weights_of(experiment: Experiment, layer: int) -> Array:
    return experiment.network.layers[layer - 1].W


def _same_for_all(experiment: Experiment) -> Array:
    # the answer gives three numbers for the one that there is
    return np.repeat(deltas(experiment, 2), 3)


ZAKI: tuple[Published, ...] = (
    *each((("output", r"\hat{y}"),), ("0.9975",), partial(activations, layer=-1)),
    *one("loss, as answered", "L", "0.9975", loss, explained=partial(pick, partial(activations, layer=-1), 0),
         remark="The answer takes the output itself for the loss."),
    *each(((f"net gradient of the output, as answered, number {k}", r"\delta^{(2)}") for k in (1, 2, 3)),
          ("0.5", "1", "2"), _same_for_all, partial(_weights_of, layer=2),
          "The answer copies the output's weights for a gradient; there is one output, and so one δ."),
    *each(neurons("net gradient of the hidden layer, as answered", r"\delta_{%d}^{(1)}", 3), ("1", "1", "-1"),
          partial(deltas, layer=1), partial(_weights_of, layer=1),
          "The answer copies the hidden layer's weights for gradients."),
)  # fmt: skip


EXAMPLES = (
    Preset(
        name="han-kamber",
        title="Han and Kamber, section 9.2",
        group="worked",
        description=(
            "Three inputs, two hidden neurons and one output, all sigmoid, from a textbook on data mining. What the "
            "book calls the error of a unit is −δ, and so weights are changed by adding; all of its numbers are right."
        ),
        experiment=_han_kamber(),
        source="Jiawei Han, Micheline Kamber and Jian Pei, “Data Mining: Concepts and Techniques”, section 9.2",
        published=HAN_KAMBER,
        remarks=(
            "Each line is computed from numbers as the lines before print them, so that the error of unit 6 is 0.1311 "
            "and not 0.1312. Copies of the table print 1/(1 + e^0.1) for the output of unit 5, which would be 0.475; "
            "the number beside it, 0.525, is right.",
            "The book itself could not be opened for this comparison; the numbers are those of lecture notes that "
            "copy its tables.",
        ),
    ),
    Preset(
        name="macleod",
        title="MacLeod's example",
        group="worked",
        description=(
            "Two inputs, two hidden neurons and one output, all sigmoid and without biases, copied into many lecture "
            "notes. The output layer is right; the hidden layer is updated through output weights that were updated "
            "already."
        ),
        experiment=_macleod(),
        source="Christopher MacLeod, “An Introduction to Practical Neural Networks and Genetic Algorithms”, chapter 3",
        published=MACLEOD,
        remarks=(
            "The slip is easy to make in a program that updates each layer as soon as it has its gradients. Compare "
            "“Weights updated too early” among the classical mistakes.",
            "The book itself could not be opened for this comparison; the updated weights are those that public "
            "programs test against.",
        ),
    ),
    Preset(
        name="hagan",
        title="Hagan, Demuth and Beale, chapter 11",
        group="worked",
        description=(
            "One input, two sigmoid neurons and a linear output that are to learn 1 + sin(πp/4). The loss is the "
            "squared error without a half, and so the sensitivity of the output is −2 times the error; with the half, "
            "each step is half as long."
        ),
        experiment=_hagan(),
        source="Martin Hagan, Howard Demuth and Mark Beale, “Neural Network Design”, chapter 11",
        published=HAGAN,
        remarks=(
            "All printed numbers are right.",
            "The book itself could not be opened for this comparison; a public program begins with the same numbers.",
        ),
    ),
    Preset(
        name="zaki",
        title="Zaki and Meira, an exercise",
        group="worked",
        description=(
            "One input, three ReLUs and a sigmoid output that is as wrong as it can be. Its slope there is nearly 0, "
            "so that the largest error gives tiny gradients; an answer found on the web takes weights for gradients."
        ),
        experiment=_zaki(),
        source="Mohammed Zaki and Wagner Meira, “Data Mining and Machine Learning”, chapter 25, an exercise",
        url="https://quesba.com/questions/consider-neural-network-figure-let-bias-values-fixed-0-let-weight-matrices-790718",
        published=ZAKI,
        remarks=(
            "The answer's output is right, and nothing after it. The third hidden neuron is dead for this input, so "
            "that its δ is exactly 0.",
            "The exercise leaves it open whether the squared error has a half; without it, loss and gradients are "
            "twice as large.",
            "The question could be read for this comparison, the answer not: its numbers are as they were reported to "
            "us.",
        ),
    ),
)
