"""`python -m tests.hosting.poisoned run app.py …` is Streamlit with a network in it that kills the process.

There should be none in the app, so that the tests of what happens then have to bring one.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

import numpy as np
from streamlit.web.cli import main

from engine import PRESETS, Experiment
from engine.backprop.stacked import Stack
from engine.backprop.step import Step
from engine.backprop.trace import Detail
from engine.network.places import Given

# inputs: they can come in a link, and be put into the table; the second one kills after half a second, the third one
# where its picture is only asked for, too
DEADLY, DEADLY_LATER, DEADLY_ASKED = 666.0, 667.0, 668.0
HARMLESS = PRESETS["worked-example"].experiment
POISON = replace(HARMLESS, x=np.full_like(HARMLESS.x, DEADLY))
# as a name, `engine.backprop.trace` is the function, which the package exports
_module, _ranges = import_module("engine.backprop.trace"), import_module("engine.analysis.ranges")
_trace, _evaluated = _module.trace, _ranges.evaluated


def deadly(experiment: Experiment, detail: Detail) -> tuple[Step, ...]:
    """Trace as the engine does, or end the process as a system does that has no memory left."""
    if DEADLY_LATER in experiment.x:
        time.sleep(0.5)
    if {DEADLY, DEADLY_LATER, DEADLY_ASKED}.intersection(experiment.x.flat):
        os._exit(137)
    steps: tuple[Step, ...] = _trace(experiment, detail)
    return steps


def deadly_range(experiment: Experiment, place: Given, numbers: Iterable[float]) -> tuple[Stack, tuple[float, ...]]:
    """Evaluate as the engine does, or end the process likewise."""
    asked = tuple(numbers)
    if DEADLY_ASKED in asked:
        os._exit(137)
    found: tuple[Stack, tuple[float, ...]] = _evaluated(experiment, place, asked)
    return found


if __name__ == "__main__":
    _module.trace, _ranges.evaluated = deadly, deadly_range
    main()
