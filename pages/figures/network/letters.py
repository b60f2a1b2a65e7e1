"""The letters that stand in the picture, z, ∂a, δ and others, in the notation chosen."""

from functools import lru_cache

from engine.formulas.notations import Notation, Translation


@lru_cache(maxsize=256)
def letter(ours: str, notation: Notation) -> str:
    """Return what stands for a letter of ours, which belongs to no neuron in particular."""
    return Translation(notation, ()).letter(ours)
