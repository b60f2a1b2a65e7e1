"""How fast the engine is: a large batch beside the bare matrix products it needs, traces, and hostile links.

Every figure is the least of several runs that take turns, so that a busy machine slows all of them alike.
"""

import base64
import time
import zlib
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network, backward, decode, forward, to_json, trace
from engine.files.strict_json import MAX_CHARACTERS

SIZES, BATCH = (784, 512, 512, 10), 256


def fastest(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each, in milliseconds; what a run returns is kept until it ends, as whoever calls it would."""
    times = dict.fromkeys(runs, np.inf)
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            kept = run()
            times[name] = min(times[name], 1000 * (time.perf_counter() - start))
            del kept
    return times


def network(hidden: str) -> Network:
    rng = np.random.default_rng(0)
    activations = (hidden, hidden, "softmax")
    layers = [
        Layer(rng.normal(0, n_in**-0.5, (n_out, n_in)), np.zeros(n_out), activation)
        for n_in, n_out, activation in zip(SIZES, SIZES[1:], activations, strict=False)
    ]
    return Network(layers, "cross_entropy")


def bare_products(network: Network, a: list[np.ndarray], delta: list[np.ndarray], with_dx: bool) -> list[np.ndarray]:
    """The z and the dW of three layers, the da of two; and dx, which the engine works out when asked for it."""
    W = [layer.W for layer in network.layers]
    z = [a[index] @ W[index].T for index in range(3)]
    dW = [delta[index].T @ a[index] for index in range(3)]
    return [*z, *dW, *(delta[index] @ W[index] for index in ((0, 1, 2) if with_dx else (1, 2)))]


@pytest.mark.parametrize("hidden", ["relu", "sigmoid"])
def test_forward_and_backward_beside_the_bare_matrix_products(hidden: str) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(BATCH, SIZES[0])), np.eye(10)[rng.integers(0, 10, BATCH)]
    net = network(hidden)
    a, delta = list(forward(net, x).a), list(backward(net, forward(net, x), y).delta)

    def both_passes() -> tuple[object, object]:
        passed = forward(net, x)
        return passed, backward(net, passed, y)

    def with_dx() -> tuple[object, object, object]:
        passed = forward(net, x)
        found = backward(net, passed, y)
        return passed, found, found.dx

    times = fastest(
        {
            "8 products": lambda: bare_products(net, a, delta, with_dx=False),
            "9 products": lambda: bare_products(net, a, delta, with_dx=True),
            "passes": both_passes,
            "passes and dx": with_dx,
        },
        rounds=40,
    )
    print(f"\n{'-'.join(map(str, SIZES))}, batch {BATCH}, {hidden}, milliseconds: {rounded(times)}")
    print(f"  forward and backward: {times['passes'] / times['8 products']:.2f} times the 8 products they need")
    print(f"  with dL/dx:           {times['passes and dx'] / times['9 products']:.2f} times the 9 products they need")


def deep_network() -> Experiment:
    """8 layers of 8."""
    rng = np.random.default_rng(2)
    layers = [Layer(rng.normal(0, 0.4, (8, 8)), rng.normal(0, 0.1, 8), "tanh") for _ in range(8)]
    return Experiment(Network(layers, "half_squared_error"), rng.normal(size=8), rng.normal(size=8), 0.1)


def test_traces_and_single_passes() -> None:
    default, deep = next(iter(PRESETS.values())).experiment, deep_network()

    def passes(experiment: Experiment) -> object:
        return backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)

    times = fastest(
        {
            "passes of the default preset": lambda: passes(default),
            "its trace per neuron": lambda: trace(default),
            "passes of 8 layers of 8": lambda: passes(deep),
            "their trace per layer": lambda: trace(deep, "layer"),
            "their trace per neuron": lambda: trace(deep),
        },
        rounds=15,
    )
    print(f"\nmilliseconds: {rounded(times)}")


def token_of(text: str) -> str:
    return "1." + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def filled(piece: str) -> str:
    """A first layer whose W is a list of this piece, as often as the limit of characters lets through."""
    good = to_json(PRESETS["mazur"].experiment)
    count = (MAX_CHARACTERS - len(good)) // (len(piece) + 1)
    return good.replace("[[0.15,0.2],[0.25,0.3]]", "[" + ",".join([piece] * count) + "]")


HOSTILE = {
    "a bomb": token_of(" " * 50_000_000),
    "noise": "1." + "A" * (MAX_CHARACTERS - 2),
    "brackets": token_of("[" * MAX_CHARACTERS),
    "objects": token_of("[" + ",".join(["{}"] * (MAX_CHARACTERS // 3 - 1)) + "]"),
    "25,000 layers": token_of('{"layers":[' + ",".join(["0"] * 25_000) + "]}"),
    "long integers": token_of(filled("9" * 4300)),
    **{
        f"W of {piece}": token_of(filled(piece))
        for piece in ("1", "1.5", '"a"', "[1]", "{}", "[]", "[[[1]]]", "[1],[]")
    },
}


def test_hostile_links_are_refused_quickly() -> None:
    def attempt(token: str) -> None:
        with suppress(InvalidExperiment):
            decode(token)
            raise AssertionError("accepted")

    times = fastest({name: lambda token=token: attempt(token) for name, token in HOSTILE.items()}, rounds=5)
    print(f"\ndecoding hostile links, milliseconds (at most 100 wanted): {rounded(times)}")


def rounded(times: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in times.items())
