"""How fast what the Activations and Gradients pages show at each run is computed.

Every figure is the least of several runs that take turns, so that a busy machine slows all of them alike.
"""

import time
from collections.abc import Callable

import numpy as np

from engine import PRESETS, Experiment, Layer, Network, backward, check_gradients, forward
from engine.analysis.flow import layer_flows
from engine.analysis.init_experiment import Setting, run
from engine.analysis.paths import chain_rule_paths
from engine.analysis.what_if import alternatives
from engine.gradcheck.schemes import SCHEMES
from engine.gradcheck.step_size import v_curve
from engine.network.places import Weight
from pages.figures.gradients.ridges import ridges, span
from pages.figures.theme import LIGHT

DEFAULT = next(iter(PRESETS.values())).experiment


def fastest(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each, in milliseconds."""
    times = dict.fromkeys(runs, np.inf)
    for _ in range(rounds):
        for name, timed in runs.items():
            start = time.perf_counter()
            timed()
            times[name] = min(times[name], 1000 * (time.perf_counter() - start))
    return times


def deep(activation: str, depth: int = 8, width: int = 10) -> Experiment:
    rng = np.random.default_rng(0)
    layers = [
        Layer(rng.normal(0, width**-0.5, (width, width)), rng.normal(0, 0.1, width), activation) for _ in range(depth)
    ]
    return Experiment(Network(layers, "half_squared_error"), rng.normal(size=width), rng.normal(size=width), 0.1)


def check(e: Experiment) -> object:
    return check_gradients(e.network, e.x, e.y)


def test_gradient_check() -> None:
    wanted = {"default network": (DEFAULT, 3.0)} | {
        f"8 layers of 10, {name}": (deep(name), 100.0) for name in ("tanh", "relu", "sigmoid", "gelu")
    }
    times = fastest({name: lambda e=e: check(e) for name, (e, _) in wanted.items()}, rounds=10)
    one_by_one = fastest({"one parameter after another": lambda: slow_check(DEFAULT)}, rounds=5)
    print("\ngradient check, milliseconds")
    for name, (_, limit) in wanted.items():
        print(f"  {name}: {times[name]:.1f} ({times[name] / limit:.2f} of the {limit:g} wanted)")
    ratio = one_by_one["one parameter after another"] / times["default network"]
    print(f"  a central difference of one parameter after another takes {ratio:.0f} times as long")


def slow_check(e: Experiment) -> None:
    for index, layer in enumerate(e.network.layers):
        for place in np.ndindex(layer.W.shape):
            for h in (1e-5, -1e-5):
                W = layer.W.copy()
                W[place] += h
                layers = list(e.network.layers)
                layers[index] = Layer(W, layer.b, layer.activation, layer.parameter)
                network = Network(layers, e.network.loss)
                assert backward(network, forward(network, e.x), e.y).loss


def test_laboratory() -> None:
    wanted = {
        f"{a}, {i}": Setting(depth=50, width=128, activation=a, initializer=i)
        for a, i in (("tanh", "xavier"), ("relu", "he"), ("gelu", "lecun"))
    }
    wanted["tanh, orthogonal"] = Setting(depth=50, width=128, activation="tanh", initializer="orthogonal")
    times = fastest({name: lambda s=s: run(s) for name, s in wanted.items()}, rounds=5)
    print("\nlaboratory, 50 layers of 128, 200 inputs, milliseconds (500 wanted)")
    for name, taken in times.items():
        print(f"  {name}: {taken:.0f} ({taken / 500:.2f})")
    made = run(wanted["relu, he"])
    drawn = fastest({"ridges": lambda: ridges(LIGHT, made.deltas, span(made.deltas, True), True, 500)}, rounds=5)
    print(f"  drawing one picture of ridges: {drawn['ridges']:.1f}")


def test_what_the_pages_compute_at_each_run() -> None:
    e, wide = deep("tanh"), deep("softmax")
    times = fastest(
        {
            "flow": lambda: layer_flows(DEFAULT),
            "what if, all activations": lambda: alternatives(DEFAULT, 0),
            "three V-curves": lambda: [v_curve(DEFAULT.network, DEFAULT.x, DEFAULT.y, scheme) for scheme in SCHEMES],
            "paths, 27": lambda: chain_rule_paths(DEFAULT, Weight(1, 1, 1)),
            "paths, 10^7": lambda: chain_rule_paths(e, Weight(1, 1, 1)),
            "paths, 10^15": lambda: chain_rule_paths(wide, Weight(1, 1, 1)),
        },
        rounds=5,
    )
    print("\nmilliseconds: " + ", ".join(f"{name} {taken:.1f}" for name, taken in times.items()))
