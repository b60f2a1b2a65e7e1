"""What a batch of 8 costs against a single example on the default network: its steps, and the figure as it is sent."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import Experiment, trace
from engine.memory import SHARED
from pages.figures.network.animation import animation
from pages.figures.network.message import written
from pages.figures.theme import LIGHT
from tests.samples import EXAMPLE, RNG

EIGHT = replace(EXAMPLE, x=RNG(1).normal(size=(8, 3)), y=np.eye(3)[RNG(2).integers(0, 3, 8)])
ROUNDS = 20


def fastest(run: Callable[[Experiment], Any], experiment: Experiment) -> float:
    """The least time in milliseconds, of an experiment that nothing is known of yet."""
    times = []
    for _ in range(ROUNDS):
        animation.cache_clear()
        SHARED.clear()
        start = time.perf_counter()
        run(experiment)
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


WHAT: dict[str, Callable[[Experiment], Any]] = {
    "steps": trace,
    "steps and figure": lambda experiment: animation(experiment, LIGHT),
    "ready for sending": lambda experiment: written(experiment, LIGHT),
    "in matrices": lambda experiment: written(experiment, LIGHT, "batch"),
}


@pytest.mark.parametrize("what", WHAT)
def test_a_batch_of_eight_against_one_example(what: str) -> None:
    run = WHAT[what]
    one, eight = fastest(run, EXAMPLE), fastest(run, EIGHT.in_batch(3))
    print(f"\n{what}: {one:.1f} ms for one, {eight:.1f} ms for eight: {eight / one:.2f} times (target 2)")


def test_its_size() -> None:
    one, eight = (len(written(experiment, LIGHT)) for experiment in (EXAMPLE, EIGHT.in_batch(3)))
    counts = len(trace(EXAMPLE)), len(trace(EIGHT))
    print(f"\n{counts[0]} and {counts[1]} steps; {one / 1000:.0f} and {eight / 1000:.0f} kB: {eight / one:.2f} times")
