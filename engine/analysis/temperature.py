"""The softmax with a temperature: softmax(z / T), which a low T sharpens to a choice and a high T flattens."""

import math

import numpy as np

from engine.arrays import Array, saturating
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.validation import finite_array

_SOFTMAX = ACTIVATIONS["softmax"]


@saturating
def probabilities(z: Array, temperature: float = 1.0) -> Array:
    """Return p = softmax(z / T) of logits z (n,); raise InvalidExperiment unless T is larger than 0."""
    return _SOFTMAX.f(finite_array(z, "The logits z", 1) / _positive(temperature))


@saturating
def jacobian(z: Array, temperature: float = 1.0) -> Array:
    """Return dp_i/dz_j (n, n), that is p_i (δ_ij - p_j) / T; raise InvalidExperiment unless T is larger than 0."""
    return _SOFTMAX.jacobian(finite_array(z, "The logits z", 1) / _positive(temperature)) / temperature


@saturating
def entropy(p: Array) -> float:
    """Return -Σ p ln p in nats: 0 for a certain choice, ln n where all are equally likely."""
    some = p[p > 0]
    return float(-(some * np.log(some)).sum()) + 0.0


def _positive(temperature: float) -> float:
    if not (math.isfinite(temperature) and temperature > 0):
        raise InvalidExperiment(f"The temperature must be larger than 0; {temperature:g} was given.")
    return temperature
