"""Networks from elsewhere: a file of weights is read, what was understood is described, and a network is built from it.

Nothing in a file is ever run: no pickle, no evaluation, and limits before anything is unpacked.
"""

from engine.files.weights.formats import MAX_BYTES, read_arrays
from engine.files.weights.layers_found import understand
from engine.files.weights.orientation import CONVENTIONS
from engine.files.weights.to_network import experiment_with, losses_for, network_from, usual_activations
from engine.files.weights.weights import Weights

__all__ = [
    "CONVENTIONS",
    "MAX_BYTES",
    "Weights",
    "experiment_with",
    "losses_for",
    "network_from",
    "read_arrays",
    "understand",
    "usual_activations",
]
