"""Networks from elsewhere: a file of weights is read, what was understood is described, and a network is built from it.

Nothing in a file is ever run: no pickle, no evaluation, and limits before anything is unpacked.
"""

from engine.imports.conventions import CONVENTIONS
from engine.imports.formats import FORMATS, MAX_BYTES, read_arrays
from engine.imports.understanding import understand
from engine.imports.use import experiment_with, losses_for, network_from, usual_activations
from engine.imports.weights import DenseLayer, Weights

__all__ = [
    "CONVENTIONS",
    "FORMATS",
    "MAX_BYTES",
    "DenseLayer",
    "Weights",
    "experiment_with",
    "losses_for",
    "network_from",
    "read_arrays",
    "understand",
    "usual_activations",
]
