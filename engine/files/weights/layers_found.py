"""From arrays with names to layers: which vector is whose bias, and in which order the layers follow.

The file's order is kept where it can be; a file that sorts its names is put right by the numbers in them, or by shapes.
"""

import re
from collections.abc import Iterator, Sequence

from engine.errors import InvalidExperiment
from engine.files.weights.named_arrays import NamedArrays, short
from engine.files.weights.weights import DenseLayer, Weights, fitting_conventions
from engine.limits import require_size

# what in a name says "matrix" or "bias"; the rest of the name, the stem, is shared by a layer's two arrays
_BIAS = r"bias(?:es)?|intercepts?_?|(?<![A-Za-z])[bB](?![A-Za-z])"
_ROLE = re.compile(rf"weights?|kernels?|coefs?_?|(?<![A-Za-z])[wW](?![A-Za-z])|{_BIAS}")
_NUMBER = re.compile(r"\d+")
# there are 720 orders of six layers; more are not searched
_MAX_ORDERED = 6


def understand(arrays: NamedArrays) -> Weights:
    """Return what `arrays` mean as dense layers; raise InvalidExperiment if they do not fit or are too large."""
    found = _paired(arrays)
    for layers, remarks in _orders(found):
        conventions = fitting_conventions(layers)
        if conventions:
            weights = Weights(layers, conventions, (*remarks, *_about_biases(layers)))
            require_size(weights.sizes(conventions[0]))
            return weights
    listed = "; ".join(layer.describes() for layer in found[:4]) + ("; …" if len(found) > 4 else "")
    raise InvalidExperiment(f"The layers found do not follow on each other, in whatever way they are stored: {listed}.")


def _paired(arrays: NamedArrays) -> list[DenseLayer]:
    biases = {name: array.reshape(-1) for name, array in arrays.items() if _is_bias(name, array.shape)}
    matrices = [name for name in arrays if name not in biases]
    if not matrices:
        raise InvalidExperiment("The file holds no matrix of weights.")
    owners = _owners(matrices, list(biases))
    return [
        DenseLayer(
            matrix_name=name,
            matrix=arrays[name],
            bias_name=owners.get(name),
            bias=biases[owners[name]] if name in owners else None,
        )
        for name in matrices
    ]


def _is_bias(name: str, shape: tuple[int, ...]) -> bool:
    # some keep biases as a matrix of one row or one column
    return len(shape) == 1 or (1 in shape and re.search(_BIAS, name) is not None)


def _owners(matrices: Sequence[str], biases: Sequence[str]) -> dict[str, str]:
    if not biases:
        return {}
    stems = {_ROLE.sub("", name): name for name in matrices}
    whose = [stems.get(_ROLE.sub("", name)) for name in biases]
    if len(stems) == len(matrices) and None not in whose and len(set(whose)) == len(whose):
        return {matrix: bias for matrix, bias in zip(whose, biases, strict=True) if matrix is not None}
    if len(biases) == len(matrices):
        return dict(zip(matrices, biases, strict=True))
    strange = next((name for name, owner in zip(biases, whose, strict=True) if owner is None), biases[0])
    raise InvalidExperiment(
        f"The file holds {len(matrices)} matrices and {len(biases)} vectors, and {short(strange)} is no layer's bias. "
        "Only dense layers are read."
    )


def _orders(layers: list[DenseLayer]) -> Iterator[tuple[tuple[DenseLayer, ...], tuple[str, ...]]]:
    """Yield the orders to try, the best first, each with what is to be said about it."""
    if len({_NUMBER.sub("", layer.matrix_name) for layer in layers}) == 1:
        yield (
            tuple(sorted(layers, key=lambda layer: [int(number) for number in _NUMBER.findall(layer.matrix_name)])),
            (),
        )
    square = [layer.matrix.shape for layer in layers if len(set(layer.matrix.shape)) == 1]
    doubt = "The layers are in the order of the file; their shapes would allow another."
    yield tuple(layers), (doubt,) if len(set(square)) < len(square) else ()
    if len(layers) <= _MAX_ORDERED:
        yield from ((chain, ("The layers were put in order by their shapes.",)) for chain in _chains((), layers))


def _chains(chain: tuple[DenseLayer, ...], rest: list[DenseLayer]) -> Iterator[tuple[DenseLayer, ...]]:
    """Yield every order of the layers that fits, each one tried only as far as it does."""
    if chain and not fitting_conventions(chain):
        return
    if not rest:
        yield chain
    for index, layer in enumerate(rest):
        yield from _chains((*chain, layer), rest[:index] + rest[index + 1 :])


def _about_biases(layers: tuple[DenseLayer, ...]) -> Iterator[str]:
    missing = sum(layer.bias is None for layer in layers)
    if missing:
        yield f"{missing} of {len(layers)} layers have no biases; they start at 0."
