"""The animated figure: one frame a step, and what it shows are the engine's numbers in the colours of their signs."""

from functools import reduce
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPS, Experiment, ForwardPass, Network, backward, forward, sgd_step, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import line_with_places, title
from engine.formulas.numbers import compact, compact_between, fitted
from engine.network.places import Weight
from engine.reasons import why
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Trace, apply
from pages.figures.network.edges import WIDTHS
from pages.figures.network.marks import changed
from pages.figures.network.picture import EMPTY, Numbers, blank
from pages.figures.theme import CLEAR, DARK, LIGHT, faded
from tests.figures.network.played import CASES, Pictures, after, every_case, every_detail, places, played
from tests.samples import EXAMPLE, passes

NUMBERS = st.floats(-1e6, 1e6)


@every_detail
@every_case
def test_every_step_has_its_frame(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    steps, frames = trace(experiment, detail), animation(experiment, LIGHT, detail).frames
    assert [frame.title for frame in frames] == [title(step, experiment) for step in steps]
    assert [frame.phase for frame in frames] == [step.phase for step in steps]
    assert [frame.line for frame in frames] == [line_with_places(step, experiment) for step in steps]
    assert [frame.why for frame in frames] == [why(step, Numbers(experiment)) for step in steps]


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
def test_on_the_way_back_all_texts_are_the_engines_numbers(name: str, detail: Detail) -> None:
    experiment, lines = CASES[name], Numbers(CASES[name]).geometry.dimensions.caption_lines
    picture, (passed, back) = after(name, detail, "backward"), passes(experiment)
    require_forward(experiment, picture, passed, back.loss)
    for (layer, index), caption in zip(places(experiment), picture["captions"]["text"], strict=True):
        if layer == 0:
            assert caption == EMPTY
            continue
        delta = back.delta[layer - 1][index]
        texts = [
            f"<i>z</i> {compact(passed.z[layer - 1][index])}",
            f"<i>δ</i> <span style='color:{LIGHT.gradient.ink(delta)}'>{compact(delta, signed=True)}</span>",
        ]
        assert caption == "<br>".join(texts[-lines:])


def require_forward(experiment: Experiment, picture: Pictures, passed: ForwardPass, loss: float) -> None:
    """Activations, targets and loss are those of a pass."""
    digits = Numbers(experiment).geometry.dimensions.digits
    assert picture["neurons"]["text"] == [
        f"<b>{fitted(passed.a[layer][index], digits)}</b>" for layer, index in places(experiment)
    ]
    answers = [*(fitted(y, digits) for y in experiment.y), compact(loss)]
    assert picture["answers"]["text"] == [f"<b>{answer}</b>" for answer in answers]


def after_the_update(experiment: Experiment) -> tuple[Network, ForwardPass, float]:
    """The network with the new parameters, its pass of the example, and its loss."""
    back = passes(experiment)[1]
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    again = forward(learned, experiment.x)
    return learned, again, backward(learned, again, experiment.y).loss


@every_detail
@every_case
def test_at_the_last_step_every_number_is_of_the_new_parameters_and_none_is_left_from_before(
    name: str, detail: Detail
) -> None:
    experiment, picture = CASES[name], played(name, detail)[-1][3]
    learned, again, loss = after_the_update(experiment)
    require_forward(experiment, picture, again, loss)
    z = np.concatenate(again.z)
    assert picture["captions"]["text"] == [EMPTY] * len(experiment.x) + [f"<i>z</i> {compact(value)}" for value in z]
    most = max(1.0, *(np.abs(a).max() for a in passes(experiment)[0].a))
    shares = np.clip(np.concatenate(again.a) / most, -1, 1)
    marker = picture["neurons"]["marker"]
    np.testing.assert_allclose(marker["color"], shares, atol=5.1e-4)
    # no ring is a delta's
    assert set(marker["line"]["color"]) == {LIGHT.muted} and set(marker["line"]["width"]) == {1.5}
    assert set(picture["heads"]["marker"]["color"]) == {CLEAR}
    if Numbers(experiment).geometry.dimensions.bias:
        b, old = (np.concatenate([layer.b for layer in net.layers]) for net in (learned, experiment.network))
        assert picture["biases"]["text"] == [
            f"<i>b</i> <span style='color:{LIGHT.value.ink(new)}'>{compact_between(was, new, signed=True)[1]}</span>"
            for was, new in zip(old, b, strict=True)
        ]


@every_detail
@every_case
def test_an_update_tells_every_bias_before_and_after_or_the_gradient_of_one_that_stays(
    name: str, detail: Detail
) -> None:
    experiment, size = CASES[name], Numbers(CASES[name]).geometry.dimensions
    learned, back = after_the_update(experiment)[0], passes(experiment)[1]
    expected = []
    for layer, was, db in zip(learned.layers, experiment.network.layers, back.db, strict=True):
        if experiment.update_biases:
            label, palette, values = "b", LIGHT.value, layer.b
            both = [changed(*pair, signed=True) for pair in zip(was.b, layer.b, strict=True)]
            texts = (
                ["<br>".join(pair) for pair in both]
                if size.weights
                else [compact_between(*pair, signed=True)[1] for pair in zip(was.b, layer.b, strict=True)]
            )
        else:
            label, palette, values, texts = "∂b", LIGHT.gradient, db, [compact(value, signed=True) for value in db]
        expected += [
            f"<i>{label}</i> <span style='color:{palette.ink(value)}'>{text}</span>"
            for value, text in zip(values, texts, strict=True)
        ]
    assert played(name, detail)[-2][3]["biases"]["text"] == (expected if size.bias else [EMPTY] * len(expected))


@given(NUMBERS, st.integers(-12, 12), st.floats(-1, 1))
def test_what_an_update_writes_shows_any_change_in_little_room(old: float, power: int, share: float) -> None:
    new = old + share * 10.0**power
    before, written = changed(old, new)
    assert (before != written.removeprefix("→")) or old == new
    if not written.startswith("→"):
        # it is the change itself, with its sign
        assert written[0] == ("+" if new > old else "−")
    assert len(written) <= 9


@every_case
def test_an_update_writes_the_weights_before_and_after_on_all_edges_or_on_those_that_change_most(name: str) -> None:
    experiment, numbers = CASES[name], Numbers(CASES[name])
    learned, in_full = after_the_update(experiment)[0], False
    for step, _, _, picture in played(name, "layer"):
        if step.op != "weight_update":
            continue
        labels, (old, new) = picture["labels"], (net.layers[step.layer - 1].W for net in (experiment.network, learned))
        pairs = [changed(*pair) for pair in zip(np.ravel(old), np.ravel(new), strict=True)]
        change = np.abs(np.ravel(new) - np.ravel(old))
        if labels["text"] in (["<br>".join(pair) for pair in pairs], [" ".join(pair) for pair in pairs]):
            in_full = True
            continue
        # the largest first, none so near to another that it covers it
        assert labels["text"][:1] == (["<br>".join(pairs[int(change.argmax())])] if change.any() else [])
        assert set(labels["text"]) <= {"<br>".join(pair) for pair in pairs}
        assert all(below - above >= 45 for above, below in pairwise(sorted(labels["y"])))
    assert in_full == numbers.geometry.dimensions.weights


@every_case
def test_fills_and_rings_follow_activations_and_deltas(name: str) -> None:
    experiment = CASES[name]
    passed, back = passes(experiment)
    # where no neuron is looked at any more
    marker = next(shown for step, _, _, shown in played(name, "neuron") if step.phase == "update")["neurons"]["marker"]
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
                name for name, trace in picture.items() if name[0] in "wg" and name[1] in "+-0" and line in ends(trace)
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
        if value == 0:
            assert traces == [f"{kind}0"]
            continue
        assert [trace[:2] for trace in traces] == [kind + ("-" if value < 0 else "+")], (value, traces)
        assert int(traces[0][2:]) == min(int(abs(value) / most * len(WIDTHS)), len(WIDTHS) - 1)


def test_the_traces_of_edges_have_the_colours_of_their_signs_and_grow_wider() -> None:
    traces = blank(Numbers(EXAMPLE), LIGHT)
    for kind, palette in (("w", LIGHT.value), ("g", LIGHT.gradient)):
        for sign in (1.0, -1.0):
            lines = [traces[f"{kind}{'+' if sign > 0 else '-'}{number}"]["line"] for number in range(len(WIDTHS))]
            assert {line["color"] for line in lines} == {faded(palette.mark(sign), 0.42)}
            assert [line["width"] for line in lines] == sorted({line["width"] for line in lines})


@every_case
def test_without_colours_gradients_are_told_from_weights_negative_from_positive_and_zero_from_both(name: str) -> None:
    """By the head of an arrow, by dashes, and by thin dots."""
    traces = blank(Numbers(CASES[name]), LIGHT)
    dashes = {
        sign: {t["line"]["dash"] for n, t in traces.items() if n[:2] in (f"w{sign}", f"g{sign}")} for sign in "+-0"
    }
    lit = {sign: {t["line"]["dash"] for n, t in traces.items() if n[:4] == f"lit{sign}"} for sign in "+-0"}
    assert lit == dashes and dashes["+"] == {"solid"} and len(set.union(*dashes.values())) == 3
    for zero in ("w0", "g0", "lit0"):
        assert traces[zero]["line"]["width"] < 2
    back = passes(CASES[name])[1]
    gradients = np.concatenate([np.ravel(dW) for dW in back.dW])
    for phase, shown in (("forward", []), ("backward", gradients), ("update", [])):
        heads = after(name, "neuron", phase)["heads"]["marker"]["color"]
        expected = [LIGHT.gradient.mark(value) if value else CLEAR for value in shown] or [CLEAR] * len(heads)
        assert heads == expected


def test_an_animation_is_drawn_the_same_every_time_and_in_its_themes_colours() -> None:
    animation.cache_clear()
    light = animation(EXAMPLE, LIGHT)
    animation.cache_clear()
    assert animation(EXAMPLE, LIGHT) == light
    dark = animation(EXAMPLE, DARK)
    assert DARK.value.positive in str(dark) and LIGHT.value.positive not in str(dark)
    final = reduce(apply, (p for frame in dark.frames for p in (frame.setup, frame.move, frame.reveal)), dark.traces)
    assert len(final) == len(dark.traces)
