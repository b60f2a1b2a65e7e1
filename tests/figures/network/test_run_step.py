"""A run's next step in the picture: the passes of its mini-batch, then the weights and biases that the run has then."""

import re

import numpy as np
import pytest

from engine import OPTIMIZERS, train
from engine.formulas.notations import NOTATIONS, OURS
from engine.training.next_step import next_step
from pages.figures.network.run_step import run_step
from pages.figures.theme import LIGHT
from tests.samples import RNG, network_with

NETWORK = network_with("tanh", "sigmoid", "half_squared_error", seed=2)
X, Y = RNG(3).normal(size=(5, 3)), RNG(4).uniform(size=(5, 2))


def step_of(optimizer, rows=5):
    run = [
        train(NETWORK, X[:rows], Y[:rows], epochs=n, batch_size=rows, seed=1, optimizer=optimizer, learning_rate=0.1)
        for n in (3, 4)
    ]
    return next_step(run[0].network, run[0].moment), run[1]


def drawn(figure):
    """All that is in the picture in the end, by trace and path."""
    state = {}
    for frame in figure.frames:
        for patch in (frame.setup, frame.move, frame.reveal):
            state |= {(index, path): value for index, path, value in patch}
    return state


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_picture_ends_with_the_biases_and_the_loss_of_the_run_after_its_step(optimizer, rows):
    made, later = step_of(optimizer, rows)
    figure = run_step(made, LIGHT, OURS)
    texts = re.sub("<[^>]*>", " ", str([value for (_, path), value in drawn(figure).items() if path == "text"]))
    numbers = [float(found.replace("−", "-")) for found in re.findall(r"[−-]?\d+(?:\.\d+)?", texts)]
    for wanted in (made.steps[-1].value, *(bias for layer in later.network.layers for bias in layer.b)):
        assert np.isclose(numbers, wanted, rtol=5e-3).any(), wanted
    assert len(figure.frames) == len(made.steps)
    assert {frame.phase for frame in figure.frames} == {"forward", "loss", "backward", "update"}


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=list(NOTATIONS))
def test_the_optimizers_lines_have_what_it_remembers_and_are_in_the_notation(notation):
    made, _ = step_of("adam")
    figure = run_step(made, LIGHT, notation)
    updates = [frame for frame in figure.frames if " by Adam" in frame.title]
    assert len(updates) == 2 * len(NETWORK.layers)
    for frame in updates:
        assert r"m \leftarrow" in frame.line and r"v \leftarrow" in frame.line and r"\hat{m} = " in frame.line
    last = figure.frames[-1]
    assert np.isfinite(last.column) and last.why.startswith("The loss of this mini-batch went")
