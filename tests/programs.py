"""Runs a generated program, and knows what it must print: the engine's numbers by the program's names."""

import ast
import contextlib
import io

import numpy as np

from engine import ACTIVATIONS, Experiment, backward, forward, sgd_step
from engine.arrays import Array

PRECISION = 1e-12


def run(source: str) -> str:
    """Run a program in this process, as starting Python for each would take too long; return what it printed."""
    printed = io.StringIO()
    # as NumPy comes, which is how it meets whoever runs the program
    with contextlib.redirect_stdout(printed), np.errstate(all="warn", under="ignore"):
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})  # noqa: S102
    return printed.getvalue()


def expected(experiment: Experiment) -> dict[str, Array]:
    """Every number of the learning step by the name that the programs give it."""
    network = experiment.network
    ahead = forward(network, experiment.x)
    back = backward(network, ahead, experiment.y, experiment.reduction)
    after = sgd_step(network, back, experiment.learning_rate, experiment.update_biases)
    numbers = {"loss": np.asarray(back.loss)}
    for l, layer in enumerate(after.layers):
        numbers |= {f"z{l + 1}": ahead.z[l], f"a{l + 1}": ahead.a[l + 1], f"delta{l + 1}": back.delta[l]}
        numbers |= {f"dW{l + 1}": back.dW[l], f"db{l + 1}": back.db[l], f"new_W{l + 1}": layer.W}
        if experiment.update_biases:
            numbers[f"new_b{l + 1}"] = layer.b
    return numbers


def parse(printed: str) -> dict[str, Array]:
    """The numbers that a program printed, by their names."""
    pairs = (line.split(" = ", maxsplit=1) for line in printed.splitlines())
    return {name: np.asarray(ast.literal_eval(value)) for name, value in pairs}


def assert_prints(printed: str, experiment: Experiment) -> None:
    """Every number of the engine was printed, and no other; relative to the largest of its array they agree."""
    numbers, wanted = parse(printed), expected(experiment)
    assert numbers.keys() == wanted.keys(), f"{numbers.keys() ^ wanted.keys()} is missing or too much"
    for name, value in wanted.items():
        scale = max(1.0, float(np.abs(value).max()))
        np.testing.assert_allclose(numbers[name], value, rtol=0, atol=PRECISION * scale, err_msg=name)


def clear_of_kinks(experiment: Experiment) -> bool:
    """Whether no z is so close to a kink that the order in which a sum is taken decides on which side it lies."""
    z = forward(experiment.network, experiment.x).z
    return all(
        bool(((np.abs(values - kink) > 1e-9) | ~layer.W.any(axis=1)).all())
        for layer, values in zip(experiment.network.layers, z, strict=True)
        for kink in ACTIVATIONS[layer.activation].kinks
    )
