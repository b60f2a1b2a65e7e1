"""What is asked for: one number of a learning step, or a whole layer's as a table."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array
from engine.formulas import plain
from engine.formulas.notations import Layout
from engine.gradcheck.by_hand import KINDS, Problem, Worked
from engine.gradcheck.mistakes import SLIPS
from engine.network.places import Bias, Neuron, Weight

OF_NEURONS = ("z", "a", "da", "delta")
OF_WEIGHTS = ("dw", "new_w")
OF_BIASES = ("db", "new_b")
# how a kind is called, of one place and of a whole layer
WORDS = {
    "z": "weighted sum",
    "a": "activation",
    "loss": "loss",
    "da": "gradient of the loss with respect to the activation",
    "delta": "delta, the gradient with respect to z",
    "dw": "gradient of the weight",
    "db": "gradient of the bias",
    "new_w": "weight after the learning step",
    "new_b": "bias after the learning step",
}
TABLE_WORDS = {
    "z": "weighted sums",
    "a": "activations",
    "da": "gradients of the loss with respect to the activations",
    "delta": "deltas, the gradients with respect to z,",
    "dw": "gradients of the weights",
    "db": "gradients of the biases",
    "new_w": "weights after the learning step",
    "new_b": "biases after the learning step",
}
# longer numbers name no place
MOST_DIGITS = 6


@dataclass(frozen=True)
class Quantity:
    """A number of a kind (engine.gradcheck.by_hand.KINDS): layer, neuron `to` and `source` count from 1.

    With `to` None it is the whole layer's; the loss has neither.
    """

    kind: str
    layer: int = 0
    to: int | None = None
    source: int | None = None

    @property
    def text(self) -> str:
        """Its name in a message: z.1.2, dw.2.1.3, and delta.1 for a whole layer."""
        numbers = [number for number in (self.layer or None, self.to, self.source) if number is not None]
        return ".".join([self.kind, *map(str, numbers)])

    @property
    def is_table(self) -> bool:
        """Whether it is a whole layer's."""
        return self.kind != "loss" and self.to is None

    def turned(self, layout: Layout) -> bool:
        """Return whether it is a table of weights, and those have their inputs first in a layout."""
        return layout.inputs_first and self.is_table and self.kind in OF_WEIGHTS

    @cached_property
    def index(self) -> tuple[int, ...]:
        """Where it stands among its layer's numbers."""
        return tuple(number - 1 for number in (self.to, self.source) if number is not None)

    def of(self, worked: Worked) -> Array:
        """Return its value among worked numbers."""
        return self.within(worked.of(self.kind, self.layer), worked.problem)

    def within(self, numbers: Array, problem: Problem) -> Array:
        """Return what of all numbers of the kind in the layer it is; of one example alone without the example's axis.

        A neuron's own number, over several examples, is the column of all of them.
        """
        if self.kind in OF_NEURONS:
            numbers = np.atleast_2d(numbers).T[self.index].T if self.index else np.atleast_2d(numbers)
            return np.asarray(numbers[0] if problem.examples == 1 else numbers)
        return np.asarray(numbers[self.index])

    def put(self, numbers: Array, value: Array) -> Array:
        """Return all numbers of the kind in the layer with this one as it is given, in the shape that `of` returns."""
        made = np.array(numbers, dtype=np.float64)
        if self.kind in OF_NEURONS:
            made[(slice(None), self.index[0]) if self.index else ...] = value
        else:
            made[self.index or ...] = value
        return made

    def within_network(self, problem: Problem) -> bool:
        """Return whether a problem has it."""
        if self.kind == "loss":
            return (self.layer, self.to, self.source) == (0, None, None)
        if not 1 <= self.layer <= len(problem.network.layers):
            return False
        own = problem.layer(self.layer)
        pairs = ((self.to, own.n_out), (self.source, own.n_in))
        fits = all(number is None or 1 <= number <= most for number, most in pairs)
        return fits and (self.source is not None) == (self.kind in OF_WEIGHTS and self.to is not None)

    def order(self) -> tuple[int, int, int, int, int]:
        """Return where it stands in the order of the calculation, to sort by."""
        phase = {"z": 0, "a": 0, "loss": 1, "new_w": 3, "new_b": 3}.get(self.kind, 2)
        layer = -self.layer if phase == 2 else self.layer
        return phase, layer, KINDS.index(self.kind), self.to or 0, self.source or 0

    def slips(self, worked: Worked) -> dict[str, Array]:
        """Return what each slip that can be made here would give, by name; slips that change nothing are left out."""
        right, found = self.of(worked), dict[str, Array]()
        for name, slip in SLIPS.items():
            rule = slip.values.get(self.kind)
            made = rule(worked, self.layer) if rule else None
            if made is None:
                continue
            value = self.within(made, worked.problem)
            value = np.where(np.isnan(value), right, value) if self.is_table else value
            if np.isfinite(value).all() and (np.abs(value - right) > 1e-12 * np.abs(right) + 1e-15).any():
                found[name] = value
        return found

    def name(self, problem: Problem) -> str:
        """Return how it is written: z⁽¹⁾₂, ∂L/∂w⁽²⁾₁₃, new b⁽¹⁾₂."""
        if self.kind == "loss":
            return "L"
        own = self._table_name(problem) if self.is_table else self._cell_name(problem)
        return {
            "da": f"∂L/∂{own}",
            "dw": f"∂L/∂{own}",
            "db": f"∂L/∂{own}",
            "new_w": f"new {own}",
            "new_b": f"new {own}",
        }.get(self.kind, own)

    def _cell_name(self, problem: Problem) -> str:
        assert self.to is not None
        neuron, last = Neuron(self.layer, self.to), len(problem.network.layers)
        if self.kind in OF_WEIGHTS:
            assert self.source is not None
            return plain.parameter(Weight(self.layer, self.to, self.source))
        if self.kind in OF_BIASES:
            return plain.parameter(Bias(self.layer, self.to))
        if self.kind in ("a", "da"):
            return plain.activation(neuron, last)
        return plain.of_neuron({"z": "z", "delta": "δ"}[self.kind], neuron)

    def _table_name(self, problem: Problem) -> str:
        if self.kind in ("a", "da") and self.layer == len(problem.network.layers):
            return "ŷ"
        letters = {"z": "z", "a": "a", "da": "a", "delta": "δ", "dw": "W", "new_w": "W", "db": "b", "new_b": "b"}
        return f"{letters[self.kind]}⁽{plain.superscript(self.layer)}⁾"


def quantity(text: str, problem: Problem) -> Quantity | None:
    """Return what of a problem a text names, as Quantity.text writes it; None for any other text."""
    kind, *numbers = text.split(".")
    if kind not in KINDS or len(numbers) > 3 or not all(map(_is_number, numbers)):
        return None
    found = Quantity(kind, *map(int, numbers))
    return found if found.within_network(problem) else None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS
