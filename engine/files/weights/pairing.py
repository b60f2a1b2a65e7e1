"""Which vector is whose bias: the one whose name is the matrix's but for the role, or the one in the same place."""

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.errors import InvalidExperiment
from engine.files.weights.named_arrays import NamedArrays, finite, short
from engine.files.weights.natural_order import UNNAMED, in_order, natural, of_one_family
from engine.files.weights.parts import LeftOut, stray_number
from engine.files.weights.weights import DenseLayer
from engine.validation import counted

# what in a name says "matrix" or "bias"; the rest of the name, the stem, is shared by a layer's two arrays
_BIAS = r"bias(?:es)?|intercepts?_?|(?<![A-Za-z])[bB](?![A-Za-z])"
# what a vector is called that an output is multiplied by: an RMSNorm's, a PReLU's, the steps of whole numbers
_MULTIPLIES = re.compile(
    r"weight|kernel|scale|gamma|alpha|gain|slope|factor|(?<![A-Za-z])[gG](?![A-Za-z])", re.IGNORECASE
)
_ROLE = re.compile(rf"weights?|kernels?|coefs?_?|(?<![A-Za-z])[wW](?![A-Za-z])|{_BIAS}")


def without_role(name: str) -> str:
    """Return a name without what says whether it is a matrix or a bias."""
    return _ROLE.sub("", name)


def paired(arrays: NamedArrays) -> tuple[list[DenseLayer], tuple[LeftOut, ...]]:
    """Return the layers in the order of the file, and the single numbers that are none's bias.

    Raises InvalidExperiment where a vector is no layer's, or a number is not finite.
    """
    matrices = [name for name, array in arrays.items() if not _may_be_bias(name, array.shape)]
    if not matrices:
        raise InvalidExperiment("The file holds no matrix of weights.")
    rest = [name for name in arrays if name not in set(matrices)]
    stray = _stray_numbers(matrices, rest, arrays)
    owners = _owners(matrices, [name for name in rest if name not in stray])
    layers = [
        DenseLayer(
            matrix_name=name,
            matrix=finite(name, arrays[name]),
            bias_name=owners.get(name),
            bias=finite(owners[name], arrays[owners[name]]).reshape(-1) if name in owners else None,
        )
        for name in matrices
    ]
    return layers, tuple(stray_number(name, arrays[name]) for name in stray)


def _may_be_bias(name: str, shape: tuple[int, ...]) -> bool:
    # some keep biases as a matrix of one row or one column
    return len(shape) < 2 or (1 in shape and re.search(_BIAS, name) is not None)


def _stray_numbers(matrices: Sequence[str], rest: Sequence[str], arrays: NamedArrays) -> list[str]:
    """Return the numbers by themselves that are not called a bias; of arrays without names they may be biases."""
    if all(UNNAMED.fullmatch(name) for name in (*matrices, *rest)):
        return []
    stems = {without_role(name) for name in matrices}
    single = [name for name in rest if arrays[name].ndim == 0 and not re.search(_BIAS, name)]
    return [name for name in single if without_role(name) not in stems]


def _by_position(matrices: Sequence[str], biases: Sequence[str]) -> dict[str, str]:
    """Return the bias after each matrix of arrays without names, where some have none; nothing if this does not do."""
    names = sorted((*matrices, *biases), key=natural)
    followed = {one: after for one, after in pairwise(names) if one in matrices and after in biases}
    unnamed = all(UNNAMED.fullmatch(name) for name in names)
    return followed if unnamed and len(followed) == len(biases) else {}


def _by_ending(matrices: Sequence[str], biases: Sequence[str]) -> dict[str, str]:
    """Return each bias by the one matrix that ends in its word: bias_hidden is that of weights_input_hidden."""
    owners = dict[str, str]()
    for bias in biases:
        word = re.sub(r"[\W_\d]", "", without_role(bias)).lower()
        ending = [name for name in matrices if re.sub(r"[\W_]", "", without_role(name)).lower().endswith(word)]
        if not word or len(ending) != 1:
            return {}
        owners[ending[0]] = bias
    return owners if len(owners) == len(biases) else {}


def _are_alike(matrices: Sequence[str], biases: Sequence[str]) -> bool:
    """Return whether as many biases as matrices are counted alike: none is called a factor, or stands in between."""
    names = sorted((*matrices, *biases), key=natural)
    if all(UNNAMED.fullmatch(name) for name in names):
        # all after all matrices; in turns with them they are told by their position
        return len(biases) == len(matrices) and not {*names[: len(matrices)]} & {*biases}
    numbered = of_one_family(names) and all(name[-1].isdigit() for name in names)
    factors = [name for name in biases if _MULTIPLIES.search(name) and not re.search(_BIAS, name)]
    return len(biases) == len(matrices) and (numbered or not factors)


def _owners(matrices: Sequence[str], biases: Sequence[str]) -> dict[str, str]:
    if not biases:
        return {}
    stems = {without_role(name): name for name in matrices}
    whose = [stems.get(without_role(name)) for name in biases]
    if len(stems) == len(matrices) and None not in whose and len(set(whose)) == len(whose):
        return {matrix: bias for matrix, bias in zip(whose, biases, strict=True) if matrix is not None}
    strange = next((name for name, owner in zip(biases, whose, strict=True) if owner is None), biases[0])
    if ended := _by_ending(matrices, biases):
        return ended
    if _are_alike(matrices, biases):
        # both counted alike: a file may have sorted arr_10 before arr_2, and only one of the two lists be long enough
        return dict(zip(in_order(matrices), in_order(biases), strict=True))
    if followed := _by_position(matrices, biases):
        return followed
    raise InvalidExperiment(
        f"{short(strange)} is no layer's bias: the file holds {counted(len(matrices), 'matrix', 'matrices')}, "
        f"and {counted(len(biases), 'vector')} beside. It may be a LayerNorm's or a PReLU's; without it the output "
        "would be another. Only dense layers are read."
    )
