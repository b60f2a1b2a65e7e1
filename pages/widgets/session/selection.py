"""Places in a network that can be looked at: neurons and weights."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A neuron of a layer (0 is the input), or with `source` the weight to it from that neuron of the layer before.

    Neurons count from 1.
    """

    layer: int
    neuron: int
    source: int | None = None

    @staticmethod
    def read(words: str) -> "Place | None":
        """Return the place that the player names n.layer.neuron or w.layer.to.from; None for anything else."""
        kind, *numbers = words.split(".")
        if not all(number.isdecimal() for number in numbers) or len(numbers) != {"n": 2, "w": 3}.get(kind):
            return None
        return Place(*(int(number) for number in numbers))

    def within(self, sizes: tuple[int, ...]) -> bool:
        """Return whether a network of these layer sizes has the place."""
        if not (0 if self.source is None else 1) <= self.layer < len(sizes):
            return False
        before = sizes[self.layer - 1]
        return 1 <= self.neuron <= sizes[self.layer] and (self.source is None or 1 <= self.source <= before)
