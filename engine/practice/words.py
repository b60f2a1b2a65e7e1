"""The words of a question: what is asked, and the network that it is asked of, in plain text and in any notation."""

import numpy as np

from engine.arrays import Array
from engine.formulas.notations import OURS, Layout, Notation, Translation
from engine.formulas.numbers import exact, text
from engine.formulas.plain import superscript
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import SUM, Problem
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.practice.quantity import TABLE_WORDS, WORDS, Quantity
from engine.validation import counted

# a larger network is not written out
MOST_PARAMETERS = 150
_DIGITS = "Give four significant digits."


def named(problem: Problem, asked: Quantity, notation: Notation = OURS) -> str:
    """Return how a quantity is written in a notation, in plain text."""
    return Translation(notation, problem.network.sizes).words(asked.name(problem))


def asks(problem: Problem, asked: Quantity, notation: Notation = OURS) -> str:
    """Return the question for a number or a table."""
    name = named(problem, asked, notation) + _over(problem, asked)
    if asked.kind == "loss":
        # in some notations it is called so
        return f"Compute the loss {name.removeprefix('loss').strip()}".strip() + f". {_DIGITS}"
    own, where = Translation(notation, problem.network.sizes), layer_name(problem.network, asked.layer)
    if asked.is_table:
        what = own.words(TABLE_WORDS[asked.kind])
        return f"Compute {name}: the {what} of the layer {where} as a table, {_rows(asked, notation.layout)}. {_DIGITS}"
    return f"Compute {name}: the {own.words(WORDS[asked.kind])} ({where}). {_DIGITS}"


def _rows(asked: Quantity, layout: Layout) -> str:
    return "one row a line, a row for each input" if asked.turned(layout) else "one row a line"


def _over(problem: Problem, asked: Quantity) -> str:
    if problem.examples == 1:
        return ""
    way = "with the gradient's" if asked.kind.startswith("new") else "as the"
    return f" {way} {'sum' if problem.reduction == SUM else 'mean'} over the {problem.examples} examples"


def setting(problem: Problem, notation: Notation = OURS) -> str:
    """Return the network, the examples and the learning rate, a line each; tables run as they do in the notation."""
    network, count, layout = problem.network, problem.network.parameter_count, notation.layout
    lines = [f"A network of {'-'.join(map(str, network.sizes))} neurons; the loss is {LOSSES[network.loss].title}."]
    for number, layer in enumerate(network.layers, start=1):
        name = f"{layer_name(network, number)} ({ACTIVATIONS[layer.activation].title})"
        if count > MOST_PARAMETERS:
            lines.append(f"{name}: {counted(layer.n_out, 'neuron')}, with the weights of the network at hand.")
            continue
        l = superscript(number)
        lines.append(f"{name}: W⁽{l}⁾ = {written(layout.weights(layer.W))}, b⁽{l}⁾ = {written(layer.b)}")
    lines += _examples(problem, layout)
    if not problem.update_biases:
        lines.append("The learning step leaves the biases as they are.")
    return Translation(notation, network.sizes).words("\n".join(lines))


def _examples(problem: Problem, layout: Layout) -> list[str]:
    x, y = problem.x, problem.y
    if problem.examples == 1:
        x, y = x[0], y[0]
    elif layout.examples_as_columns:
        x, y = x.T, y.T
    lines = list[str]()
    if problem.x.size <= MOST_PARAMETERS:
        lines.append(f"x = {written(x)}, y = {written(y)}, learning rate η = {exact(problem.learning_rate)}")
    if problem.examples > 1:
        how = "summed" if problem.reduction == SUM else "averaged"
        run = "columns" if layout.examples_as_columns else "rows"
        lines.append(f"The {run} of x and y are {problem.examples} examples; losses and gradients are {how} over them.")
    return lines


def written(values: Array) -> str:
    """Return an array as [[1, 2], [3, 4]], every number in full."""
    values = np.asarray(values)
    return exact(float(values)) if values.ndim == 0 else "[" + ", ".join(written(part) for part in values) + "]"


def rounded(values: Array) -> str:
    """Return an array with four significant digits."""
    values = np.asarray(values)
    return text(float(values)) if values.ndim == 0 else "[" + ", ".join(rounded(part) for part in values) + "]"
