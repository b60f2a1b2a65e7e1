"""How long the animated figure takes to build and how large it is, as plain JSON and as it is sent."""

import gzip
import json
import time
from collections.abc import Callable

import pytest

from engine import Experiment, trace
from engine.memory import SHARED
from engine.network.editing import randomised, resized
from pages.figures.network.animation import animation
from pages.figures.network.message import document, written
from pages.figures.theme import LIGHT
from tests.samples import EXAMPLE

DEEP = randomised(resized(EXAMPLE, [8] * 9), "xavier", 1)


def fastest(run: Callable[[], object], rounds: int) -> float:
    """The least time in milliseconds."""
    times = []
    for _ in range(rounds):
        animation.cache_clear()
        SHARED.clear()
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


@pytest.mark.parametrize(
    ("name", "experiment", "rounds", "targets"),
    [("default", EXAMPLE, 20, "10 ms, 60 kB"), ("8 layers of 8", DEEP, 5, "300 ms, 3000 kB")],
)
def test_figure_and_steps(name: str, experiment: Experiment, rounds: int, targets: str) -> None:
    steps = fastest(lambda: trace(experiment), rounds)
    built = fastest(lambda: animation(experiment, LIGHT), rounds)
    ready = fastest(lambda: written(experiment, LIGHT), rounds)
    text = written(experiment, LIGHT)
    assert json.loads(text) == json.loads(json.dumps(document(experiment, LIGHT)))
    print(
        f"\n{name}: {len(trace(experiment))} steps in {steps:.1f} ms, with the figure {built:.1f} ms, "
        f"ready for sending {ready:.1f} ms; {len(text) / 1000:.0f} kB of JSON, compressed "
        f"{len(gzip.compress(text)) / 1000:.0f} kB "
        f"(targets {targets})"
    )
