"""BatchNorms in lists of arrays without names, as Keras' get_weights() gives them: they are told by their place.

After a matrix there stand its bias, if it has one, and then γ, β, the running mean and the running variance.
"""

from collections.abc import Mapping

from engine.arrays import Array
from engine.files.weights.batch_norm import BatchNorm, norm_of
from engine.files.weights.natural_order import UNNAMED, natural

_OF_A_NORM = ("scale", "shift", "mean", "variance")


def norms_by_position(arrays: Mapping[str, Array]) -> tuple[dict[str, Array], tuple[BatchNorm, ...]]:
    """Return the arrays without those of BatchNorms, and the BatchNorms; nothing is one where arrays have names."""
    if not all(UNNAMED.fullmatch(name) for name in arrays):
        return dict(arrays), ()
    runs = _vectors_after_matrices({name: arrays[name] for name in sorted(arrays, key=natural)})
    norms, used = [], set()
    for layer, run in enumerate(runs):
        for four in _fours(run):
            norms.append(norm_of(four[0], dict(zip(_OF_A_NORM, four, strict=True)), arrays, layer))
            used |= set(four)
    if len(arrays) - len(used) - len(runs) + 1 > len(runs) - 1:
        # not one bias at most for each matrix: something else is in the file
        return dict(arrays), ()
    return {name: arrays[name] for name in sorted(arrays, key=natural) if name not in used}, tuple(norms)


def _vectors_after_matrices(arrays: Mapping[str, Array]) -> list[list[str]]:
    """Return the names of the vectors before the first matrix, after the first, after the second, …."""
    runs: list[list[str]] = [[]]
    for name, array in arrays.items():
        if array.ndim == 2:
            runs.append([])
        else:
            runs[-1].append(name)
    return runs


def _fours(run: list[str]) -> list[tuple[str, ...]]:
    rest = run[len(run) % 4 :]
    return [tuple(rest[at : at + 4]) for at in range(0, len(rest), 4)]
