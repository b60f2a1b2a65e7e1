"""Formulas are read back as arithmetic and come to the numbers of their steps, in symbols and in numbers."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPS, PRESETS, Experiment, Layer, Network, Step, backward, forward, trace
from engine.backprop.trace import Detail
from engine.formulas import numbers as notation
from engine.formulas.equations import Equation, equation
from engine.formulas.symbols import UNFOLDED
from tests import oracles
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
    **{name: preset.experiment for name, preset in PRESETS.items()},
    **{f"hidden {name}": with_hidden(name) for name in ACTIVATIONS},
    "powers of powers of ten": with_hidden("gaussian", 1e-6),
    **{f"{loss} of {output}": with_output(loss, output) for loss, output in OWN_OUTPUTS},
}
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())


def exactly(value: float, digits: int = 4) -> str:
    """A number with all its digits, so that a formula comes to its value and not only close to it."""
    mantissa, _, exponent = f"{value + 0.0:.17g}".partition("e")
    return rf"{mantissa}\cdot 10^{{{int(exponent)}}}" if exponent else mantissa


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notation, "latex", exactly)


def steps(experiment: Experiment) -> Iterator[tuple[Step, Equation]]:
    for detail in DETAILS:
        yield from ((step, equation(step, experiment, UNFOLDED)) for step in trace(experiment, detail))


def require_equal(written: str, value: Any, **known: Any) -> None:
    with np.errstate(all="ignore"):
        found = np.squeeze(evaluate(written, **known))
        np.testing.assert_allclose(found, np.squeeze(value), rtol=1e-9, atol=1e-12, err_msg=written)


def own_parameter(step: Step) -> float | None:
    return step.operands[1] if step.op in ("activation", "delta") else None


@every_case
def test_numbers_and_result_come_to_the_value_of_the_step(experiment: Experiment, exact: None) -> None:
    for step, written in steps(experiment):
        sides = written.numbers.split(" = ") if written.numbers else []
        for side in (*sides, written.result):
            require_equal(side, step.value, parameter=own_parameter(step))


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


def symbolic(step: Step, written: Equation, table: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The symbols with every name replaced by a token, longest first, and what the tokens stand for."""
    slope = re.search(r"\S+'\(z\S+\)", written.symbols)
    table = table | {slope[0]: slope_of(step)} if slope else table
    longest_first = sorted(table, key=len, reverse=True)
    tokens = {name: "\\Q" + "ab"[number % 2] * (number // 2 + 1) for number, name in enumerate(longest_first)}
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    formula = name.sub(lambda found: tokens[found[0]] + " ", written.symbols)
    return formula, {tokens[name]: value for name, value in table.items()}


def slope_of(step: Step) -> Any:
    """f'(z) by autograd, as a column for a layer."""
    activation, parameter, z = step.operands[:3]
    with np.errstate(all="ignore"):
        slopes = [oracles.grad(oracles.ACTIVATIONS[activation])(value, parameter) for value in np.atleast_1d(z)]
    return slopes[0] if np.ndim(z) == 0 else np.array(slopes)[:, np.newaxis]


def readable(step: Step, written: Equation) -> bool:
    """Sums over an index, and a row of derivatives written with one, are for people."""
    return r"\sum" not in written.symbols and "_{i}" not in written.symbols and "J^" not in written.symbols


@every_case
def test_symbols_stand_for_this_networks_numbers(experiment: Experiment, exact: None) -> None:
    table = names(experiment)
    for step, written in steps(experiment):
        if not readable(step, written) or (step.op == "delta" and np.abs(step.operands[2]).min() == 0):
            continue
        formula, known = symbolic(step, written, table)
        require_equal(formula, step.value, parameter=own_parameter(step), **known)


@every_case
def test_the_left_side_names_what_the_step_computes(experiment: Experiment) -> None:
    table = names(experiment)
    for step, written in steps(experiment):
        if written.left in table and not step.op.endswith("update"):
            np.testing.assert_array_equal(np.ravel(table[written.left]), np.ravel(step.value), err_msg=written.left)
        else:
            assert step.op.endswith(("update", "loss")) or re.search("w_|_{j}", written.left), written.left


@every_case
def test_the_numbers_as_shown_are_the_values_to_four_digits(experiment: Experiment) -> None:
    for step, written in steps(experiment):
        found = np.squeeze(evaluate(written.result))
        assert np.all(np.abs(found - np.squeeze(step.value)) <= 5.01e-4 * np.abs(np.squeeze(step.value)))


@every_case
def test_a_note_gives_the_slope_with_its_number_put_in(experiment: Experiment, exact: None) -> None:
    for step, written in steps(experiment):
        for note in written.notes if step.op == "delta" and step.neuron else ():
            _, definition = note.split(" = ", 1)
            formula, number = definition.rsplit(" = ", 1)
            require_equal(formula, evaluate(number), parameter=own_parameter(step))
            require_equal(number, ACTIVATIONS[step.operands[0]].df(*reversed(step.operands[1:3])))


def test_the_cases_above_have_every_op() -> None:
    assert {step.op for experiment in CASES.values() for step, _ in steps(experiment)} == set(OPS)


ENTROPIES = [(loss, output) for loss, record in LOSSES.items() for output in record.joint]


def entropy(loss: str, output: str, z: list[float], y: list[float]) -> Equation:
    network = Network([Layer(np.zeros((len(z), 1)), z, output)], loss)
    experiment = Experiment(network, [1.0], y, 0.1)
    (step,) = (step for step in trace(experiment, "layer") if step.op == "joint_loss")
    written = equation(step, experiment, UNFOLDED)
    with np.errstate(all="ignore"):
        # what a number of four digits leaves open of the logarithm of a thousandth
        np.testing.assert_allclose(evaluate(written.numbers), step.value, rtol=1e-3, atol=0.06 * len(z))
    return written


@pytest.mark.parametrize(("loss", "output"), ENTROPIES)
@pytest.mark.parametrize("far", [0.0, 5.0, 8.0, 12.0, 40.0, 700.0])
@pytest.mark.parametrize("y", [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
def test_the_numbers_shown_of_a_sure_output_still_come_to_its_loss(
    loss: str, output: str, far: float, y: list[float]
) -> None:
    assert r"\ln(1 - \V{1})" not in entropy(loss, output, [far, 0.0, -0.5], y).numbers


@pytest.mark.parametrize(("loss", "output"), ENTROPIES)
def test_an_output_too_small_for_a_number_is_written_as_a_power(loss: str, output: str) -> None:
    network = Network([Layer([[0.0], [0.0]], [0.0, -900.0], output)], loss)
    experiment = Experiment(network, [1.0], [0.0, 1.0], 0.1)
    (written,) = (equation(step, experiment) for step in trace(experiment) if step.op == "joint_loss")
    assert r"\ln e^{\V{-900" in written.numbers and r"\ln \V{0}" not in written.numbers
