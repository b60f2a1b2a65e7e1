"""One experiment's calculation, taken apart for the text: its passes, and each kind of step worked out in three forms.

Numbers and formulas come from the trace, so that text, player and figure cannot disagree.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.learning_step import Computed
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.backprop.trace import made, plan, trace_some
from engine.derivation.blocks import Neuron, Working
from engine.derivation.steps.in_symbols import MATRICES, Sheet
from engine.derivation.steps.per_neuron import ELEMENTS, Sources
from engine.formulas.equations import equation, index_rule
from engine.formulas.lines import beside, chain, packed
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.symbols import SHORT, Extent, array, gradient, kept, value
from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import adds_up_to_one
from engine.network.model import Experiment, Network

# between two ways to the same delta: relative, as far as digits are shown, and what may be the last digit of 1
SHOWN, LAST_DIGITS = 1e-4, 1e-14
UPDATES = ("weight_update", "bias_update")
# two matrices of more columns do not fit beside each other
NARROW = 4


@dataclass(frozen=True, eq=False)
class Calculation(Computed):
    """An experiment, the extent to which its large matrices are written out, and the notation of the text.

    All is written in our own notation, and translated when it is whole (engine/derivation/translated.py); but which way
    vectors and matrices run, and what the text says of that, is the notation's from the first.
    """

    extent: Extent = SHORT
    notation: Notation = OURS

    @classmethod
    def of(cls, experiment: Experiment, extent: Extent, notation: Notation) -> "Calculation":
        """Return the calculation of an experiment, laid out as the notation has it."""
        return cls(experiment, replace(extent, layout=notation.layout), notation)

    @property
    def translation(self) -> Translation:
        """What puts the text into the notation."""
        return Translation(self.notation, self.network.sizes)

    @property
    def network(self) -> Network:
        """The experiment's network."""
        return self.experiment.network

    @property
    def last(self) -> int:
        """The number of the output layer."""
        return len(self.network.layers)

    @property
    def sheet(self) -> Sheet:
        """The symbols of the network's layers."""
        return Sheet(self.network, self.extent, adds_up_to_one(self.experiment.y))

    @property
    def joint(self) -> bool:
        """Whether loss and output activation have a joint form."""
        return self.network.joint_form is not None

    @cached_property
    @checked_afterwards
    def long_way(self) -> Array:
        """The delta of the output by the chain rule, whether or not loss and activation have a joint form."""
        return self.record(self.last).vjp(self.forward.z[-1], self.backward.da[-1], self.network.layers[-1].parameter)

    @property
    def ways_agree(self) -> bool:
        """Whether the chain rule's delta of the output is seen to be the joint form's."""
        return np.allclose(self.long_way, self.backward.delta[-1], rtol=SHOWN, atol=0.0)

    @property
    def spoiled(self) -> bool:
        """Whether rounding makes another delta of the chain rule's, by more than the last digits of an output."""
        return not np.allclose(self.long_way, self.backward.delta[-1], rtol=SHOWN, atol=LAST_DIGITS)

    def record(self, layer: int) -> Activation:
        """Return the activation function of a layer counted from 1."""
        return ACTIVATIONS[self.network.layers[layer - 1].activation]

    def happens(self, op: str, layer: int) -> bool:
        """Return whether the trace has steps with this op in this layer."""
        return (op, layer) in self._layer_steps

    def working(self, op: str, layer: int, title: str, explain: bool = False, rule: bool = True) -> Working:
        """Return this kind of step worked out for a layer; `explain` says why it is so, for the first of its kind.

        Without `rule`, the general rule is left out: the text has just derived it.
        """
        record, step = OPS[op], self._layer_steps[op, layer]
        return Working(
            op=op,
            layer=layer,
            title=title,
            why=record.why if explain else "",
            rule=index_rule(op, layer, self.experiment) if rule else "",
            neurons=self._neurons(op, layer),
            matrices=self._matrices(step),
            numbers=self._numbers(step),
        )

    @cached_property
    def _layer_steps(self) -> dict[tuple[str, int], Step]:
        # what the update did is said in words, however large the numbers grow
        planned = [one for one in plan(self.experiment, "layer") if not OPS[one.op].everywhere]
        steps = (made(one, self.experiment, self.step) for one in planned)
        return {(step.op, step.layer): step for step in steps}

    @cached_property
    def _shown_steps(self) -> dict[tuple[str, int], list[Step]]:
        places: dict[tuple[str, int], list[Step]] = defaultdict(list)
        for step in trace_some(self.experiment, self._shown):
            places[step.op, step.layer].append(step)
        return dict(places)

    def _shown(self, layer: int) -> list[int]:
        return [index + 1 for index in kept(self.network.sizes[layer], self.extent.rows) if index is not None]

    def _neurons(self, op: str, layer: int) -> tuple[Neuron, ...]:
        steps, shown = self._shown_steps[op, layer], self._shown(layer)
        if steps[0].neuron is None:
            sources = Sources(
                experiment=self.experiment, extent=self.extent, forward=self.forward, backward=self.backward
            )
            equations = ELEMENTS[op](steps[0], sources, shown)
        else:
            equations = [Neuron(step.neuron, self._of_neuron(step)) for step in steps]
        if len(shown) < self.network.sizes[layer] and len(equations) > 1:
            equations.insert(-1, Neuron(None, r"\vdots"))
        return tuple(equations)

    def of_neuron(self, op: str, layer: int, neuron: int) -> str:
        """Return one neuron's equation."""
        own = trace_some(self.experiment, lambda number: [neuron] if number == layer else [])
        return self._of_neuron(next(step for step in own if (step.op, step.layer, step.neuron) == (op, layer, neuron)))

    def numbers(self, op: str, layer: int) -> str:
        """Return a whole layer's equation in numbers."""
        return self._numbers(self._layer_steps[op, layer])

    def _of_neuron(self, step: Step) -> str:
        written = equation(step, self.experiment, self.extent)
        return packed(written.left, written.symbols, written.numbers, written.result, notes=written.notes)

    def _matrices(self, step: Step) -> str:
        written = equation(step, self.experiment, self.extent)
        return chain(written.left, written.symbols, MATRICES[step.op](self.sheet, step.layer))

    def _numbers(self, step: Step) -> str:
        if step.op in UPDATES:
            return self._update(step)
        written = equation(step, self.experiment, self.extent)
        return chain(written.left, written.numbers, written.result)

    def _update(self, step: Step) -> str:
        *tables, rate = (*step.operands[:2], step.value, step.operands[2])
        old, slope, new = map(self.extent.layout.weights, tables)
        before = beside(old, new, self.extent)
        between = r"\\[4pt] &\quad{} " if old.ndim == 2 and old.shape[1] > NARROW else " "
        return chain(
            equation(step, self.experiment).left,
            rf"\underbrace{{{before}}}_{{\text{{old}}}}{between}- {value(rate)} \cdot "
            rf"\underbrace{{{array(slope, self.extent, gradient)}}}_{{\text{{gradient}}}}",
            rf"{before}{between}- \underbrace{{{array(rate * slope, self.extent, gradient)}}}_{{\text{{step}}}}",
            rf"\underbrace{{{beside(new, old, self.extent)}}}_{{\text{{new}}}}",
        )
