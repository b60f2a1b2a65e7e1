"""Functions whose values depend on every pre-activation of the layer."""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array
from engine.network.activations.record import Activation
from engine.network.source import Code


def softmax(z: Array) -> Array:
    """Return e^z / sum e^z along the last axis; less the largest z, which changes nothing."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _expand_softmax(z: Sequence[str], most: int) -> str:
    powers = [f"e^{{{number}}}" for number in z]
    shown = powers if len(powers) <= most else [*powers[: most - 2], r"\dots", powers[-1]]
    column = r"\\ ".join(shown).replace(r"\dots", r"\vdots")
    return rf"\frac{{1}}{{{' + '.join(shown)}}}\begin{{pmatrix}}{column}\end{{pmatrix}}"


def _softmax_product(z: Array, da: Array, _: float) -> Array:
    # J = diag(a) - a aᵀ, so da · J = a ⊙ (da - ⟨da, a⟩), without building J
    return _softmax_product_from_value(softmax(z), da)


def _softmax_product_from_value(a: Array, da: Array) -> Array:
    return a * (da - (da * a).sum(axis=-1, keepdims=True))


def _softmax_diagonal(z: Array, _: float) -> Array:
    a = softmax(z)
    return a * (1.0 - a)


RECORDS = (
    Activation(
        name="softmax",
        title="softmax",
        family="whole layer",
        symbol=r"\operatorname{softmax}",
        latex=r"\frac{e^{\z_i}}{\sum_k e^{\z_k}}",
        slope_latex=r"a_i\,([i = j] - a_j)",
        range=(0.0, 1.0),
        remark="For choosing one of several classes: outputs that sum to 1; each depends on every z of the layer.",
        hidden="It divides 1 among the neurons of the layer: the larger a z beside the others, the larger its share.",
        neighbour="sigmoid",
        function=lambda z, _: softmax(z),
        slope=None,
        code=Code(
            numpy="e = np.exp(z - z.max())\ne / e.sum()",
            numpy_derivative="a = softmax(z)\na * (da - (da * a).sum())",
            torch="torch.softmax(z, dim=-1)",
        ),
        product=_softmax_product,
        diagonal=_softmax_diagonal,
        product_from_value=_softmax_product_from_value,
        saturates="where one z is far above the others",
        source="Boltzmann 1868; Bridle 1990",
        expand=_expand_softmax,
    ),
)
