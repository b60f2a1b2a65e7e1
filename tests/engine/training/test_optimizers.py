"""Each update rule against the numbers that PyTorch's documentation gives for a fixed sequence of gradients.

One parameter starts at 1 and meets the gradients 0.5, −0.2, 0.1 with a learning rate of 0.1. The derivations use
the documentation's defaults; `tests/torch` runs the same against PyTorch itself.
"""

import re
from functools import reduce
from itertools import pairwise

import numpy as np
import pytest

from engine.errors import InvalidExperiment
from engine.training.optimizers import OPTIMIZERS
from tests.latex import evaluate
from tests.oracles import assert_close

GRADIENTS = (0.5, -0.2, 0.1)
RATE = 0.1

EXPECTED = {
    # 1 − 0.1·0.5 = 0.95; + 0.1·0.2 = 0.97; − 0.1·0.1 = 0.96
    "sgd": (0.95, 0.97, 0.96),
    # v: 0.5; 0.9·0.5 − 0.2 = 0.25; 0.9·0.25 + 0.1 = 0.325. theta: 1 − 0.05; − 0.025; − 0.0325
    "momentum": (0.95, 0.925, 0.8925),
    # g + 0.9 v with the same v: 0.5 + 0.45 = 0.95; −0.2 + 0.225 = 0.025; 0.1 + 0.2925 = 0.3925
    "nesterov": (0.905, 0.9025, 0.86325),
    # s: 0.25, 0.29, 0.30; steps 0.1·0.5/√0.25 = 0.1; −0.02/√0.29 = −0.03713907; 0.01/√0.30 = 0.01825742
    "adagrad": (0.9, 0.93713907, 0.91888165),
    # v: 0.01·0.25 = 0.0025; 0.99·0.0025 + 0.01·0.04 = 0.002875; 0.99·0.002875 + 0.01·0.01 = 0.00294625.
    # steps with ε: 0.05/(√0.0025 + 1e-8) = 0.9999998; −0.02/(√0.002875 + 1e-8) = −0.37300185;
    # 0.01/(√0.00294625 + 1e-8) = 0.18423202
    "rmsprop": (2e-7, 0.37300205, 0.18877003),
    # m: 0.05, 0.025, 0.0325; v: 0.00025, 0.00028975, 0.00029946025.
    # m̂: 0.05/0.1 = 0.5; 0.025/0.19 = 0.13157895; 0.0325/0.271 = 0.11992620
    # v̂: 0.25; 0.00028975/0.001999 = 0.14494747; 0.00029946025/0.002997001 = 0.09991997
    # steps 0.1·0.5/0.5 = 0.1; 0.013157895/0.38071968 = 0.03456058; 0.01199262/0.31610120 = 0.03793918
    "adam": (0.9, 0.86543942, 0.82750024),
    # theta·(1 − 0.1·0.01) before each of Adam's steps: 0.999 − 0.1 = 0.899; 0.899·0.999 − 0.03456058 = 0.86354042;
    # 0.86354042·0.999 − 0.03793918 = 0.82473770
    "adamw": (0.899, 0.86354042, 0.82473770),
}


def run(name, gradients, rate=RATE, start=1.0, **settings):
    record = OPTIMIZERS[name]
    theta, chosen = np.array([start]), record.settings(settings)
    state, visited = record.start(theta), []
    for t, gradient in enumerate(gradients, start=1):
        theta, state = record.update(theta, np.array([gradient]), state, rate, t, chosen)
        visited.append(theta.item())
    return visited


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rule_gives_the_documented_numbers(name):
    assert_close(run(name, GRADIENTS), EXPECTED[name], rtol=0, atol=1e-8)


def by_formula(record, theta, g, memory, t, settings):
    """The rule that is shown, followed line by line: what theta and the memory come to."""
    known = {one.symbol: settings[one.name] for one in record.hyperparameters}
    known |= dict(zip(record.memory, memory, strict=True)) | {r"\theta": theta, "g": g, r"\eta": RATE, "t": float(t)}
    # a name of several signs is one token to the reader
    short = {r"\hat{m}": r"\Qa", r"\hat{v}": r"\Qb", r"\beta_1": r"\Qc", r"\beta_2": r"\Qd"}
    known = {short.get(name, name): value for name, value in known.items()}
    latex = reduce(lambda text, name: text.replace(name, short[name]), short, record.latex)
    for line in re.split(r"\\\\|, \\quad", latex):
        name, rule = re.split(r"\\leftarrow|=", line)
        known[name.strip()] = evaluate(rule, **known)
    return known[r"\theta"], [known[name] for name in record.memory]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rule_is_the_one_that_is_shown(name):
    record, rng = OPTIMIZERS[name], np.random.default_rng(0)
    settings = {one.name: 0.7 * one.default for one in record.hyperparameters}
    theta = rng.normal(size=5)
    state = record.start(theta)
    for t in range(1, 6):
        g = rng.normal(size=5)
        wanted, memory = by_formula(record, theta, g, state, t, settings)
        theta, state = record.update(theta, g, state, RATE, t, settings)
        assert_close(theta, wanted, rtol=1e-12)
        assert_close(np.array(state), np.array(memory), rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_update_leaves_its_arguments_as_they_are(name):
    record = OPTIMIZERS[name]
    theta, g = np.array([1.0, -2.0]), np.array([0.3, 0.7])
    state = record.start(theta)
    record.update(theta, g, state, RATE, 1, record.settings())
    assert theta.tolist() == [1.0, -2.0] and g.tolist() == [0.3, 0.7]
    assert all(not memory.any() for memory in state) and len(state) == len(record.memory)


def descend(name, curvature, steps, rate):
    """The way down ½ Σ c θ², from (1, 1)."""
    record = OPTIMIZERS[name]
    theta, chosen = np.ones(2), record.settings()
    state, way = record.start(theta), [theta]
    for t in range(1, steps + 1):
        theta, state = record.update(theta, curvature * theta, state, rate, t, chosen)
        way.append(theta)
    return np.array(way)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_bottom_of_a_quadratic_bowl_is_found(name):
    way = descend(name, np.array([1.0, 10.0]), 2000, 0.02 if name != "adagrad" else 0.5)
    assert np.abs(way[-1]).max() < 0.02


def test_gradient_descent_on_a_bowl_shrinks_by_a_known_factor_and_diverges_beyond_two_over_the_curvature():
    way = descend("sgd", np.array([1.0, 10.0]), 20, 0.15)
    assert_close(way[20], [0.85**20, (-0.5) ** 20], rtol=1e-9)
    beyond = np.abs(descend("sgd", np.array([1.0, 10.0]), 20, 0.21)[:, 1])
    assert all(later > earlier for earlier, later in pairwise(beyond))


def test_momentum_is_ahead_of_plain_descent_in_a_long_valley():
    plain, heavy = (descend(name, np.array([0.1, 1.0]), 100, 0.1)[-1, 0] for name in ("sgd", "momentum"))
    assert abs(heavy) < plain / 10


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"momentun": 0.9}, "no setting 'momentun'; it has momentum"),
        ({"momentum": 1.5}, "from 0 to 0.999; 1.5"),
        ({"momentum": float("nan")}, "finite"),
        ({"momentum": "much"}, "a number"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings, words):
    with pytest.raises(InvalidExperiment, match=words):
        OPTIMIZERS["momentum"].settings(settings)
