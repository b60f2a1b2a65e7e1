r"""Each kind of step of a whole layer with its symbols written out: z = W a + b as columns and a matrix of symbols.

One function an op, in MATRICES; there are no numbers here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.backprop.ops import OPS
from engine.formulas.notations import Factor, product
from engine.formulas.steps import PLAIN, put, summed
from engine.formulas.symbols import Extent, activation, column, derivative, laid_out, matrix, of_neuron, weight
from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import LOSSES
from engine.network.model import Network
from engine.registry import for_every

DELTA = r"\delta"


def jacobian(a: Sequence[str], extent: Extent, transposed: bool = False) -> str:
    """Return the Jacobian of a softmax in the symbols of its activations, or its transpose."""

    def entry(row: int, column: int) -> str:
        i, j = (column, row) if transposed else (row, column)
        return rf"{a[i]}\,(1 - {a[i]})" if i == j else rf"-{a[i]}\,{a[j]}"

    return matrix((len(a), len(a)), entry, extent)


@dataclass(frozen=True)
class Sheet:
    """The symbols of a network's layers as columns and matrices; `normalised` where the targets sum to 1."""

    network: Network
    extent: Extent
    normalised: bool

    def record(self, layer: int) -> Activation:
        """Return the activation function of a layer counted from 1."""
        return ACTIVATIONS[self.network.layers[layer - 1].activation]

    def indices(self, layer: int) -> range:
        """Return the numbers of a layer's neurons."""
        return range(1, self.network.sizes[layer] + 1)

    def neurons(self, letter: str, layer: int) -> tuple[str, ...]:
        """Return a letter's symbols, one a neuron."""
        return tuple(of_neuron(letter, layer, j) for j in self.indices(layer))

    def activations(self, layer: int) -> tuple[str, ...]:
        """Return a layer's activations."""
        return tuple(activation(self.network, layer, j) for j in self.indices(layer))

    def gradients(self, layer: int) -> tuple[str, ...]:
        """Return dL/da of a layer."""
        return tuple(derivative(activation(self.network, layer, j)) for j in self.indices(layer))

    def vector(self, entries: Sequence[str]) -> str:
        """Return entries as a vector: a column, unless vectors are laid out as rows."""
        return column(entries, self.extent)

    def weights(self, layer: int, write: Callable[[str], str] = str) -> str:
        """Return the matrix of the symbols w_ji of a layer, or of what is written of them, as it is laid out."""
        return self._table(layer, write)(self.extent.layout.inputs_first)

    def product(self, *factors: Factor, turned: bool | None = None) -> str:
        """Return a product of ours as it is laid out: a vector, unless `turned` says how the product itself runs."""
        return product(factors, self.extent.layout.rows if turned is None else turned)[1]

    def factor(self, entries: Sequence[str], transposed: bool = False) -> Factor:
        """Return entries as a factor that is a column with us."""

        def put_in(turned: bool) -> str:
            if turned:
                return matrix((1, len(entries)), lambda _, index: entries[index], self.extent)
            return matrix((len(entries), 1), lambda index, _: entries[index], self.extent)

        return Factor(symbol="", put_in=put_in, turned=self.extent.layout.rows, transposed=transposed)

    def weight_factor(self, layer: int, transposed: bool = False) -> Factor:
        """Return the matrix of weights as a factor."""
        turned = self.extent.layout.inputs_first
        return Factor(symbol="", put_in=self._table(layer), turned=turned, transposed=transposed)

    def jacobian_factor(self, layer: int) -> Factor:
        """Return the transpose of a softmax layer's Jacobian as a factor."""
        return Factor(symbol="", put_in=lambda turned: self.jacobian(layer, turned), turned=False, transposed=True)

    def _table(self, layer: int, write: Callable[[str], str] = str) -> Callable[[bool], str]:
        shape = self.network.layers[layer - 1].W.shape

        def put_in(turned: bool) -> str:
            if turned:
                return matrix(shape[::-1], lambda i, j: write(weight(layer, j + 1, i + 1)), self.extent)
            return matrix(shape, lambda j, i: write(weight(layer, j + 1, i + 1)), self.extent)

        return put_in

    def jacobian(self, layer: int, transposed: bool = False) -> str:
        """Return the Jacobian of a softmax layer in the symbols of its activations, or its transpose."""
        return jacobian([activation(self.network, layer, j) for j in self.indices(layer)], self.extent, transposed)

    def outputs(self, template: str) -> str:
        """Return the column of a loss's formula for each output."""
        return column([self.of_output(template, j) for j in self.indices(len(self.network.layers))], self.extent)

    def of_output(self, template: str, j: int) -> str:
        """Return a loss's formula for one output."""
        return put(template, a_j=rf"\hat{{y}}_{{{j}}}", y_j=f"y_{{{j}}}", n=str(self.network.sizes[-1]), **PLAIN)


def _weighted_sum(sheet: Sheet, layer: int) -> str:
    multiplied = sheet.product(sheet.weight_factor(layer), sheet.factor(sheet.activations(layer - 1)))
    return f"{multiplied} + {sheet.vector(sheet.neurons('b', layer))}"


def _activation(sheet: Sheet, layer: int) -> str:
    record = sheet.record(layer)
    arguments = [of_neuron("z", layer, j) for j in sheet.indices(layer)]
    if record.expand is not None:
        return laid_out(record.expand(arguments, sheet.extent.rows), sheet.extent)
    return sheet.vector([f"{record.symbol}({argument})" for argument in arguments])


def _loss(sheet: Sheet, layer: int) -> str:
    record = LOSSES[sheet.network.loss]
    terms = [sheet.of_output(record.term_latex, j) for j in sheet.indices(layer)]
    return summed(record.sum_latex, terms, sheet.extent.terms)


def _loss_gradient(sheet: Sheet, layer: int) -> str:
    return sheet.outputs(LOSSES[sheet.network.loss].gradient_latex)


def _joint_delta(sheet: Sheet, layer: int) -> str:
    form = sheet.network.joint_form
    if form is None or not form.local:
        return _delta(sheet, layer)
    return sheet.outputs(form.normalised_latex if form.normalised_latex and sheet.normalised else form.latex)


def _summed_gradient(sheet: Sheet, layer: int) -> str:
    deltas = sheet.factor(sheet.neurons(DELTA, layer + 1))
    return sheet.product(sheet.weight_factor(layer + 1, transposed=True), deltas)


def _delta(sheet: Sheet, layer: int) -> str:
    record = sheet.record(layer)
    if not record.elementwise:
        return sheet.product(sheet.jacobian_factor(layer), sheet.factor(sheet.gradients(layer)))
    slopes = [f"{record.symbol}'({of_neuron('z', layer, j)})" for j in sheet.indices(layer)]
    return rf"{sheet.vector(sheet.gradients(layer))} \odot {sheet.vector(slopes)}"


def _weight_gradient(sheet: Sheet, layer: int) -> str:
    deltas, before = sheet.factor(sheet.neurons(DELTA, layer)), sheet.factor(sheet.activations(layer - 1), True)
    return sheet.product(deltas, before, turned=sheet.extent.layout.inputs_first)


def _bias_gradient(sheet: Sheet, layer: int) -> str:
    return sheet.vector(sheet.neurons(DELTA, layer))


def _weight_update(sheet: Sheet, layer: int) -> str:
    return rf"{sheet.weights(layer)} - \eta\,{sheet.weights(layer, derivative)}"


def _bias_update(sheet: Sheet, layer: int) -> str:
    biases = sheet.neurons("b", layer)
    return rf"{sheet.vector(biases)} - \eta\,{sheet.vector([derivative(bias) for bias in biases])}"


MATRICES: Mapping[str, Callable[[Sheet, int], str]] = for_every(
    [op.name for op in OPS.values() if not op.everywhere],
    {
        "weighted_sum": _weighted_sum,
        "activation": _activation,
        "loss": _loss,
        "joint_loss": _loss,
        "loss_gradient": _loss_gradient,
        "summed_gradient": _summed_gradient,
        "delta": _delta,
        "joint_delta": _joint_delta,
        "weight_gradient": _weight_gradient,
        "bias_gradient": _bias_gradient,
        "weight_update": _weight_update,
        "bias_update": _bias_update,
    },
    __name__,
)
