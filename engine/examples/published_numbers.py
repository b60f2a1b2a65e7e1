"""The numbers that two tutorials and a textbook published about their examples, beside how to compute ours.

What they got wrong is here too, with the slip that leads there: whoever compares should know whom to believe.
"""

from functools import partial

import numpy as np

from engine.arrays import Array
from engine.backprop.passes import forward
from engine.examples.published import (
    Published,
    Variant,
    activations,
    each,
    loss,
    loss_after,
    neurons,
    output_after,
    pick,
    updated_weights,
    weight_gradients,
)
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
        f"{_ROUNDED} Then the weighted sums were divided by their sum, z/Σz: a softmax without its exponential.",
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
        latex=r"\delta_j^{(3)} = \sum_i -\frac{y_i}{\hat{y}_i}\,\hat{y}_i\,([i = j] - \hat{y}_j) = \hat{y}_j - y_j",
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


def _steps(label: str, layer: int, first: int) -> tuple[tuple[str, str], ...]:
    """The tutorial counts its weights w1 to w8; on screen they are w_ji of their layer."""
    places = ((j, i) for j in (1, 2) for i in (1, 2))
    return tuple(
        (
            label % number,
            rf"w_{{{j}{i}}}^{{({layer})}} - \eta\,\frac{{\partial L}}{{\partial w_{{{j}{i}}}^{{({layer})}}}}",
        )
        for number, (j, i) in enumerate(places, first)
    )


_THROUGH_UPDATED = (
    "The program behind the text propagated back through output weights that it had updated already, "
    "the mistake which the text warns of."
)

MAZUR = (
    *each(neurons("hidden layer", "a_{%d}^{(1)}", 2), ("0.593269992", "0.596884378"), partial(activations, layer=1)),
    *each(neurons("output", r"\hat{y}_{%d}", 2), ("0.75136507", "0.772928465"), partial(activations, layer=-1)),
    Published(label="total error", latex="L", printed="0.298371109", ours=loss),
    Published(
        label="gradient of w5",
        latex=r"\frac{\partial L}{\partial w_{11}^{(2)}}",
        printed="0.082167041",
        ours=partial(pick, partial(weight_gradients, layer=2), 0),
    ),
    *each(
        _steps("w%d after one step", layer=2, first=5),
        ("0.35891648", "0.408666186", "0.511301270", "0.561370121"),
        partial(updated_weights, layer=2),
    ),
    *each(
        _steps("w%d after one step", layer=1, first=1),
        ("0.149780716", "0.19956143", "0.24975114", "0.29950229"),
        partial(updated_weights, layer=1),
    ),
    Published(
        label="total error after one step",
        latex="L",
        printed="0.291027924",
        ours=partial(loss_after, steps=1),
        explained=partial(loss_after, steps=1, through_updated_weights=True),
        remark=_THROUGH_UPDATED,
    ),
    *each(
        neurons("output after 10,000 steps", r"\hat{y}_{%d}", 2),
        ("0.015912196", "0.984065734"),
        partial(output_after, steps=10_000),
        partial(output_after, steps=10_000, through_updated_weights=True),
        _THROUGH_UPDATED,
    ),
    Published(
        label="total error after 10,000 steps",
        latex="L",
        printed="0.0000351085",
        ours=partial(loss_after, steps=10_000),
        explained=partial(loss_after, steps=10_000, through_updated_weights=True),
        remark=(
            f"{_THROUGH_UPDATED} That makes 0.000035085; the 1 in the middle of the printed number is a slip of the "
            "pen."
        ),
    ),
)


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
