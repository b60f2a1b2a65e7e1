"""Ridges of distributions stand where their numbers are."""

import numpy as np
import pytest

from engine.analysis.init_experiment import Setting, Spread, run
from pages.figures.gradients.ridges import OVERLAP, ridges, span
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain


def spread(values: np.ndarray) -> Spread:
    return Spread(float(np.sqrt((values**2).mean())), float((values == 0).mean()), values)


def test_a_ridge_stands_where_its_numbers_are() -> None:
    rng = np.random.default_rng(0)
    spreads = [spread(rng.standard_normal(2000) * 10.0**-k) for k in range(5)]
    for log in (True, False):
        axis = span(spreads, log)
        figure = plain(ridges(DARK, spreads, axis, True, 300))
        for number, (trace, one) in enumerate(zip(figure["data"], spreads, strict=False), start=1):
            assert trace["y"][0] == trace["y"][-1] == number
            assert min(trace["y"]) == pytest.approx(number - OVERLAP, abs=1e-3)
            peak = trace["x"][int(np.argmin(trace["y"]))]
            typical = np.log10(one.rms) if log else 0.0
            assert abs(peak - typical) < 0.7
    marks = plain(ridges(LIGHT, spreads, span(spreads, True), True, 300))["data"][-1]
    assert marks["x"] == pytest.approx([np.log10(one.rms) for one in spreads])


def test_layers_of_zeros_alone_have_flat_ridges_and_no_mark() -> None:
    made = run(Setting(depth=3, width=4, activation="relu", initializer="zeros"))
    for log in (True, False):
        plain(ridges(LIGHT, made.activations, span(made.activations, log), False, 200))
    figure = plain(ridges(LIGHT, made.deltas, span(made.deltas, True), True, 200))
    assert set(figure["data"][0]["y"]) == {1.0} and figure["data"][-1]["x"] == []
