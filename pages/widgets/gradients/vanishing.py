"""Whether the gradient vanishes or explodes on its way through the layers, in a sentence that is true of the network.

A plain function of the numbers that are drawn, so that a test can hold every sentence against them.
"""

import numpy as np

from engine.analysis.flow import LayerFlow
from engine.arrays import Array
from engine.formulas.numbers import text

# by so much the first layer's gradient is smaller, or larger, than the last one's
MUCH = 100


def verdict(x: Array, flows: tuple[LayerFlow, ...]) -> str:
    """Return what the flows of all layers say of the gradient's way back; x (n_in,) is what went into the first."""
    if len(flows) == 1:
        return "With one layer there is no depth to vanish in."
    first, last = flows[0], flows[-1]
    if first.dW == 0:
        return _no_gradient(first, "first", "the input is", bool(np.any(x)))
    if last.dW == 0:
        return _no_gradient(last, "last", "the activations before it are", flows[-2].a != 0)
    return _compared(first, last)


def _compared(first: LayerFlow, last: LayerFlow) -> str:
    words = f"The weight gradient of the first layer is **{_times(first.dW, last.dW)}** that of the last"
    if not _much(first.dW, last.dW):
        return f"{words}."
    if _much(first.delta, last.delta) != _much(first.dW, last.dW):
        return f"{words}; the delta is {_times(first.delta, last.delta)} that of the last."
    return f"{words}: it is {'vanishing' if first.dW < last.dW else 'exploding'}."


def _much(first: float, last: float) -> int:
    """Return -1 where the first is much smaller than the last, 1 where it is much larger, and else 0."""
    return int(first > MUCH * last) - int(MUCH * first < last)


def _times(first: float, last: float) -> str:
    times = text(first / last, 3)
    return "as large as" if first == last else "about as large as" if times == "1" else f"{times} times"


def _no_gradient(flow: LayerFlow, which: str, source: str, carried: bool) -> str:
    if flow.delta == 0:
        return f"All deltas of the {which} layer are 0: **it learns nothing** from this example."
    why = "the products are too small for 64-bit numbers" if carried else f"{source} 0"
    return f"The weights of the {which} layer get **no gradient**, because {why}. Its biases do get one."
