"""Whether layers follow on each other: which ways round fit, and which layer takes what where none does."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.files.weights.named_arrays import short
from engine.files.weights.orientation import CONVENTIONS, Convention
from engine.files.weights.weights import DenseLayer
from engine.validation import counted


def fitting_conventions(layers: Sequence[DenseLayer]) -> tuple[str, ...]:
    """Return the conventions under which biases fit their matrices and each layer takes what the one before gives."""
    fitting = [name for name, convention in CONVENTIONS.items() if next(_misfits(layers, convention), None) is None]
    # a stable sort: those that the names speak for come first
    fitting.sort(key=lambda name: not _hinted(layers, CONVENTIONS[name]))
    return tuple(fitting)


def what_does_not_follow(layers: Sequence[DenseLayer]) -> str:
    """Return the first place where the layers do not fit, as the end of a sentence, by the likelier way round."""
    # the one that fewer things speak against, the names among them
    likelier = min(
        CONVENTIONS.values(),
        key=lambda convention: (len(list(_misfits(layers, convention))), not _hinted(layers, convention)),
    )
    return f"{next(_misfits(layers, likelier))} (With a matrix stored as {likelier.title}.)"


def _hinted(layers: Sequence[DenseLayer], convention: Convention) -> bool:
    return any(convention.hint.search(layer.matrix_name) for layer in layers)


def _misfits(layers: Sequence[DenseLayer], convention: Convention) -> Iterator[str]:
    sizes = [convention.sizes(layer.matrix) for layer in layers]
    for number, (layer, (_, n_out)) in enumerate(zip(layers, sizes, strict=True), 1):
        if layer.bias is not None and len(layer.bias) != n_out:
            yield (
                f"layer {number}, {short(layer.matrix_name)}, has {counted(n_out, 'neuron')}, and its biases "
                f"{short(layer.bias_name or '')} are {len(layer.bias)}."
            )
    for number, ((_, gives), (expects, _)) in enumerate(pairwise(sizes), 1):
        if gives != expects:
            yield (
                f"layer {number + 1} expects {counted(expects, 'input')}, layer {number} gives {gives}. There is "
                f"{layers[number].describes()}, after {layers[number - 1].describes()}."
            )
