"""Where tutorials go wrong: what each classical mistake gives for the network at hand, and how the check finds it.

The mistakes themselves are in engine/gradcheck/mistakes.py; here they are put into words and numbers.
"""

from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, Indices
from engine.backprop.learning_step import learning_step, loss_at
from engine.backprop.passes import BackwardPass
from engine.derivation.blocks import Block, Chapter, Formula, Link, Prose, Table
from engine.derivation.steps import DELTA
from engine.derivation.translated import blocks_in, chapter_in
from engine.derivation.words import layer_words
from engine.errors import InvalidExperiment
from engine.formulas.lines import beside
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.numbers import latex
from engine.formulas.symbols import SHORT, Extent, Writer, derivative, gradient, of_neuron, parameter, value
from engine.gradcheck.check import TOLERANCE, GradientReport, ParameterCheck, check_gradients, flat_gradients
from engine.gradcheck.mistakes import MISTAKES, Mistake
from engine.network.model import Experiment

# with more parameters the check of every mistake at once would keep the page waiting
MOST_PARAMETERS = 1_000
# of a network with more, so many parameters are checked
SUSPECTS = 100
# an error of so much may be nothing but another order of adding
ROUNDING = 1e-13
# an error of as many times the tolerance is far above it
FAR = 100
_LUCK = (
    "A mistake can give a lower loss after one step than the right gradient. That proves nothing. Where the loss has a "
    "gradient, it falls fastest *against* it, but only for a small step: a longer one can end lower in another "
    "direction by chance."
)
_LINKS = (
    Link("Stanford CS231n: Gradient checks", "https://cs231n.github.io/neural-networks-3/#gradcheck"),
    Link(
        "Karpathy: Yes you should understand backprop",
        "https://karpathy.medium.com/yes-you-should-understand-backprop-e2f06eab496b",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number or matrix that a mistake changes: its symbol, what the mistake makes of it, and what is right."""

    symbol: str
    wrong: Array
    right: Array
    write: Writer = gradient

    @property
    def error(self) -> float:
        """How wrong it is, relative to the larger of both."""
        scale = max(float(np.abs(self.wrong).max()), float(np.abs(self.right).max()))
        return float(np.abs(self.wrong - self.right).max()) / scale if scale else 0.0


def possible(experiment: Experiment) -> tuple[Mistake, ...]:
    """Return the mistakes that can be made with this network."""
    return tuple(mistake for mistake in MISTAKES.values() if mistake.applies(experiment.network))


def mistake_section(experiment: Experiment, notation: Notation = OURS) -> Chapter:
    """Return the section: what it is about, and all mistakes with what the gradient check says to them.

    Of a batch, they are made with its first example alone.
    """
    experiment = experiment.example(1)
    blocks: list[Block] = [
        Prose(
            "A backward pass with a mistake in it still gives numbers, and often the network even learns. So compare "
            "the numbers with something that does not use the chain rule: the **gradient check** moves each parameter "
            "a little up and down and measures how the loss changes. Below, classical mistakes are made on purpose "
            "with the numbers of this network."
        )
    ]
    if experiment.network.parameter_count <= MOST_PARAMETERS:
        rows = tuple(_row(experiment, mistake) for mistake in possible(experiment))
        head = ("mistake", "largest relative error of a gradient", "loss after one step with it")
        right = _right_row(experiment)
        blocks.append(Table(head, (right.cells, *(row.cells for row in rows))))
        if any(row.loss < right.loss for row in rows):
            blocks.append(Prose(_LUCK))
    section = Chapter(anchor="mistakes", title="Where tutorials go wrong", blocks=tuple(blocks), links=_LINKS)
    return chapter_in(section, Translation(notation, experiment.network.sizes))


def mistake_details(
    experiment: Experiment, mistake: Mistake, extent: Extent = SHORT, notation: Notation = OURS
) -> tuple[Block, ...]:
    """Return what a mistake gives for the network, what is right, and what the gradient check says.

    Of a batch, it is made with its first example alone.
    """
    details = _details(experiment.example(1), mistake, replace(extent, layout=notation.layout))
    return blocks_in(details, Translation(notation, experiment.network.sizes))


def _details(experiment: Experiment, mistake: Mistake, extent: Extent) -> tuple[Block, ...]:
    made, due = mistake.formulas(extent.layout)
    rules: tuple[Block, ...] = (
        Prose(f"**{mistake.title}.** {mistake.explanation}"),
        Formula(rf"\text{{wrong:}}\quad {made}"),
        Formula(rf"\text{{right:}}\quad {due}"),
    )
    try:
        wrong = mistake.backward(experiment)
        quantities = _quantities(experiment, mistake, wrong)
        found = [quantity for quantity in quantities if quantity.error > TOLERANCE]
        suspects = _suspects(experiment, wrong)
        report = check_gradients(experiment.network, experiment.x, experiment.y, wrong, chosen=suspects)
    except InvalidExperiment as error:
        return (*rules, Prose(str(error)))
    if not found:
        return (*rules, Prose(_hardly(max(quantity.error for quantity in quantities))))
    return (*rules, *(_beside(quantity, extent) for quantity in found), Prose(_verdict(experiment, report, wrong)))


def _hardly(error: float) -> str:
    """Return why a mistake is not seen that makes no number more wrong than this."""
    if error <= ROUNDING:
        return "With the numbers of this network it makes no difference, so no check can find it here."
    return (
        f"With the numbers of this network it makes hardly a difference, about ${latex(error, 2)}$ of the largest "
        "number in a matrix. Rounding can explain as much, so the gradient check cannot find it here."
    )


def _suspects(experiment: Experiment, wrong: BackwardPass) -> Indices | None:
    """Return all parameters, or in a network with too many to check them all those whose gradients are most wrong."""
    off = np.abs(flat_gradients(wrong) - flat_gradients(learning_step(experiment).backward))
    return None if off.size <= MOST_PARAMETERS else np.sort(np.argsort(off)[-SUSPECTS:])


def _quantities(experiment: Experiment, mistake: Mistake, wrong: BackwardPass) -> list[Quantity]:
    """Return the output, and delta and gradients of the layer in which they are most wrong."""
    computed = learning_step(experiment)
    right = computed.backward
    output = Quantity(
        symbol=r"\hat{y}", wrong=mistake.forward(experiment).output, right=computed.forward.output, write=value
    )
    layers = [_of_layer(wrong, right, index) for index in range(len(right.dW))]
    worst = max(layers, key=lambda quantities: max(quantity.error for quantity in quantities[1:]))
    return [output, *worst]


def _of_layer(wrong: BackwardPass, right: BackwardPass, index: int) -> list[Quantity]:
    layer = index + 1
    return [
        Quantity(symbol=of_neuron(DELTA, layer, None), wrong=wrong.delta[index], right=right.delta[index]),
        Quantity(symbol=derivative(of_neuron("W", layer, None)), wrong=wrong.dW[index], right=right.dW[index]),
        Quantity(symbol=derivative(of_neuron("b", layer, None)), wrong=wrong.db[index], right=right.db[index]),
    ]


def _beside(quantity: Quantity, extent: Extent) -> Formula:
    made, due = (extent.layout.weights(numbers) for numbers in (quantity.wrong, quantity.right))
    wrong, right = beside(made, due, extent, quantity.write), beside(due, made, extent, quantity.write)
    return Formula(
        rf"\begin{{aligned}}{quantity.symbol} &= {wrong} && \text{{is what comes out,}}"
        rf"\\[4pt] &= {right} && \text{{is right.}}\end{{aligned}}"
    )


def _verdict(experiment: Experiment, report: GradientReport, wrong: BackwardPass) -> str:
    if report.passed and report.overlooked:
        return (
            "The gradient check cannot find it here. The gradients that are wrong belong to neurons at a kink of "
            "their activation function: the loss may have no derivative there, so they could not be judged."
        )
    if report.passed:
        return f"The gradient check does not find it: {_why_not(experiment, wrong)}"
    worst = max(report, key=lambda one: one.error if one.judged else 0.0)
    where, name = layer_words(experiment.network, worst.parameter.layer), parameter(worst.parameter)
    return (
        f"The gradient check finds it, most clearly in {where} at ${name}$: the backward pass says "
        f"${gradient(worst.analytic)}$, moving the parameter says ${gradient(worst.numeric)}$. {_beyond(worst)} "
        f"${latex(TOLERANCE)}$, the most that rounding can explain."
    )


def _beyond(worst: ParameterCheck) -> str:
    """Return how large its error is, and of what: see GradientReport."""
    size, much = f"${latex(worst.error, 3)}$", "far above" if worst.error > FAR * TOLERANCE else "above"
    larger = max(abs(worst.analytic), abs(worst.numeric))
    if np.isclose(abs(worst.analytic - worst.numeric), worst.error * larger, rtol=1e-3, atol=0.0):
        return f"The relative error of {size} is {much}"
    return f"Both are smaller than moving it can show. Beside what can be seen, the error of {size} is {much}"


def _why_not(experiment: Experiment, wrong: BackwardPass) -> str:
    made, right = flat_gradients(wrong), flat_gradients(learning_step(experiment).backward)
    if np.allclose(made, right, rtol=TOLERANCE, atol=0.0):
        return "with these numbers all gradients of the parameters are right."
    return "the gradients that it makes wrong are so small that rounding hides them."


@dataclass(frozen=True)
class _Row:
    """A row of the table, and the loss after a step with such gradients, to the digits shown; infinite for none."""

    cells: tuple[str, str, str]
    loss: float = np.inf


def _row(experiment: Experiment, mistake: Mistake) -> _Row:
    try:
        return _judged(experiment, mistake.title, mistake.backward(experiment))
    except InvalidExperiment as error:
        return _Row((mistake.title, str(error), ""))


def _right_row(experiment: Experiment) -> _Row:
    return _judged(experiment, "*none: as in the chapters above*", learning_step(experiment).backward)


def _judged(experiment: Experiment, title: str, made: BackwardPass) -> _Row:
    report = check_gradients(experiment.network, experiment.x, experiment.y, made)
    error, loss = f"${latex(report.largest_relative_error, 2)}$", loss_at(experiment, made, experiment.learning_rate)
    at_kinks = report.overlooked or not report.judged.any()
    passes = "not judged: at a kink" if at_kinks else "hidden by rounding" if report.blind else "passes"
    words = f"${latex(loss, 6)}$" if np.isfinite(loss) else "too large to compute"
    return _Row((title, f"{error}, {passes if report.passed else '**fails**'}", words), float(f"{loss:.6g}"))
