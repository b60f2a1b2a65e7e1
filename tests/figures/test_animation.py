"""The animated figure: one frame a step, and what it shows are the engine's numbers in the colours of their signs."""

from functools import cache, reduce
from typing import Any, get_args

import numpy as np
import pytest

from engine import OPS, PRESETS, Experiment, backward, forward, sgd_step, trace
from engine.editing import randomised, resized, with_activation
from engine.equations import equation, title
from engine.notation import compact
from engine.trace import Detail, Step
from pages.figures.animation import REVEALS, animation
from pages.figures.canvas import Trace, apply
from pages.figures.motions import MOTIONS
from pages.figures.network import EMPTY, WIDTHS, Numbers, blank
from pages.figures.theme import DARK, LIGHT, Palette, faded

WORKED = PRESETS["worked-example"].experiment
CASES = {
    **{name: preset.experiment for name, preset in PRESETS.items()},
    "hidden softmax": with_activation(randomised(resized(WORKED, (2, 4, 3, 2)), "normal", 1, 2.0), 0, "softmax"),
    "seven wide": randomised(resized(WORKED, (7, 5, 3)), "he", 2),
    "ten wide": randomised(resized(WORKED, (3, 10, 10)), "xavier", 3),
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


def after(name: str, detail: Detail, phase: str) -> Pictures:
    """The picture when a phase is over."""
    return [picture for step, _, _, picture in played(name, detail) if step.phase == phase][-1]


def places(experiment: Experiment) -> list[tuple[int, int]]:
    return [(layer, index) for layer, size in enumerate(experiment.network.sizes) for index in range(size)]


@every_detail
@every_case
def test_every_step_has_its_frame(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    steps, frames = trace(experiment, detail), animation(experiment, LIGHT, detail).frames
    assert [frame.title for frame in frames] == [title(step, experiment) for step in steps]
    assert [frame.phase for frame in frames] == [step.phase for step in steps]
    assert [frame.line for frame in frames] == [equation(step, experiment).line for step in steps]


def test_every_op_has_a_motion_and_reveals_something() -> None:
    assert set(MOTIONS) == set(REVEALS) == set(OPS)
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
    scale, picture = numbers.geometry.scale, played(name, detail)[-1][3]
    passed = forward(experiment.network, experiment.x)
    back = backward(experiment.network, passed, experiment.y)
    assert picture["neurons"]["text"] == [
        f"<b>{compact(passed.a[layer][index], digits=scale.digits)}</b>" for layer, index in places(experiment)
    ]
    answers = [*(compact(y, digits=scale.digits) for y in experiment.y), compact(back.loss)]
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
        assert caption == "<br>".join(lines[-scale.caption_lines :])


@every_detail
@every_case
def test_at_the_end_biases_are_the_new_ones_or_the_gradients_of_those_that_stay(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    back = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    expected = []
    for layer, db in zip(learned.layers, back.db, strict=True):
        label, palette, values = ("b", LIGHT.value, layer.b) if experiment.update_biases else ("∂b", LIGHT.gradient, db)
        expected += [
            f"<i>{label}</i> <span style='color:{palette.ink(value)}'>{compact(value, signed=True)}</span>"
            for value in values
        ]
    if not Numbers(experiment).geometry.scale.bias:
        expected = [EMPTY] * len(expected)
    assert played(name, detail)[-1][3]["biases"]["text"] == expected


@every_case
def test_fills_and_rings_follow_activations_and_deltas(name: str) -> None:
    experiment = CASES[name]
    passed = forward(experiment.network, experiment.x)
    back = backward(experiment.network, passed, experiment.y)
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
            line = (*geometry.neuron(l, source), *geometry.neuron(l + 1, to))
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
    back = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    weights = [layer.W for layer in experiment.network.layers]
    shown = {"loss": weights, "backward": back.dW, "update": [layer.W for layer in learned.layers]}[phase]
    most = max(np.abs(values).max() for values in (back.dW if kind == "g" else weights)) or 1.0
    for (l, to, source), traces in drawn_edges(experiment, after(name, "neuron", phase)).items():
        value = shown[l][to, source]
        assert [trace[:2] for trace in traces] == [kind + ("-" if value < 0 else "+")], (value, traces)
        assert int(traces[0][2:]) == min(int(abs(value) / most * len(WIDTHS)), len(WIDTHS) - 1)


def test_the_traces_of_edges_have_the_colours_of_their_signs_and_grow_wider() -> None:
    traces = blank(Numbers(WORKED), LIGHT)
    for kind, palette in (("w", LIGHT.value), ("g", LIGHT.gradient)):
        for sign in (1.0, -1.0):
            lines = [traces[f"{kind}{'+' if sign > 0 else '-'}{number}"]["line"] for number in range(len(WIDTHS))]
            assert {line["color"] for line in lines} == {faded(palette.mark(sign), 0.42)}
            assert [line["width"] for line in lines] == sorted({line["width"] for line in lines})


def contributions(step: Step, experiment: Experiment) -> tuple[np.ndarray, Palette] | None:
    """What travels at a step, in the order of the edges, and its palette; None where nothing does."""
    passed = forward(experiment.network, experiment.x)
    back = backward(experiment.network, passed, experiment.y)
    at, l = slice(None) if step.neuron is None else slice(step.neuron - 1, step.neuron), step.layer
    W = experiment.network.layers[l - 1].W
    travelling = {
        "weighted_sum": lambda: (W[at] * passed.a[l - 1], LIGHT.value),
        "loss": lambda: (passed.output, LIGHT.value),
        "joint_loss": lambda: (passed.output, LIGHT.value),
        "loss_gradient": lambda: (back.da[-1][at], LIGHT.gradient),
        "joint_delta": lambda: (back.delta[-1][at], LIGHT.gradient),
        "summed_gradient": lambda: (experiment.network.layers[l].W.T[at] * back.delta[l], LIGHT.gradient),
        "weight_gradient": lambda: (back.dW[l - 1][at], LIGHT.gradient),
    }
    return travelling[step.op]() if step.op in travelling else None


@every_detail
@every_case
def test_what_travels_is_each_contribution_in_its_size_and_the_colour_of_its_sign(name: str, detail: Detail) -> None:
    for step, ready, _, _ in played(name, detail):
        marker, expected = ready["pulses"]["marker"], contributions(step, CASES[name])
        if expected is None:
            assert not marker["size"] and not ready["pulses"]["x"]
            continue
        amounts, palette = np.ravel(expected[0]), expected[1]
        assert marker["color"] == [palette.mark(amount) for amount in amounts]
        assert np.all(np.diff(np.array(marker["size"])[np.argsort(np.abs(amounts))]) >= 0)
        assert max(marker["size"]) == 18.0 or not amounts.any()


@every_detail
@every_case
def test_contributions_leave_their_sources_and_arrive_at_what_is_computed(name: str, detail: Detail) -> None:
    geometry = Numbers(CASES[name]).geometry
    neurons = [[geometry.neuron(layer, index) for index in range(size)] for layer, size in enumerate(geometry.sizes)]
    for step, ready, arrived, _ in played(name, detail):
        if not ready["pulses"]["x"]:
            continue
        own = neurons[step.layer] if step.neuron is None else [neurons[step.layer][step.neuron - 1]]
        source, target = {
            "weighted_sum": (neurons[step.layer - 1], own),
            "loss": (neurons[-1], [geometry.loss]),
            "joint_loss": (neurons[-1], [geometry.loss]),
            "loss_gradient": ([geometry.loss], own),
            "joint_delta": ([geometry.loss], own),
            "summed_gradient": ((*neurons, [])[step.layer + 1], own),
            "weight_gradient": (own, neurons[step.layer - 1]),
        }[step.op]
        for picture, places_ in ((ready, source), (arrived, target)):
            found = set(zip(picture["pulses"]["x"], picture["pulses"]["y"], strict=True))
            assert found == set(places_), step


@every_detail
@every_case
def test_a_move_is_nothing_but_new_places_of_the_pulses(name: str, detail: Detail) -> None:
    """The player animates one trace's x and y, and nothing else, while a step plays."""
    pulses = list(blank(Numbers(CASES[name]), LIGHT)).index("pulses")
    for frame in animation(CASES[name], LIGHT, detail).frames:
        assert {(index, path) for index, path, _ in frame.move} <= {(pulses, "x"), (pulses, "y")}


@every_detail
@every_case
def test_a_dark_ring_marks_the_neurons_being_computed_and_no_others(name: str, detail: Detail) -> None:
    for step, _, _, picture in played(name, detail):
        colours = picture["neurons"]["marker"]["line"]["color"]
        marked = {place for place, colour in zip(places(CASES[name]), colours, strict=True) if colour == LIGHT.outline}
        computed = {
            (layer, index)
            for layer, index in places(CASES[name])
            if layer == step.layer and step.neuron in (None, index + 1)
        }
        assert marked == (computed if step.phase in ("forward", "backward") else set())


def test_the_edges_of_the_neuron_being_computed_carry_their_weights_as_numbers() -> None:
    for step, ready, _, _ in played("worked-example", "neuron"):
        labels = ready["labels"]
        if step.op in ("weighted_sum", "summed_gradient", "weight_gradient"):
            values = step.value if step.op == "weight_gradient" else step.operands[0]
            palette = LIGHT.gradient if step.op == "weight_gradient" else LIGHT.value
            assert labels["text"] == [compact(value) for value in values]
            assert labels["textfont"]["color"] == [palette.ink(value) for value in values]
        else:
            assert labels["text"] == []


@every_case
def test_lit_edges_have_the_colour_of_what_travels_along_them(name: str) -> None:
    for step, ready, _, _ in played(name, "neuron"):
        if step.op == "summed_gradient":
            products = step.operands[0] * step.operands[1]
            for line, count in (("lit+", (products >= 0).sum()), ("lit-", (products < 0).sum())):
                assert len(ready[line]["x"]) == 3 * count
                assert not count or ready[line]["line"]["color"] == LIGHT.gradient.mark(-1 if line == "lit-" else 1)


def test_an_animation_is_drawn_the_same_every_time_and_in_its_themes_colours() -> None:
    animation.cache_clear()
    light = animation(WORKED, LIGHT)
    animation.cache_clear()
    assert animation(WORKED, LIGHT) == light
    dark = animation(WORKED, DARK)
    assert DARK.value.positive in str(dark) and LIGHT.value.positive not in str(dark)
    final = reduce(apply, (p for frame in dark.frames for p in (frame.setup, frame.move, frame.reveal)), dark.traces)
    assert len(final) == len(dark.traces)
