"""From arrays with names to a network: what is left out, which vector is whose bias, and how the layers follow.

Numbers in the names count, in natural order; a file's own order is kept where there are none, or shapes put it right.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from engine.errors import InvalidExperiment
from engine.files.weights.batch_norm import BatchNorm, norms_in, placed
from engine.files.weights.following import fitting_conventions, what_does_not_follow
from engine.files.weights.named_arrays import NamedArrays
from engine.files.weights.natural_order import UNNAMED, bare, in_order, of_one_family
from engine.files.weights.pairing import paired, without_role
from engine.files.weights.parts import LeftOut, about_left_out, sorted_out
from engine.files.weights.unnamed import norms_by_position
from engine.files.weights.weights import DenseLayer, Weights, sizes_of
from engine.limits import require_size

# there are 720 orders of six layers; more are not searched
_MAX_ORDERED = 6


def understand(arrays: NamedArrays) -> Weights:
    """Return what `arrays` mean as dense layers; raise InvalidExperiment if they do not fit or are too large."""
    kept, left_out = sorted_out(arrays)
    kept, norms = norms_in(kept)
    kept, more_norms = norms_by_position(kept)
    found, stray = paired(kept)
    norms = (*norms, *more_norms)
    for layers in _orders(found):
        conventions = fitting_conventions(layers)
        if conventions:
            return _understood(found, layers, conventions, norms, (*left_out, *stray))
    raise InvalidExperiment(
        f"The layers found do not follow on each other: {what_does_not_follow(next(_orders(found)))}"
    )


def _understood(
    found: list[DenseLayer],
    layers: tuple[DenseLayer, ...],
    conventions: tuple[str, ...],
    norms: tuple[BatchNorm, ...],
    left_out: tuple[LeftOut, ...],
) -> Weights:
    require_size(sizes_of(layers, conventions[0]))
    names = [bare(without_role(layer.matrix_name)) for layer in layers]
    in_place = {name: placed(norms, names, sizes_of(layers, name)) for name in conventions}
    fitting = tuple(name for name in conventions if in_place[name] is not None)
    settled = in_place[fitting[0]] if fitting else None
    if settled is None:
        raise InvalidExperiment(
            "The file holds a BatchNorm whose width is that of no layer near it: "
            f"{', '.join(f'“{norm.name}” of {norm.width}' for norm in norms[:4])}. Layers: "
            f"{'; '.join(layer.describes() for layer in layers[:4])}."
        )
    remarks = (
        *_about_order(found, layers),
        *_about_biases(layers),
        *_about_unnamed(layers, settled),
        *(norm.describes() for norm in settled),
        *about_left_out(left_out),
    )
    return Weights(layers, fitting, remarks, settled, left_out)


def _orders(found: list[DenseLayer]) -> Iterator[tuple[DenseLayer, ...]]:
    """Yield the orders to try, the best first."""
    yield tuple(_by_names(found))
    yield tuple(found)
    if len(found) <= _MAX_ORDERED:
        yield from _chains((), found)


def _by_names(found: list[DenseLayer]) -> list[DenseLayer]:
    by_name = {layer.matrix_name: layer for layer in found}
    return [by_name[name] for name in in_order([layer.matrix_name for layer in found])]


def _chains(chain: tuple[DenseLayer, ...], rest: list[DenseLayer]) -> Iterator[tuple[DenseLayer, ...]]:
    """Yield every order of the layers that fits, each one tried only as far as it does."""
    if chain and not fitting_conventions(chain):
        return
    if not rest:
        yield chain
    for index, layer in enumerate(rest):
        yield from _chains((*chain, layer), rest[:index] + rest[index + 1 :])


def _about_order(found: list[DenseLayer], layers: tuple[DenseLayer, ...]) -> Iterator[str]:
    in_file = all(one is other for one, other in zip(found, layers, strict=True))
    if of_one_family([layer.matrix_name for layer in layers]):
        return
    if _another_fits(layers):
        order = "the order of the file" if in_file else "an order that their names suggest"
        yield f"The layers are in {order}; their shapes would allow another."
    elif not in_file:
        yield "The layers were put in order by their shapes."


def _another_fits(layers: Sequence[DenseLayer]) -> bool:
    if len(layers) <= _MAX_ORDERED:
        return len(list(islice(_chains((), list(layers)), 2))) > 1
    shapes = sorted(layer.matrix.shape for layer in layers if len(set(layer.matrix.shape)) == 1)
    return any(one == other for one, other in pairwise(shapes))


def _about_biases(layers: tuple[DenseLayer, ...]) -> Iterator[str]:
    missing = sum(layer.bias is None for layer in layers)
    if missing:
        yield f"{missing} of {len(layers)} layers have no biases; they start at 0."


def _about_unnamed(layers: tuple[DenseLayer, ...], norms: Sequence[BatchNorm]) -> Iterator[str]:
    # bias, β, mean and variance are four vectors as well
    if any(norm.layer and layers[norm.layer - 1].bias is None and UNNAMED.fullmatch(norm.name) for norm in norms):
        yield (
            "Four vectors without names after a matrix are taken for γ, β, mean and variance. If they are a bias and "
            "a BatchNorm made with scale=False or center=False, save the weights with names."
        )
