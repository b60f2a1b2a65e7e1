"""The animated figure: one frame a step, and what it shows are the engine's numbers in the colours of their signs."""

from functools import reduce
from typing import Any, get_args

import numpy as np
import pytest

from engine import OPS, Experiment, sgd_step, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import line_with_places, title
from engine.formulas.numbers import compact
from engine.network.places import Weight
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Trace, apply
from pages.figures.network.picture import EMPTY, WIDTHS, Numbers, blank
from pages.figures.theme import DARK, LIGHT, faded
from tests.figures.network.played import CASES, Pictures, after, every_case, every_detail, places, played
from tests.samples import EXAMPLE, passes


@every_detail
@every_case
def test_every_step_has_its_frame(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    steps, frames = trace(experiment, detail), animation(experiment, LIGHT, detail).frames
    assert [frame.title for frame in frames] == [title(step, experiment) for step in steps]
    assert [frame.phase for frame in frames] == [step.phase for step in steps]
    assert [frame.line for frame in frames] == [line_with_places(step, experiment) for step in steps]


def test_the_cases_play_every_kind_of_step() -> None:
    seen = {step.op for name in CASES for detail in get_args(Detail) for step, *_ in played(name, detail)}
    assert seen == set(OPS)


@every_detail
@every_case
def test_the_result_of_a_step_appears_with_it_and_not_before(name: str, detail: Detail) -> None:
    for step, _, arrived, shown in played(name, detail):
        written = arrived != shown
        # a bias of a large network has no place, and an update may be too small to be seen
        assert written or step.op.startswith("bias") or step.phase == "update", step.op


@every_detail
@every_case
def test_at_the_end_all_texts_are_the_engines_numbers(name: str, detail: Detail) -> None:
    experiment, numbers = CASES[name], Numbers(CASES[name])
    size, picture = numbers.geometry.dimensions, played(name, detail)[-1][3]
    passed, back = passes(experiment)
    assert picture["neurons"]["text"] == [
        f"<b>{compact(passed.a[layer][index], digits=size.digits)}</b>" for layer, index in places(experiment)
    ]
    answers = [*(compact(y, digits=size.digits) for y in experiment.y), compact(back.loss)]
    assert picture["answers"]["text"] == [f"<b>{answer}</b>" for answer in answers]
    for (layer, index), caption in zip(places(experiment), picture["captions"]["text"], strict=True):
        if layer == 0:
            assert caption == EMPTY
            continue
        delta = back.delta[layer - 1][index]
        lines = [
            f"<i>z</i> {compact(passed.z[layer - 1][index])}",
            f"<i>δ</i> <span style='color:{LIGHT.gradient.ink(delta)}'>{compact(delta, signed=True)}</span>",
        ]
        assert caption == "<br>".join(lines[-size.caption_lines :])


@every_detail
@every_case
def test_at_the_end_biases_are_the_new_ones_or_the_gradients_of_those_that_stay(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    back = passes(experiment)[1]
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    expected = []
    for layer, db in zip(learned.layers, back.db, strict=True):
        label, palette, values = ("b", LIGHT.value, layer.b) if experiment.update_biases else ("∂b", LIGHT.gradient, db)
        expected += [
            f"<i>{label}</i> <span style='color:{palette.ink(value)}'>{compact(value, signed=True)}</span>"
            for value in values
        ]
    if not Numbers(experiment).geometry.dimensions.bias:
        expected = [EMPTY] * len(expected)
    assert played(name, detail)[-1][3]["biases"]["text"] == expected


@every_case
def test_fills_and_rings_follow_activations_and_deltas(name: str) -> None:
    experiment = CASES[name]
    passed, back = passes(experiment)
    marker = played(name, "neuron")[-1][3]["neurons"]["marker"]
    most = max(1.0, *(np.abs(a).max() for a in passed.a))
    np.testing.assert_allclose(marker["color"], np.concatenate(passed.a) / most, atol=5.1e-4)
    assert (marker["cmin"], marker["cmax"]) == (-1, 1)
    deltas, rings = np.concatenate(back.delta), np.array(marker["line"]["width"][len(experiment.x) :])
    np.testing.assert_allclose(rings, 2 + 4 * np.abs(deltas) / (np.abs(deltas).max() or 1.0), atol=0.051)
    assert marker["line"]["color"] == [LIGHT.muted] * len(experiment.x) + [LIGHT.gradient.mark(d) for d in deltas]


def ends(trace: Trace) -> list[tuple[Any, ...]]:
    """The segments of a trace of lines."""
    x, y = trace["x"], trace["y"]
    assert x[2::3] == y[2::3] == [None] * (len(x) // 3)
    return list(zip(x[0::3], y[0::3], x[1::3], y[1::3], strict=True))


def drawn_edges(experiment: Experiment, picture: Pictures) -> dict[tuple[int, int, int], list[str]]:
    """The traces in which each weight (layer from 0, to, from) is drawn among the edges."""
    geometry = Numbers(experiment).geometry
    found: dict[tuple[int, int, int], list[str]] = {}
    for l, layer in enumerate(experiment.network.layers):
        for to, source in np.ndindex(layer.W.shape):
            start, end = geometry.ends(Weight(l + 1, to + 1, source + 1))
            line = (*start, *end)
            found[l, to, source] = [
                name for name, trace in picture.items() if name[0] in "wg" and name[1] in "+-" and line in ends(trace)
            ]
    return found


@pytest.mark.parametrize(("phase", "kind"), [("loss", "w"), ("backward", "g"), ("update", "w")])
@every_case
def test_edges_have_the_sign_and_the_width_of_weights_gradients_and_new_weights(
    name: str, phase: str, kind: str
) -> None:
    experiment = CASES[name]
    back = passes(experiment)[1]
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    weights = [layer.W for layer in experiment.network.layers]
    shown = {"loss": weights, "backward": back.dW, "update": [layer.W for layer in learned.layers]}[phase]
    most = max(np.abs(values).max() for values in (back.dW if kind == "g" else weights)) or 1.0
    for (l, to, source), traces in drawn_edges(experiment, after(name, "neuron", phase)).items():
        value = shown[l][to, source]
        assert [trace[:2] for trace in traces] == [kind + ("-" if value < 0 else "+")], (value, traces)
        assert int(traces[0][2:]) == min(int(abs(value) / most * len(WIDTHS)), len(WIDTHS) - 1)


def test_the_traces_of_edges_have_the_colours_of_their_signs_and_grow_wider() -> None:
    traces = blank(Numbers(EXAMPLE), LIGHT)
    for kind, palette in (("w", LIGHT.value), ("g", LIGHT.gradient)):
        for sign in (1.0, -1.0):
            lines = [traces[f"{kind}{'+' if sign > 0 else '-'}{number}"]["line"] for number in range(len(WIDTHS))]
            assert {line["color"] for line in lines} == {faded(palette.mark(sign), 0.42)}
            assert [line["width"] for line in lines] == sorted({line["width"] for line in lines})


def test_an_animation_is_drawn_the_same_every_time_and_in_its_themes_colours() -> None:
    animation.cache_clear()
    light = animation(EXAMPLE, LIGHT)
    animation.cache_clear()
    assert animation(EXAMPLE, LIGHT) == light
    dark = animation(EXAMPLE, DARK)
    assert DARK.value.positive in str(dark) and LIGHT.value.positive not in str(dark)
    final = reduce(apply, (p for frame in dark.frames for p in (frame.setup, frame.move, frame.reveal)), dark.traces)
    assert len(final) == len(dark.traces)
