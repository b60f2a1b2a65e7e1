"""How large a network may be: the one limit for everything that becomes an experiment, from wherever it comes.

A page computes and draws whole networks for anybody who sends one. What is allowed here costs any page a few seconds at
most; tests/hosting/dearest.py searches for the dearest and measures it.
"""

from collections.abc import Sequence
from itertools import pairwise

from engine.errors import InvalidExperiment

MAX_LAYERS = 64
# the inputs of an image of 28 by 28
MAX_WIDTH = 784
# all layers together, the input included: much of a page is drawn neuron by neuron
MAX_NEURONS = 10_000
# all weights and biases together; each takes 8 bytes, however few it took in a file
MAX_PARAMETERS = 700_000
# of a batch, and this times the parameters stays below their limit: each example has gradients of its own
MAX_EXAMPLES = 64


def require_size(sizes: Sequence[int]) -> None:
    """Raise InvalidExperiment unless a network of these layer sizes, the input first, is small enough."""
    if len(sizes) - 1 > MAX_LAYERS:
        raise InvalidExperiment(f"A network may have up to {MAX_LAYERS} layers; this one has {len(sizes) - 1}.")
    for layer, size in enumerate(sizes):
        if size > MAX_WIDTH:
            where = f"layer {layer}" if layer else "the input"
            raise InvalidExperiment(f"A layer may have up to {MAX_WIDTH} neurons; {where} has {size:,}.")
    if sum(sizes) > MAX_NEURONS:
        raise InvalidExperiment(f"A network may have up to {MAX_NEURONS:,} neurons; this one has {sum(sizes):,}.")
    require_parameters(sum((before + 1) * size for before, size in pairwise(sizes)))


def require_parameters(count: int) -> None:
    """Raise InvalidExperiment for more weights and biases than a network may have."""
    if count > MAX_PARAMETERS:
        raise InvalidExperiment(
            f"A network may have up to {MAX_PARAMETERS:,} weights and biases together; this one has {count:,}."
        )


def require_examples(count: int, sizes: Sequence[int]) -> None:
    """Raise InvalidExperiment for more examples than a network of these layer sizes may learn from in one step."""
    if count > MAX_EXAMPLES:
        raise InvalidExperiment(f"There may be up to {MAX_EXAMPLES} examples; {count:,} were given.")
    parameters = sum((before + 1) * size for before, size in pairwise(sizes))
    if count > 1 and count * parameters > MAX_PARAMETERS:
        most = max(MAX_PARAMETERS // parameters, 1)
        raise InvalidExperiment(
            f"A network with {parameters:,} weights and biases may learn from up to {most} examples at a time; "
            f"{count} were given."
        )
