"""Which op changed each mark of the picture last, up to a step: a matter of structure, not of numbers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from engine.backprop.ops import OPS, PICTURED
from engine.backprop.trace import Planned
from engine.registry import for_every

# of a mark that no step has changed yet
BLANK = ""

Standing = Mapping[str, Any]

CHANGES: Mapping[str, tuple[str, ...]] = for_every(
    PICTURED,
    {
        "weighted_sum": ("captions",),
        "activation": ("fills",),
        "loss": ("loss",),
        "joint_loss": ("loss",),
        "loss_gradient": ("captions",),
        "summed_gradient": ("captions",),
        "delta": ("captions", "rings"),
        "joint_delta": ("captions", "rings"),
        "weight_gradient": ("edges",),
        "bias_gradient": ("biases",),
        "weight_update": ("edges",),
        "bias_update": ("biases",),
        "new_loss": ("captions", "fills", "rings", "biases", "loss"),
        "batch_loss": ("loss",),
        "batch_weight_gradient": ("edges",),
        "batch_bias_gradient": ("biases",),
        "new_batch_loss": ("captions", "fills", "rings", "biases", "loss"),
    },
    __name__,
)


def standing(steps: Sequence[Planned], sizes: Sequence[int]) -> Standing:
    """Return by kind of mark an array of op names, BLANK where none was: captions, fills, rings and biases of the
    neurons after the input, edges in the order of the weights, and the loss.
    """
    edges = sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    counts = dict.fromkeys(("captions", "fills", "rings", "biases"), sum(sizes[1:])) | {"edges": edges, "loss": 1}
    marks = {kind: np.full(count, BLANK, dtype=object) for kind, count in counts.items()}
    for planned in steps:
        for kind in CHANGES[planned.op]:
            marks[kind][_changed(kind, planned, sizes)] = planned.op
    return marks


def _changed(kind: str, planned: Planned, sizes: Sequence[int]) -> slice:
    """Return which marks of a kind a step changes."""
    if kind == "loss" or OPS[planned.op].everywhere:
        return slice(None)
    # marks a neuron has of this kind, by layer
    widths = sizes[:-1] if kind == "edges" else [1] * (len(sizes) - 1)
    index = planned.layer - 1
    start = sum(width * size for width, size in zip(widths[:index], sizes[1:], strict=False))
    if planned.neuron is None:
        return slice(start, start + widths[index] * sizes[planned.layer])
    return slice(start + widths[index] * (planned.neuron - 1), start + widths[index] * planned.neuron)
