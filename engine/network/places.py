"""Places in a network: neurons, parameters, inputs, targets and the loss, each with the text that names it in messages.

Everything counts from 1, as on the screen; layer 0 is the input.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.arrays import Array

# longer numbers name no place in any network
DIGITS = 6


@dataclass(frozen=True)
class Neuron:
    """A neuron of a layer; `n.1.2` is the second one of the first layer."""

    layer: int
    number: int

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it."""
        return 0 <= self.layer < len(sizes) and 1 <= self.number <= sizes[self.layer]

    @property
    def text(self) -> str:
        """Its name in a message."""
        return f"n.{self.layer}.{self.number}"


@dataclass(frozen=True)
class Weight:
    """The weight into a neuron from one of the layer before; `w.1.2.3` leads to the second from the third."""

    layer: int
    to: int
    source: int

    @property
    def ends(self) -> tuple[Neuron, Neuron]:
        """The neuron it comes from and the one it leads to."""
        return Neuron(self.layer - 1, self.source), Neuron(self.layer, self.to)

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it."""
        return all(end.within(sizes) for end in self.ends)

    def of(self, tables: Sequence[Array]) -> float:
        """Return its number in the layers' tables: of W the weight, of dW its gradient."""
        return float(tables[self.layer - 1][self.index])

    @property
    def index(self) -> tuple[int, int]:
        """Where it stands in its layer's table."""
        return self.to - 1, self.source - 1

    @property
    def text(self) -> str:
        """Its name in a message."""
        return f"w.{self.layer}.{self.to}.{self.source}"


@dataclass(frozen=True)
class Bias:
    """The bias of a neuron; `b.1.2` is that of the first layer's second one."""

    layer: int
    to: int

    @property
    def neuron(self) -> Neuron:
        """The neuron it is added to."""
        return Neuron(self.layer, self.to)

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it."""
        return self.layer > 0 and self.neuron.within(sizes)

    def of(self, rows: Sequence[Array]) -> float:
        """Return its number in the layers' rows: of b the bias, of db its gradient."""
        return float(rows[self.layer - 1][self.index])

    @property
    def index(self) -> tuple[int]:
        """Where it stands in its layer's row."""
        return (self.to - 1,)

    @property
    def text(self) -> str:
        """Its name in a message."""
        return f"b.{self.layer}.{self.to}"


@dataclass(frozen=True)
class Input:
    """A number of the input x; `x.2` is the second of the example looked at, `xe.3.2` of the third example."""

    number: int
    example: int | None = None

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it."""
        return 1 <= self.number <= sizes[0]

    @property
    def text(self) -> str:
        """Its name in a message."""
        return f"x{_which(self)}"


@dataclass(frozen=True)
class Target:
    """A number of the target y; `y.2` is the second of the example looked at, `ye.3.2` of the third example."""

    number: int
    example: int | None = None

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it."""
        return 1 <= self.number <= sizes[-1]

    @property
    def text(self) -> str:
        """Its name in a message."""
        return f"y{_which(self)}"


@dataclass(frozen=True)
class LossValue:
    """The loss; `loss`, as there is one only."""

    def within(self, sizes: Sequence[int]) -> bool:
        """Return whether a network of these layer sizes, the input's first, has it: every one does."""
        return True

    @property
    def text(self) -> str:
        """Its name in a message."""
        return "loss"


Parameter: TypeAlias = Weight | Bias
# what a number of the user's own stands at
Given: TypeAlias = Parameter | Input | Target
Place: TypeAlias = Neuron | LossValue | Given


def _which(place: Input | Target) -> str:
    return f".{place.number}" if place.example is None else f"e.{place.example}.{place.number}"


_KINDS: dict[str, tuple[int, Callable[..., Place]]] = {
    "n": (2, Neuron),
    "w": (3, Weight),
    "b": (2, Bias),
    "x": (1, Input),
    "xe": (2, lambda example, number: Input(number, example)),
    "y": (1, Target),
    "ye": (2, lambda example, number: Target(number, example)),
    "loss": (0, LossValue),
}


def unit(layer: int, number: int) -> Neuron | Input:
    """Return where an activation of a layer, counted from the input's 0, stands: the input's are the user's own."""
    return Neuron(layer, number) if layer else Input(number)


def place(text: str) -> Place | None:
    """Return the place that a text names; None for any other text."""
    kind, *numbers = text.split(".")
    count, make = _KINDS.get(kind, (None, None))
    if make is None or len(numbers) != count or not all(map(_is_number, numbers)):
        return None
    return make(*map(int, numbers))


def given(text: str) -> Given:
    """Return the place of a number of the user's that a text names; raise ValueError for any other text."""
    found = place(text)
    if found is None or isinstance(found, Neuron | LossValue):
        raise ValueError(f"{text} is no number of the user's.")
    return found


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= DIGITS
