"""The presets: each shows what it says, and our numbers, the published ones and the slips between them agree."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine import PRESETS, Experiment, InvalidExperiment, backward, decode, encode, forward, sgd_step, trace
from engine.examples import GROUPS, batches, by_group
from engine.examples.plain_descent import repeat_step
from engine.examples.presets import Preset
from engine.examples.published import Published
from engine.gradcheck.mistakes import MISTAKES
from engine.network.parameters import flatten
from tests.samples import passes

ALL = [(preset, number) for preset in (*PRESETS.values(), *batches.EXAMPLES) for number in preset.published]
IDS = [f"{preset.name}: {number.label}" for preset, number in ALL]
# printed with a digit too many, as its remark says
MISPRINTED = "total error after 10,000 steps"


def hidden_deltas(preset: str) -> list[float]:
    experiment = PRESETS[preset].experiment
    found = passes(experiment)[1]
    return [float(np.abs(delta).max()) for delta in found.delta]


def number(preset: str, label: str) -> Published:
    return next(number for number in PRESETS[preset].published if number.label == label)


def readings(preset: str, label: str, explained: bool = False) -> list[float]:
    """Our numbers (or those with the slip) of all the published ones whose label starts like this."""
    found = [number for number in PRESETS[preset].published if number.label.startswith(label)]
    experiment = PRESETS[preset].experiment
    return [(number.explained or number.ours)(experiment) if explained else number.ours(experiment) for number in found]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_has_a_name_fit_for_a_link_and_says_what_there_is_to_see(preset: Preset) -> None:
    assert re.fullmatch(r"[a-z][a-z-]{1,19}", preset.name)
    assert preset.title and preset.source and len(re.findall(r"[.;](?: |$)", preset.description)) >= 2
    assert not preset.url or re.fullmatch(r"https://[\w./@-]+", preset.url)
    assert decode(encode(preset.experiment)) == preset.experiment
    assert trace(preset.experiment)


def test_every_preset_is_offered_once_in_the_order_of_the_groups() -> None:
    offered = by_group()
    groups = [PRESETS[name].group for name in offered]
    assert sorted(offered) == sorted(PRESETS) and list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=list(GROUPS).index)
    assert len({preset.experiment for preset in PRESETS.values()}) == len(PRESETS)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_is_told_in_one_sentence(preset: Preset) -> None:
    assert preset.description.startswith(preset.sentence[:-1]) and preset.sentence.count(". ") == 0
    assert 20 < len(preset.sentence) < 220


def test_the_first_preset_is_the_worked_example() -> None:
    assert next(iter(PRESETS)) == "worked-example"
    network = PRESETS["worked-example"].experiment.network
    assert network.sizes == (3, 3, 3, 3)
    assert [layer.activation for layer in network.layers] == ["relu", "sigmoid", "softmax"]


@pytest.mark.parametrize(("preset", "published"), ALL, ids=IDS)
def test_our_number_is_the_published_one_or_the_slip_that_leads_there_is_known(
    preset: Preset, published: Published
) -> None:
    ours = published.ours(preset.experiment)
    if published.explained is None:
        # without a slip that leads there, only a misprint may differ, and it is said
        assert published.agrees(ours) == (not published.remark)
    else:
        assert not published.agrees(ours) and published.remark
        assert published.agrees(published.explained(preset.experiment)) == (published.label != MISPRINTED)


def test_a_published_number_agrees_rounded_or_cut_off_and_not_otherwise() -> None:
    published = Published(label="x", latex="x", printed="0.938", ours=lambda _: 0.0)
    assert (published.value, published.decimals) == (0.938, 3)
    for number, agrees in ((0.938831, 1), (0.9376, 1), (0.938, 1), (0.93749, 0), (0.9391, 0), (0.9369, 0), (-0.938, 0)):
        assert published.agrees(number) == bool(agrees)
    below = Published(label="x", latex="x", printed="-0.7", ours=lambda _: 0.0)
    assert [below.agrees(number) for number in (-0.651, -0.799, -0.64, -0.8, 0.7)] == [True, True, False, False, False]
    nothing = Published(label="x", latex="x", printed="0", ours=lambda _: 0.0)
    assert [nothing.agrees(number) for number in (0.99, -0.99, 1.0, -1.0)] == [True, True, False, False]
    assert Published(label="x", latex="x", printed="2", ours=lambda _: 0.0).decimals == 0


def test_the_worked_example_computes_what_was_worked_out_independently() -> None:
    experiment = PRESETS["worked-example"].experiment
    passed, found = passes(experiment)
    np.testing.assert_allclose(passed.a[2], (0.938831, 0.940476, 0.982084), atol=1e-6)
    np.testing.assert_allclose(passed.z[2], (1.867068, 2.230282, 2.823036), atol=1e-6)
    np.testing.assert_allclose(passed.output, (0.198447, 0.285356, 0.516198), atol=1e-6)
    assert found.loss == pytest.approx(1.617234, abs=1e-6)
    np.testing.assert_allclose(found.delta[2], (-0.801553, 0.285356, 0.516198), atol=1e-6)
    np.testing.assert_allclose(found.delta[1], (0.025667, 0.003500, 0.002127), atol=1e-6)
    np.testing.assert_allclose(found.delta[0], (0.007247, 0.010939, 0.018501), atol=1e-6)


def test_the_two_slips_of_the_derivation_cancel_and_one_alone_does_not() -> None:
    preset = PRESETS["worked-example"]
    ours, both_slips, one_slip = (variant.compute(preset.experiment) for variant in preset.variants)
    np.testing.assert_allclose(ours, (-0.801553, 0.285356, 0.516198), atol=1e-6)
    np.testing.assert_allclose(both_slips, ours, rtol=1e-14)
    np.testing.assert_allclose(one_slip, (-1.092527, 0.266248, 0.826279), atol=1e-6)


def plain_steps(steps: int, through_updated_weights: bool) -> tuple[float, list[float]]:
    """Mazur's network written down by hand: loss and output after some steps."""
    W1, W2 = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    x, y = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    for _ in range(steps + 1):
        h = 1 / (1 + np.exp(-(W1 @ x + 0.35)))
        o = 1 / (1 + np.exp(-(W2 @ h + 0.60)))
        d2 = (o - y) * o * (1 - o)
        new = W2 - 0.5 * np.outer(d2, h)
        d1 = (new if through_updated_weights else W2).T @ d2 * h * (1 - h)
        W1, W2 = W1 - 0.5 * np.outer(d1, x), new
    return float(0.5 * ((o - y) ** 2).sum()), o.tolist()


@pytest.mark.parametrize("steps", [1, 10_000])
def test_mazurs_training_with_and_without_the_slip_is_what_a_plain_program_gives(steps: int) -> None:
    label = "total error after one step" if steps == 1 else "total error after 10,000 steps"
    for slip in (False, True):
        loss, output = plain_steps(steps, slip)
        assert readings("mazur", label, slip) == [pytest.approx(loss, rel=1e-9)]
        if steps > 1:
            assert readings("mazur", "output after 10,000 steps", slip) == pytest.approx(output, rel=1e-9)


def test_mazurs_totals_are_those_that_research_found() -> None:
    assert readings("mazur", "total error after one step") == [pytest.approx(0.291027774, abs=1e-9)]
    assert readings("mazur", "total error after 10,000 steps") == [pytest.approx(0.0000351019, abs=1e-10)]
    assert readings("mazur", MISPRINTED, explained=True) == [pytest.approx(0.0000350848, abs=1e-10)]
    assert readings("mazur", "output after") == pytest.approx([0.01591362, 0.98406427], abs=1e-8)


@pytest.mark.parametrize("update_biases", [True, False])
def test_repeated_steps_are_learning_steps(update_biases: bool) -> None:
    mazur = PRESETS["mazur"].experiment
    experiment = Experiment(mazur.network, mazur.x, mazur.y, mazur.learning_rate, update_biases)
    network = experiment.network
    for _ in range(20):
        gradients = backward(network, forward(network, experiment.x), experiment.y)
        network = sgd_step(network, gradients, experiment.learning_rate, update_biases)
    for repeated, stepped in zip(repeat_step(experiment, 20).network.layers, network.layers, strict=True):
        np.testing.assert_allclose(repeated.W, stepped.W, rtol=1e-13)
        np.testing.assert_allclose(repeated.b, stepped.b, rtol=1e-13)


@pytest.mark.parametrize("name", PRESETS)
def test_one_step_through_updated_weights_is_the_mistake_of_that_name(name: str) -> None:
    experiment = PRESETS[name].experiment
    wrong = MISTAKES["updated_weights"].backward(experiment)
    stepped = sgd_step(experiment.network, wrong, experiment.learning_rate, experiment.update_biases)
    found = repeat_step(experiment, 1, through_updated_weights=True).network
    np.testing.assert_allclose(flatten(found), flatten(stepped), rtol=1e-13, atol=1e-15)


def test_steps_that_lead_out_of_all_numbers_are_refused() -> None:
    with pytest.raises(InvalidExperiment, match="finite"):
        repeat_step(replace(PRESETS["first-look"].experiment, learning_rate=1e100), 5)


def test_xor_is_solved_so_that_nothing_is_left_to_learn() -> None:
    network = PRESETS["xor"].experiment.network
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    found = backward(network, forward(network, x), np.array([[0], [1], [1], [0]]))
    assert forward(network, x).output.ravel().tolist() == [0, 1, 1, 0]
    assert found.loss == 0 and all((dW == 0).all() for dW in found.dW)


def test_the_first_look_can_be_worked_out_in_the_head() -> None:
    experiment = PRESETS["first-look"].experiment
    passed, found = passes(experiment)
    values = [float(value.item()) for value in (*passed.z, *passed.a, *found.delta, *found.dW, *found.db)]
    assert values == [1, 2, 2, 1, 2, 3, 1, 6, 1, 3, 1] and found.loss == 0.5
    stepped = sgd_step(experiment.network, found, experiment.learning_rate)
    assert backward(stepped, forward(stepped, experiment.x), experiment.y).loss < 0.3


def test_gradients_vanish_layer_by_layer() -> None:
    deltas = hidden_deltas("vanishing")
    assert len(deltas) == 7
    assert all(before < 0.3 * after for before, after in pairwise(deltas))
    assert deltas[0] < 1e-4 * deltas[-1]


def test_dead_relus_get_no_gradient_and_a_living_one_does() -> None:
    experiment = PRESETS["dead-relu"].experiment
    passed, found = passes(experiment)
    assert (passed.z[0] < 0).tolist() == [False, True, True] and passed.a[1][1:].tolist() == [0, 0]
    assert found.dW[0][1:].tolist() == [[0, 0], [0, 0]] and found.da[0][1:].all() and found.dW[0][0].all()
    grid = np.stack(np.meshgrid(np.linspace(0, 9, 10), np.linspace(0, 9, 10)), axis=-1).reshape(-1, 2)
    assert (forward(experiment.network, grid).z[0][:, 1] < 0).all()
    assert (forward(experiment.network, grid).z[0][:, 2] > 0).any()


def test_every_preset_learns_or_says_that_it_has_nothing_to_learn() -> None:
    for preset in PRESETS.values():
        experiment = preset.experiment
        found = passes(experiment)[1]
        stepped = sgd_step(experiment.network, found, experiment.learning_rate, experiment.update_biases)
        after = backward(stepped, forward(stepped, experiment.x), experiment.y)
        assert after.loss < found.loss or found.loss == 0


def test_xor_half_trained_is_wrong_for_its_example_and_learns_it() -> None:
    experiment = PRESETS["xor-half-trained"].experiment
    network, losses = experiment.network, []
    for _ in range(20):
        passed = forward(network, experiment.x)
        back = backward(network, passed, experiment.y)
        losses.append(back.loss)
        network = sgd_step(network, back, experiment.learning_rate)
    outputs = forward(experiment.network, np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)).output
    # of the four, one is on the wrong side of a half
    assert (outputs[:, 0] > 0.5).tolist() == [False, False, True, False]
    assert losses == sorted(losses, reverse=True) and losses[-1] < 1e-3 * losses[0]
