"""The softmax: logits to move, a temperature, a constant that changes nothing, probabilities and the Jacobian."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from engine import ACTIVATIONS
from engine.analysis.temperature import entropy, jacobian, probabilities
from engine.arrays import Array
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import compact
from engine.formulas.plain import subscript
from pages.figures.activations import softmax as figures
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart

FIRST = (2.0, 1.0, -1.0, 0.5, 0.0, -2.0)
REACH = 6.0
# what each slider stands at, by its key
_places: Slot[Mapping[str, float]] = Slot("softmax_places", {})
READING = """
Row i, column j says how much **pᵢ** moves when **zⱼ** does. The diagonal is positive: raising a logit raises its own
probability. All other entries are negative: the other probabilities fall, because the sum stays 1. So every column adds
up to 0. Every row adds up to 0 too, since adding the same number to all logits changes nothing.

A gradient on its way back is multiplied with the whole matrix. With the diagonal alone it comes out wrong: the gradient
check on the Gradients page shows it.
"""


def softmax(theme: Theme) -> None:
    """Draw the sliders on the left and what follows from them on the right."""
    st.latex(r"p_i = \frac{e^{z_i / T}}{\sum_k e^{z_k / T}} \qquad \frac{\partial p_i}{\partial z_j} = "
             r"\frac{1}{T}\,p_i\,([i = j] - p_j)")  # fmt: skip
    left, right = st.columns([1, 2], gap="large")
    with left:
        z, temperature, constant = _settings()
    p = probabilities(z + constant, temperature)
    with right:
        _pictures(theme, z + constant, p)
        _invariance(z, temperature, constant, p)
        st.header("The Jacobian", anchor=False)
        names = [f"{letter}{subscript(k + 1)}" for letter in "pz" for k in range(len(z))]
        picture = figures.jacobian(theme, jacobian(z + constant, temperature), names[: len(z)], names[len(z) :])
        chart(picture, key="softmax_jacobian", alt="The Jacobian of the softmax")
        st.markdown(READING)


def _settings() -> tuple[Array, float, float]:
    """Draw the sliders; return the logits, the temperature and the constant."""
    count = _slider("Classes", 2, len(FIRST), 3, 1, "softmax_classes")
    _network_logits()
    logits = [_slider(f"z{subscript(k + 1)}", -REACH, REACH, FIRST[k], 0.01, f"logit_{k}") for k in range(count)]
    temperature = _slider("Temperature T", 0.1, 5.0, 1.0, 0.1, "softmax_temperature")
    constant = _slider("Add to every z", -10.0, 10.0, 0.0, 0.5, "softmax_constant")
    return np.array(logits), temperature, constant


def _slider(label: str, low: float, high: float, first: float, step: float, key: str) -> Any:
    held, take = _places.get().get(key, first), partial(_move, key)
    return fields.number(st.slider, label, low, high, step=step, key=key, held=held, take=take)


def _move(key: str, value: float) -> None:
    _places.set({**_places.get(), key: value})


def _network_logits() -> None:
    """Draw a button that takes the z of the network's own softmax, if it has one that fits."""
    experiment = shown.alone()
    own = experiment.network.layers[-1]
    if ACTIVATIONS[own.activation].elementwise or not 2 <= own.n_out <= len(FIRST):
        return
    st.button(
        "Take the z of your network's output",
        key="softmax_take",
        icon=":material/input:",
        on_click=_take,
        args=(learning_step(experiment).forward.z[-1],),
    )


def _take(z: Array) -> None:
    # what lies outside the sliders is moved there: a constant added to all changes nothing
    moved = z if np.abs(z).max() <= REACH else np.clip(z - z.mean(), -REACH, REACH)
    _move("softmax_classes", len(z))
    for k, value in enumerate(moved.tolist()):
        _move(f"logit_{k}", round(value, 2))


def _pictures(theme: Theme, z: Array, p: Array) -> None:
    left, right = st.columns(2)
    indices = [subscript(k + 1) for k in range(len(z))]
    reach = max(REACH, 1.2 * float(np.abs(z).max()))
    with left:
        st.caption("Logits z")
        logits = figures.bars(theme, z, [f"z{i}" for i in indices], (-reach, reach))
        chart(logits, key="softmax_logits", alt="The logits")
    with right:
        st.caption("Probabilities p")
        shares = figures.bars(theme, p, [f"p{i}" for i in indices], (0.0, 1.12))
        chart(shares, key="softmax_probabilities", alt="The probabilities")


def _invariance(z: Array, temperature: float, constant: float, p: Array) -> None:
    largest = entropy(np.full(len(z), 1 / len(z)))
    st.caption(
        f"Entropy {compact(entropy(p))} of at most {compact(largest)}: 0 is a certain choice. "
        "A low temperature sharpens the choice, a high one flattens it."
    )
    if constant:
        moved = float(np.abs(p - probabilities(z, temperature)).max())
        st.info(
            f"{compact(constant, signed=True)} was added to every z, and no probability has changed but for rounding "
            f"(largest difference {compact(moved)}). The same factor e^(c/T) stands in numerator and denominator, and "
            "cancels."
        )
