"""The experiments whose formulas are tested, and the numbers that the symbols in them stand for."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, PRESETS, Experiment, Layer, Network, Step, backward, forward, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import Equation, equation
from engine.formulas.symbols import UNFOLDED
from tests.latex import evaluate
from tests.strategies import OUTPUTS

DETAILS: tuple[Detail, ...] = get_args(Detail)
RNG = np.random.default_rng(5)


def layer(n_in: int, n_out: int, activation: str) -> Layer:
    return Layer(RNG.normal(size=(n_out, n_in)), RNG.normal(size=n_out), activation)


def with_output(loss: str, activation: str) -> Experiment:
    network = Network([layer(2, 3, "tanh"), layer(3, 3, activation)], loss)
    return Experiment(network, [0.3, -0.7], [0.5, 1.0, 0.0], 0.1)


def with_hidden(activation: str, size: float = 1.0) -> Experiment:
    hidden = layer(2, 3, activation)
    network = Network([Layer(hidden.W * size, hidden.b * size, activation), layer(3, 2, "identity")], "huber")
    return Experiment(network, [0.3, -0.7], [0.5, 3.0], 0.1)


OWN_OUTPUTS = [(loss, output) for loss, output in OUTPUTS if output in LOSSES[loss].joint or output == "identity"]
CASES = {
    # of a batch its first example alone: tests of batches have their own cases
    **{name: preset.experiment.example(1) for name, preset in PRESETS.items()},
    **{f"hidden {name}": with_hidden(name) for name in ACTIVATIONS},
    "powers of powers of ten": with_hidden("gaussian", 1e-6),
    **{f"{loss} of {output}": with_output(loss, output) for loss, output in OWN_OUTPUTS},
}
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())


def steps(experiment: Experiment) -> Iterator[tuple[Step, Equation]]:
    for detail in DETAILS:
        yield from ((step, equation(step, experiment, UNFOLDED)) for step in trace(experiment, detail))


def require_equal(written: str, value: Any, **known: Any) -> None:
    with np.errstate(all="ignore"):
        found = np.squeeze(evaluate(written, **known))
        np.testing.assert_allclose(found, np.squeeze(value), rtol=1e-9, atol=1e-12, err_msg=written)


def names(experiment: Experiment) -> dict[str, Any]:
    """Every symbol of the textbook and the number or column that it stands for."""
    network, passed = experiment.network, forward(experiment.network, experiment.x)
    back, last = backward(network, passed, experiment.y), len(network.layers)
    found: dict[str, Any] = {"x": passed.a[0], "y": experiment.y, r"\eta": np.array(experiment.learning_rate)}
    for l, own in enumerate(network.layers, start=1):
        a = r"\hat{y}" if l == last else f"a^{{({l})}}"
        found |= {f"z^{{({l})}}": passed.z[l - 1], f"b^{{({l})}}": own.b, a: passed.a[l]}
        found |= {rf"\delta^{{({l})}}": back.delta[l - 1], rf"\frac{{\partial L}}{{\partial {a}}}": back.da[l - 1]}
        found |= {rf"\frac{{\partial L}}{{\partial b^{{({l})}}}}": back.db[l - 1]}
        for (j, i), w in np.ndenumerate(own.W):
            found[f"w_{{{j + 1}{i + 1}}}^{{({l})}}"] = w
        found[rf"\frac{{\partial L}}{{\partial W^{{({l})}}}}"] = back.dW[l - 1]
        found[f"W^{{({l})}}"] = own.W
    for name, values in list(found.items()):
        if np.ndim(values) == 1:
            found[name] = values[:, np.newaxis]
            found |= {indexed(name, j): value for j, value in enumerate(values, start=1)}
    return found


def indexed(name: str, j: int) -> str:
    """a^{(1)} -> a_{2}^{(1)}; inside a derivative the index belongs to what it is taken by."""
    inner = re.sub(r"^(\\frac\{\\partial L\}\{\\partial )(.*)\}$", r"\2", name)
    with_index = inner.replace("^", f"_{{{j}}}^", 1) if "^" in inner else f"{inner}_{{{j}}}"
    return name.replace(inner, with_index)
