"""The worked example of a tutorial with three activations, whose published outputs are wrong twice.

Two slips in its derivation cancel; the page shows each of the ways.
"""

from functools import partial

from engine.examples.preset import Preset, dense, one_example
from engine.examples.published import Variant, activations, each, neurons
from engine.examples.published_errors import (
    diagonal_delta,
    output_delta,
    output_from_hidden,
    output_without_exponential,
)
from engine.network.model import Experiment

HIDDEN_2 = ("0.938", "0.94", "0.98")
_ROUNDED = f"It was computed from the second hidden layer as printed, ({', '.join(HIDDEN_2)})."

JAY = (
    *each(neurons("hidden layer 1", "a_{%d}^{(1)}", 3), ("1.35", "1.27", "1.8"), partial(activations, layer=1)),
    *each(neurons("hidden layer 2", "a_{%d}^{(2)}", 3), HIDDEN_2, partial(activations, layer=2)),
    *each(
        neurons("output as first published", r"\hat{y}_{%d}", 3),
        ("0.2698", "0.3223", "0.4078"),
        partial(activations, layer=-1),
        partial(output_without_exponential, hidden=tuple(map(float, HIDDEN_2))),
        f"{_ROUNDED} Then the weighted sums were divided by their sum, z/Σz: a softmax without the exponential.",
    ),
    *each(
        neurons("output as corrected", r"\hat{y}_{%d}", 3),
        ("0.19858", "0.28559", "0.51583"),
        partial(activations, layer=-1),
        partial(output_from_hidden, hidden=tuple(map(float, HIDDEN_2))),
        _ROUNDED,
    ),
)

JAY_VARIANTS = (
    Variant(
        label="cross-entropy, whole Jacobian of the softmax",
        latex=(
            r"\delta_j^{(3)} = \sum_i \left(-\frac{y_i}{\hat{y}_i}\right)\hat{y}_i\,([i = j] - \hat{y}_j) "
            r"= \hat{y}_j - y_j"
        ),
        compute=partial(output_delta, loss="cross_entropy"),
        remark="What this app computes.",
    ),
    Variant(
        label="binary cross-entropy, diagonal of the Jacobian only",
        latex=(
            r"\delta_j^{(3)} = \left(-\frac{y_j}{\hat{y}_j} + \frac{1 - y_j}{1 - \hat{y}_j}\right)"
            r"\hat{y}_j\,(1 - \hat{y}_j) = \hat{y}_j - y_j"
        ),
        compute=partial(diagonal_delta, loss="binary_cross_entropy"),
        remark="What the tutorial derives: two slips that cancel each other.",
    ),
    Variant(
        label="binary cross-entropy, whole Jacobian of the softmax",
        latex=(
            r"\delta_j^{(3)} = \sum_i \left(-\frac{y_i}{\hat{y}_i} + \frac{1 - y_i}{1 - \hat{y}_i}\right)"
            r"\hat{y}_i\,([i = j] - \hat{y}_j)"
        ),
        compute=partial(output_delta, loss="binary_cross_entropy"),
        remark="What the tutorial's loss really leads to.",
    ),
)


def _worked_example() -> Experiment:
    # printed with a row for each neuron that a weight comes from, and so W1.T in our order
    layers = [
        dense([[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [0.3, 0.7, 0.9]], [1, 1, 1], "relu"),
        dense([[0.2, 0.3, 0.6], [0.3, 0.5, 0.4], [0.5, 0.7, 0.8]], [1, 1, 1], "sigmoid"),
        dense([[0.1, 0.3, 0.5], [0.4, 0.7, 0.2], [0.8, 0.2, 0.9]], [1, 1, 1], "softmax"),
    ]
    return one_example(layers, "cross_entropy", [0.1, 0.2, 0.7], [1, 0, 0], 0.01)


EXAMPLES = (
    Preset(
        name="worked-example",
        title="Worked example: ReLU, sigmoid, softmax",
        group="worked",
        description=(
            "Three inputs, two hidden layers and three classes, each layer with another activation, from a "
            "published tutorial. Follow the numbers through the softmax and back, and compare them with those "
            "printed there."
        ),
        experiment=_worked_example(),
        source=(
            "Prakash Jay, “Back-Propagation is very simple. Who made it Complicated?”, Medium, 2017; the same "
            "network in Brian Asimba, “Neural Networks Example, Math and code”, 2019"
        ),
        url="https://medium.com/@14prakash/back-propagation-is-very-simple-who-made-it-complicated-97b794c97e5c",
        published=JAY,
        remarks=(
            "The tutorial derives δ of the output from the binary cross-entropy and from the diagonal of the "
            "softmax's Jacobian alone. These are two slips whose product, ŷ − y, happens to be exactly the "
            "gradient of the cross-entropy through the whole Jacobian.",
        ),
        variants=JAY_VARIANTS,
    ),
)
