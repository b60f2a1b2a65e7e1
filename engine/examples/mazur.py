"""Mazur's example, the most widely copied one: right for a step, and wrong after 10,000 by a mistake it warns of."""

from functools import partial

from engine.examples.preset import Preset, dense, one_example
from engine.examples.published import (
    Published,
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
from engine.network.model import Experiment


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
    "It comes out if the deltas go back through output weights that are updated already, so the program behind the "
    "text probably did that, the mistake which the text warns of."
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


def _mazur() -> Experiment:
    layers = [
        dense([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid"),
        dense([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid"),
    ]
    return one_example(layers, "half_squared_error", [0.05, 0.10], [0.01, 0.99], 0.5, update_biases=False)


EXAMPLES = (
    Preset(
        name="mazur",
        title="Mazur's step-by-step example",
        group="worked",
        description=(
            "Two inputs, two hidden neurons and two outputs, all sigmoid: a worked example of backpropagation that "
            "many tutorials repeat. Apply the update again and again to watch the loss fall; the biases stay as they "
            "are."
        ),
        experiment=_mazur(),
        source="Matt Mazur, “A Step by Step Backpropagation Example”, 2015",
        url="https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
        published=MAZUR,
        remarks=("All numbers of the first forward and backward pass agree; those after the training do not.",),
    ),
)
