"""The worked examples of others: what is right in them was worked out again by hand, and so were their slips."""

from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS
from engine.backprop.learning_step import learning_step
from engine.examples import batches
from engine.examples.plain_descent import repeat_step
from engine.examples.published import Published
from tests.samples import passes


def published(preset: str, *labels: str) -> list[Published]:
    found = {number.label: number for number in PRESETS[preset].published}
    return [found[label] for label in labels]


# computed by hand with the chain rule, beside what the source printed
RIGHT = {
    "mind": (
        [0.2010905448, 0.3936795048, 0.8066490675],
        ["w7 after the step", "w8 after the step", "w9 after the step"],
    ),
    "macleod": ([0.0990709288, 0.7976109599], ["w1 after the step", "w2 after the step"]),
    "brownlee": ([-0.0027117978], ["delta of the hidden neuron"]),
    "zaki": (
        [0.0012302053, 0.0024604105, 0.0],
        [f"net gradient of the hidden layer, as answered, neuron {k}" for k in (1, 2, 3)],
    ),
}


@pytest.mark.parametrize("preset", RIGHT)
def test_what_is_right_where_a_source_slipped(preset: str) -> None:
    values, labels = RIGHT[preset]
    experiment = PRESETS[preset].experiment
    ours = [number.ours(experiment) for number in published(preset, *labels)]
    np.testing.assert_allclose(ours, values, atol=1e-10)


def test_minds_change_of_a_weight_is_a_quotient_where_it_should_be_a_product() -> None:
    experiment = PRESETS["mind"].experiment
    hidden = 1 / (1 + np.exp(-np.array([1.0, 1.3, 0.8])))
    slope = np.exp(-1.235) / (1 + np.exp(-1.235)) ** 2
    explained = [number.explained(experiment) for number in published("mind", "w7 after the step", "w8 after the step")]
    np.testing.assert_allclose(explained, np.array([0.3, 0.5]) - 0.77 * slope / hidden[:2], atol=1e-5)


def test_macleods_hidden_layer_is_updated_through_weights_that_were_updated() -> None:
    experiment = PRESETS["macleod"].experiment
    wrong = 0.1 - 0.0406 * (0.3 - 0.0406 * 0.68) * 0.68 * (1 - 0.68) * 0.35
    (number,) = published("macleod", "w1 after the step")
    assert number.explained is not None and number.explained(experiment) == pytest.approx(wrong, rel=1e-12)


def test_brownlees_older_outputs_are_those_of_the_biases_alone() -> None:
    experiment = PRESETS["brownlee"].experiment
    older = 1 / (1 + np.exp(-experiment.network.layers[1].b))
    stale = [n for n in PRESETS["brownlee"].published if n.label.startswith("output in the part on errors")]
    np.testing.assert_allclose([float(number.printed) for number in stale], older, rtol=1e-14)


def test_hagans_loss_has_no_half_and_so_the_step_is_twice_as_long() -> None:
    experiment = PRESETS["hagan"].experiment
    error = float((experiment.y - passes(experiment)[0].output)[0])
    assert float(passes(experiment)[1].delta[1][0]) == pytest.approx(-2 * error)


@pytest.mark.parametrize(
    "preset", [preset for preset in PRESETS.values() if preset.group == "worked"], ids=lambda p: p.name
)
def test_a_worked_example_names_its_source_and_every_slip(preset) -> None:
    assert preset.published and preset.source
    for number in preset.published:
        assert number.explained is None or number.remark


def test_a_neuron_by_itself_learns_as_the_engine_does() -> None:
    singman = next(preset for preset in batches.EXAMPLES if preset.name == "singman").experiment
    alone, engine = batches.weights_after(singman, 500), repeat_step(singman, 500).network.layers[0].W
    np.testing.assert_allclose(alone, engine, rtol=1e-12)


def test_a_batch_is_summed_or_averaged_as_it_says_when_steps_are_repeated() -> None:
    for preset in batches.EXAMPLES:
        for reduction in ("sum", "mean"):
            experiment = replace(preset.experiment, reduction=reduction)
            stepped = learning_step(experiment).updated
            for repeated, layer in zip(repeat_step(experiment, 1).network.layers, stepped.layers, strict=True):
                np.testing.assert_allclose(repeated.W, layer.W, rtol=1e-13)
