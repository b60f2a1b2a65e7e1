"""What the Practice page computes, against one pass of the engine: a worksheet, an answer judged, pasted numbers."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from engine import Experiment, Layer, Network, backward, forward
from engine.memory import SHARED
from engine.practice import judge, worksheet
from engine.practice.pasted import check_numbers
from engine.practice.pasted.scanning import entries
from tests.samples import EXAMPLE, RNG

ROUNDS = 5
# about as large as a network may be
WIDTH = 300


def large() -> Experiment:
    """A network of three layers of many neurons."""
    rng = RNG(3)
    layers = [Layer(rng.normal(size=(n, WIDTH)) / WIDTH**0.5, rng.normal(size=n), "tanh") for n in (WIDTH, WIDTH, 20)]
    return Experiment(Network(layers, "half_squared_error"), rng.normal(size=WIDTH), rng.normal(size=20), 0.1)


def fastest(run: Callable[[], object]) -> float:
    """The least time in milliseconds, of what nothing is known of yet."""
    times = []
    for _ in range(ROUNDS):
        SHARED.clear()
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def one_pass(experiment: Experiment) -> float:
    network = experiment.network
    return fastest(lambda: backward(network, forward(network, experiment.x), experiment.y))


def pasted(experiment: Experiment, off: float = 0.0) -> str:
    """What a program prints of an experiment's pass, in parts that fit; with `off` added to the first delta."""
    passed = forward(experiment.network, experiment.x)
    made = backward(experiment.network, passed, experiment.y)
    vectors = {"z1": passed.z[0], "a1": passed.a[1], "delta1": made.delta[0] + off, "db2": made.db[1]}
    return "\n".join(f"{name} = {np.array2string(v, threshold=10_000)}" for name, v in vectors.items())


@pytest.mark.parametrize("size", ["small", "large"])
def test_against_one_pass(size: str) -> None:
    experiment = EXAMPLE if size == "small" else large()
    base = one_pass(experiment)
    questions = worksheet(1, "update", 5, experiment)
    number = next(one for one in questions if not one.is_table)
    text = f"{number.answer * 1.37:.4g}"
    right, wrong = pasted(experiment), pasted(experiment, 0.3)
    what: dict[str, Callable[[], object]] = {
        "a worksheet of 5 about the network at hand": lambda: worksheet(1, "update", 5, experiment),
        "an answer that is wrong for every reason known": lambda: judge(number, text),
        "numbers checked, all right": lambda: check_numbers(experiment, right),
        "numbers checked, one layer wrong": lambda: check_numbers(experiment, wrong),
    }
    print(f"\n{size}: one pass takes {base:.2f} ms")
    for name, run in what.items():
        took = fastest(run)
        print(f"  {name}: {took:.1f} ms, {took / base:.0f} passes")


@pytest.mark.parametrize("text", ["5\n", "[5] ", "0.5 a ", "1 2\t", "5;"], ids=repr)
def test_reading_what_was_pasted_is_linear(text: str) -> None:
    half, whole = (fastest(lambda n=n: entries(text * n)) for n in (90_000 // len(text), 180_000 // len(text)))
    print(
        f"\n{text!r}: {half:.0f} ms for 90,000 characters, {whole:.0f} ms for twice as many: {whole / half:.2f} times"
    )
