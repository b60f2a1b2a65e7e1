"""Weights become a network, and the network an experiment: what a file does not say is chosen or kept.

A file holds neither input nor target; those at hand are kept where they fit.
"""

from collections.abc import Sequence

import numpy as np

from engine.files.weights.batch_norm import folded
from engine.files.weights.orientation import CONVENTIONS
from engine.files.weights.weights import Weights
from engine.limits import MAX_PARAMETERS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network


def network_from(
    weights: Weights, convention: str, activations: Sequence[str], loss: str, places: Sequence[str] | None = None
) -> Network:
    """Return the network of weights stored by `convention`; raise InvalidExperiment if the choices do not fit.

    `places` says of each BatchNorm whether it stands "before" or "after" its layer's activation; one that the file
    shows the place of stays there. Without, the likelier is taken.
    """
    asked = [norm.place for norm in weights.norms] if places is None else places
    settled = [norm.place if norm.certain else place for norm, place in zip(weights.norms, asked, strict=True)]
    stored = CONVENTIONS[convention]
    found = [
        (
            layer.matrix.T if stored.transposed else layer.matrix,
            np.zeros(stored.sizes(layer.matrix)[1]) if layer.bias is None else layer.bias,
        )
        for layer in weights.layers
    ]
    both = zip(folded(found, weights.norms, settled), activations, strict=True)
    return Network([Layer(W, b, activation) for (W, b), activation in both], loss)


def usual_activations(sizes: Sequence[int]) -> tuple[str, ...]:
    """Return what is usual for a classifier of these sizes, as a first choice: the file does not say."""
    return (*("relu" for _ in sizes[1:-1]), "softmax" if sizes[-1] > 1 else "sigmoid")


def losses_for(activation: str, n_out: int) -> tuple[str, ...]:
    """Return the losses that an output layer goes with, first those whose first joint form is with its activation."""
    allowed = [loss for loss in LOSSES.values() if loss.allows(activation, n_out)]
    return tuple(loss.name for loss in sorted(allowed, key=lambda loss: next(iter(loss.joint), None) != activation))


def experiment_with(network: Network, at_hand: Experiment) -> Experiment:
    """Return an experiment with `network`, and with the input, target and rate at hand where they fit.

    Of a batch that such a network is too large for, it has the first example.
    """
    n_in, n_out = network.sizes[0], network.sizes[-1]
    if at_hand.examples * network.parameter_count > MAX_PARAMETERS:
        at_hand = at_hand.example(1)
    fits = at_hand.y.shape[-1] == n_out and LOSSES[network.loss].allows_targets(at_hand.y)
    rows = at_hand.x.shape[:-1]
    x = at_hand.x if at_hand.x.shape[-1] == n_in else np.full((*rows, n_in), 0.5)
    y = at_hand.y if fits else np.broadcast_to(np.eye(n_out)[0], (*rows, n_out))
    return Experiment(network, x, y, at_hand.learning_rate, at_hand.update_biases, at_hand.reduction)
