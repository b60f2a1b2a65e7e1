"""The confusion matrix: how often a network takes examples of one class for another."""

import numpy as np
from numpy.typing import NDArray

from engine.backprop.passes import forward
from engine.data import Dataset
from engine.data.labels import class_of
from engine.errors import InvalidExperiment
from engine.network.model import Network


def confusion_matrix(network: Network, data: Dataset) -> NDArray[np.intp]:
    """Return counts (classes, classes): of the examples of each class, a row, how many are taken for each class.

    Raises InvalidExperiment for data of a regression.
    """
    if data.classes is None:
        raise InvalidExperiment("Only data with classes have a confusion matrix.")
    counts = np.zeros((len(data.outputs),) * 2, dtype=np.intp)
    np.add.at(counts, (data.classes, class_of(forward(network, data.x).output)), 1)
    return counts
