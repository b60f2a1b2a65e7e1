"""The rule of a step is that of the network's own functions: read as arithmetic it comes to what they compute."""

import re

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPS, PRESETS, Experiment, Layer, Network, trace
from engine.formulas.equations import equation
from engine.formulas.rules import rule
from tests.engine.formulas.cases import DETAILS, every_case, require_equal, with_hidden, with_output
from tests.latex import require_balanced
from tests.strategies import OUTPUTS

ELEMENTWISE = [name for name, record in ACTIVATIONS.items() if record.elementwise]


def with_tokens(formula: str, **tokens: str) -> str:
    for name, token in tokens.items():
        formula = re.sub(rf"(?<![a-zA-Z\\]){re.escape(name)}(?![a-zA-Z])", lambda _, t=token: f"{t} ", formula)
    return formula


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-1.7, -0.4, 0.3, 2.5])
def test_the_rules_of_an_activation_come_to_its_value_and_its_slope(name: str, z: float, indexed: bool) -> None:
    record, experiment, argument = ACTIVATIONS[name], with_hidden(name), "z_j" if indexed else "z"
    own = record.parameter.default if record.parameter else None
    left, called, formula = rule("activation", 1, experiment, indexed).split(" = ", 2)
    assert (left, called) == ("a_j" if indexed else "a", rf"{record.symbol}({argument})")
    symbol = {record.parameter.symbol: r"\Qb"} if record.parameter else {}
    known = {r"\Qa": z} | ({r"\Qb": own} if own is not None else {})
    for token, number in symbol.items():
        formula = formula.replace(token, number + " ")
    require_equal(with_tokens(formula, **{argument: r"\Qa"}), record.f(np.array(z)), parameter=own, **known)
    slope = rule("delta", 1, experiment, indexed).split(rf"{record.symbol}'(z) = ")[1]
    for token, number in symbol.items():
        slope = slope.replace(token, number + " ")
    require_equal(with_tokens(slope, z=r"\Qa"), record.df(np.array(z)), parameter=own, **known)


@pytest.mark.parametrize(
    ("loss", "output"), [pair for pair in OUTPUTS if pair[1] in ("softmax", "sigmoid", "identity")]
)
def test_the_rules_of_a_loss_are_its_records(loss: str, output: str) -> None:
    experiment = with_output(loss, output)
    ops = {step.op for step in trace(experiment)}
    for op in {"loss", "joint_loss"} & ops:
        said = rule(op, 2, experiment, indexed=False)
        assert said.startswith(rf"L = {LOSSES[loss].symbol}(\hat{{y}}, y) = ") and r"L(\hat{y}, y)" not in said
        assert r"\ln" in said or "^2" in said
    slope = rule("loss_gradient", 2, experiment, indexed=True).split(" = ", 1)[1]
    known = {r"\Qa": 0.3, r"\Qb": 0.8, r"\Qd": 3.0}
    tokens = slope.replace(r"\hat{y}_j", r"\Qa ").replace("y_j", r"\Qb ").replace("{n}", r"{\Qd }")
    require_equal(tokens, LOSSES[loss].gradient(np.array(0.3), np.array(0.8), 3), **known)


def test_a_softmax_shares_what_all_z_of_the_layer_are() -> None:
    experiment = PRESETS["worked-example"].experiment
    assert rule("activation", 3, experiment, indexed=False) == (
        r"a_i = \operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_k e^{z_k}}"
    )
    assert rule("joint_delta", 3, experiment, indexed=False).endswith(r" = \hat{y} - y")
    hidden = with_hidden("softmax")
    assert r"\sum_i" in rule("delta", 1, hidden, indexed=True) and r"J^{\top}" in rule(
        "delta", 1, hidden, indexed=False
    )


def test_the_delta_of_a_joint_form_is_normalised_only_where_the_targets_are() -> None:
    network = Network([Layer(np.eye(2), [0.0, 0.0], "softmax")], "cross_entropy")
    assert r"\sum_k y_k" in rule("joint_delta", 1, Experiment(network, [1.0, 2.0], [1.0, 1.0], 0.1), indexed=False)
    assert r"\sum_k" not in rule("joint_delta", 1, Experiment(network, [1.0, 2.0], [0.0, 1.0], 0.1), indexed=False)


@every_case
def test_a_neuron_has_its_rule_by_indices_and_a_layer_its_rule_by_matrices(experiment: Experiment) -> None:
    for detail in DETAILS:
        for step in trace(experiment, detail):
            said = equation(step, experiment).rule
            require_balanced(said)
            assert r"f(" not in said and "f'" not in said
            if step.op in ("weighted_sum", "summed_gradient", "weight_gradient", "bias_gradient"):
                assert ("_{" in said or "_j" in said) == (step.neuron is not None)
                assert (said == OPS[step.op].layer_rule) == (step.neuron is None)
