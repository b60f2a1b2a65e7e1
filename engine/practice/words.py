"""The words of a question: what is asked, and the network that it is asked of, in plain text."""

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import exact, text
from engine.formulas.plain import superscript
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import SUM, Problem
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.practice.quantity import TABLE_WORDS, WORDS, Quantity

# a larger network is not written out
MOST_PARAMETERS = 150


def asks(problem: Problem, asked: Quantity) -> str:
    """Return the question for a number or a table."""
    name, batch = asked.name(problem), _over(problem)
    if asked.kind == "loss":
        return f"Compute the loss L{batch}. Give four significant digits."
    where = layer_name(problem.network, asked.layer)
    if asked.is_table:
        return (
            f"Compute {name}{batch}: the {TABLE_WORDS[asked.kind]} of the layer {where} as a table, "
            "one row a line. Give four significant digits."
        )
    return f"Compute {name}{batch}: the {WORDS[asked.kind]} ({where}). Give four significant digits."


def _over(problem: Problem) -> str:
    if problem.examples == 1:
        return ""
    return f" as the {'sum' if problem.reduction == SUM else 'mean'} over the {problem.examples} examples"


def setting(problem: Problem) -> str:
    """Return the network, the examples and the learning rate, a line each."""
    network, count = problem.network, problem.network.parameter_count
    lines = [f"A network of {'-'.join(map(str, network.sizes))} neurons; the loss is {LOSSES[network.loss].title}."]
    for number, layer in enumerate(network.layers, start=1):
        name = f"{layer_name(network, number)} ({ACTIVATIONS[layer.activation].title})"
        if count > MOST_PARAMETERS:
            lines.append(f"{name}: {layer.n_out} neurons, with the weights of the network at hand.")
            continue
        l = superscript(number)
        lines.append(f"{name}: W⁽{l}⁾ = {written(layer.W)}, b⁽{l}⁾ = {written(layer.b)}")
    x, y = (values[0] if problem.examples == 1 else values for values in (problem.x, problem.y))
    if problem.x.size <= MOST_PARAMETERS:
        lines.append(f"x = {written(x)}, y = {written(y)}, learning rate η = {exact(problem.learning_rate)}")
    if problem.examples > 1:
        how = "summed" if problem.reduction == SUM else "averaged"
        lines.append(f"The rows of x and y are {problem.examples} examples; losses and gradients are {how} over them.")
    if not problem.update_biases:
        lines.append("The learning step leaves the biases as they are.")
    return "\n".join(lines)


def written(values: Array) -> str:
    """Return an array as [[1, 2], [3, 4]], every number in full."""
    values = np.asarray(values)
    return exact(float(values)) if values.ndim == 0 else "[" + ", ".join(written(part) for part in values) + "]"


def rounded(values: Array) -> str:
    """Return an array with four significant digits."""
    values = np.asarray(values)
    return text(float(values)) if values.ndim == 0 else "[" + ", ".join(rounded(part) for part in values) + "]"
