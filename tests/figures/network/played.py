"""Animations played step by step, for tests of what they show: examples of all kinds, and their pictures."""

from functools import cache, reduce
from typing import get_args

import numpy as np
import pytest

from engine import PRESETS, Experiment, trace
from engine.backprop.step import Step
from engine.backprop.trace import Detail
from engine.network.editing import randomised, resized, with_activation
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Trace, apply
from pages.figures.network.picture import Numbers, blank
from pages.figures.theme import LIGHT, Theme
from tests.samples import EXAMPLE

CASES = {
    # of a batch its first example alone: tests of batches have their own cases
    **{name: preset.experiment.example(1) for name, preset in PRESETS.items()},
    "hidden softmax": with_activation(randomised(resized(EXAMPLE, (2, 4, 3, 2)), "normal", 1, 2.0), 0, "softmax"),
    "seven wide": randomised(resized(EXAMPLE, (7, 5, 3)), "he", 2),
    "ten wide": randomised(resized(EXAMPLE, (3, 10, 10)), "xavier", 3),
}
every_case = pytest.mark.parametrize("name", CASES)
every_detail = pytest.mark.parametrize("detail", get_args(Detail))
Pictures = dict[str, Trace]


@cache
def played(name: str, detail: Detail) -> tuple[tuple[Step, Pictures, Pictures, Pictures], ...]:
    """Each step with the picture as it is set up, with its pulses arrived, and with its result."""
    figure, names = animation(CASES[name], LIGHT, detail), list(blank(Numbers(CASES[name]), LIGHT))
    traces, shown = figure.traces, []
    for step, frame in zip(trace(CASES[name], detail), figure.frames, strict=True):
        stages = []
        for patch in (frame.setup, frame.move, frame.reveal):
            traces = apply(traces, patch)
            stages.append(dict(zip(names, traces, strict=True)))
        shown.append((step, *stages))
    return tuple(shown)


@cache
def states(experiment: Experiment, theme: Theme, detail: Detail) -> tuple[list[Trace], ...]:
    """The traces after every step of an animation; first those before any."""
    # the smallest products underflow where what is hovered over says them
    with np.errstate(under="ignore"):
        figure = animation(experiment, theme, detail)
    found = [figure.traces]
    for frame in figure.frames:
        found.append(reduce(apply, (frame.setup, frame.move, frame.reveal), found[-1]))
    return tuple(found)


def bare(traces: list[Trace]) -> list[Trace]:
    """The traces without what is shown of a neuron when the mouse is over it."""
    return [{name: value for name, value in trace.items() if name != "hovertext"} for trace in traces]


def after(name: str, detail: Detail, phase: str) -> Pictures:
    """The picture when a phase is over."""
    return [picture for step, _, _, picture in played(name, detail) if step.phase == phase][-1]


def places(experiment: Experiment) -> list[tuple[int, int]]:
    return [(layer, index) for layer, size in enumerate(experiment.network.sizes) for index in range(size)]
