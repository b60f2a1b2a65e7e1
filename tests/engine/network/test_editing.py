"""Changes to an experiment: what still has a place is kept, what does not go together any more is adapted."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    PRESETS,
    Experiment,
    InvalidExperiment,
    Layer,
    forward,
)
from engine.network.editing import (
    MAX_LAYERS,
    MAX_NEURONS,
    number_at,
    only_difference,
    randomised,
    resized,
    with_activation,
    with_depth,
    with_layer,
    with_layer_after,
    with_loss,
    with_numbers,
    without_layer,
)
from engine.network.parameters import parameters
from engine.network.places import Bias, Given, Input, Target, Weight
from tests.samples import EXAMPLE, passes
from tests.strategies import experiments, fits, least_width

sizes = st.lists(st.integers(1, MAX_NEURONS), min_size=2, max_size=MAX_LAYERS + 1)


def computes(experiment: Experiment) -> bool:
    back = passes(experiment)[1]
    return bool(np.isfinite(back.loss) and all(np.isfinite(dW).all() for dW in back.dW))


def require_continued(old: Layer, new: Layer) -> None:
    rows, columns = min(old.n_out, new.n_out), min(old.n_in, new.n_in)
    np.testing.assert_array_equal(new.W[:rows, :columns], old.W[:rows, :columns])
    np.testing.assert_array_equal(new.b[:rows], old.b[:rows])


@given(experiments(max_layers=4), sizes)
def test_any_layer_sizes_make_an_experiment_that_computes(experiment: Experiment, wanted: list[int]) -> None:
    found = resized(experiment, wanted)
    assert found.network.sizes == tuple(wanted) and computes(found)
    assert found == resized(experiment, wanted)


@given(experiments(max_layers=4), st.data())
def test_a_layers_new_size_keeps_every_weight_that_still_has_a_place(
    experiment: Experiment, data: st.DataObject
) -> None:
    wanted = list(experiment.network.sizes)
    index = data.draw(st.integers(0, len(wanted) - 1))
    wanted[index] = data.draw(st.integers(1, MAX_NEURONS))
    found = resized(experiment, wanted)
    for number, (old, new) in enumerate(zip(experiment.network.layers, found.network.layers, strict=True)):
        require_continued(old, new)
        if number not in (index - 1, index):
            assert new == old
    for old_vector, new_vector in ((experiment.x, found.x), (experiment.y, found.y)):
        length = min(len(old_vector), len(new_vector))
        np.testing.assert_array_equal(new_vector[:length], old_vector[:length])


@given(experiments(max_layers=3), st.integers(1, MAX_LAYERS))
def test_layers_come_and_go_before_the_output(experiment: Experiment, depth: int) -> None:
    found = with_depth(experiment, depth)
    before, after = experiment.network.layers, found.network.layers
    assert len(after) == depth and computes(found)
    for old, new in zip(before[:-1], after[:-1], strict=False):
        assert new == old
    require_continued(before[-1], after[-1])
    assert (found.network.sizes[0], found.network.sizes[-1]) == (experiment.network.sizes[0], len(experiment.y))
    assert len({layer.activation for layer in after[len(before) - 1 : -1]}) <= 1


@pytest.mark.parametrize("name", PRESETS)
def test_growing_and_shrinking_again_is_no_change(name: str) -> None:
    experiment = PRESETS[name].experiment.example(1)
    grown = resized(experiment, [size + 2 for size in experiment.network.sizes])
    assert resized(grown, experiment.network.sizes) == experiment
    depth = len(experiment.network.layers)
    if depth > 1:
        assert with_depth(with_depth(experiment, depth + 1), depth) == experiment


def test_new_weights_are_small_and_not_all_alike_so_that_a_new_neuron_can_learn() -> None:
    W = resized(EXAMPLE, [3, 10, 3, 3]).network.layers[0].W[3:]
    assert np.abs(W).max() <= 1.0 and len(np.unique(W)) > 10


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_output_activation_gets_a_loss_that_goes_with_it(activation: str, loss: str) -> None:
    before = with_loss(EXAMPLE, loss)
    found = with_activation(before, 2, activation)
    assert found.network.layers[-1].activation == activation and computes(found)
    assert (found.network.loss == loss) == fits(loss, activation)
    hidden = with_activation(before, 0, activation)
    assert hidden.network.loss == loss and hidden.network.layers[1:] == before.network.layers[1:]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_loss_gets_an_output_activation_and_targets_that_go_with_it(activation: str, loss: str) -> None:
    free = with_loss(EXAMPLE, "half_squared_error")
    before = with_activation(Experiment(free.network, free.x, [-3.0, 0.25, 7.0], 0.1), 2, activation)
    found = with_loss(before, loss)
    low, high = LOSSES[loss].targets
    assert found.network.loss == loss and computes(found)
    assert (found.network.layers[-1].activation == activation) == fits(loss, activation)
    np.testing.assert_array_equal(found.y, [max(low, -3.0), 0.25, min(high, 7.0)])


def test_a_single_output_that_the_loss_does_not_allow_gets_another_activation() -> None:
    two = with_loss(resized(EXAMPLE, [3, 3, 2]), "binary_cross_entropy")
    assert two.network.layers[-1].activation == "softmax" and least_width("binary_cross_entropy", "softmax") == 2
    one = resized(two, [3, 3, 1])
    assert one.network.loss == "binary_cross_entropy" and one.network.layers[-1].activation == "sigmoid"


def test_an_activations_own_number_is_set_and_another_activation_drops_it() -> None:
    leaky = with_activation(EXAMPLE, 1, "leaky_relu", 0.2)
    assert leaky.network.layers[1].parameter == 0.2
    assert with_activation(leaky, 1, "elu").network.layers[1].parameter == 1.0
    assert with_activation(leaky, 1, "tanh").network.layers[1].parameter is None
    assert resized(leaky, [3, 3, 5, 3]).network.layers[1].parameter == 0.2
    with pytest.raises(InvalidExperiment, match="from 0 to 1"):
        with_activation(EXAMPLE, 1, "leaky_relu", 1.5)


def test_weights_and_biases_of_one_layer_are_replaced_and_no_others() -> None:
    W, b = np.full((3, 3), -0.5), np.array([1.0, 2.0, 3.0])
    found = with_layer(EXAMPLE, 1, W, b).network.layers
    np.testing.assert_array_equal(found[1].W, W)
    np.testing.assert_array_equal(found[1].b, b)
    assert (found[0], found[2]) == (EXAMPLE.network.layers[0], EXAMPLE.network.layers[2])
    for wrong in (np.full((3, 3), np.nan), np.full((3, 3), np.inf), np.ones((2, 3))):
        with pytest.raises(InvalidExperiment):
            with_layer(EXAMPLE, 1, wrong, b)


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_random_weights_are_those_of_their_seed(initializer: str) -> None:
    one, same, other = (randomised(EXAMPLE, initializer, seed) for seed in (1, 1, 2))
    assert one == same and (one == other) == (initializer == "zeros")
    for old, new in zip(EXAMPLE.network.layers, one.network.layers, strict=True):
        assert new.W.shape == old.W.shape and not new.b.any() and new.activation == old.activation
        np.testing.assert_array_equal(new.W, np.round(new.W, 4))
    assert all((a.W != b.W).any() for a, b in pairwise(one.network.layers)) == (initializer != "zeros")
    scaled = randomised(EXAMPLE, initializer, 1, scale=2.0)
    assert (scaled != one) == INITIALIZERS[initializer].scaled


@given(experiments(), st.data())
def test_numbers_at_places_are_changed_and_all_others_stay(e: Experiment, data: st.DataObject) -> None:
    layers = list(enumerate(e.network.layers, start=1))
    places = [
        Weight(k, j, i) for k, layer in layers for j in range(1, layer.n_out + 1) for i in range(1, layer.n_in + 1)
    ]
    places += [Bias(k, j) for k, layer in layers for j in range(1, layer.n_out + 1)]
    places += [Input(number) for number in range(1, len(e.x) + 1)]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    changed = with_numbers(e, {place: 0.125 * index for index, place in enumerate(chosen)})
    assert [number_at(changed, place) for place in chosen] == [0.125 * index for index in range(len(chosen))]
    others = [place for place in places if place not in chosen]
    assert [number_at(changed, place) for place in others] == [number_at(e, place) for place in others]
    assert changed.y.tolist() == e.y.tolist() == [number_at(e, Target(n)) for n in range(1, len(e.y) + 1)]


@pytest.mark.parametrize("place", [Weight(9, 1, 1), Bias(1, 99), Input(0), Target(4)])
def test_a_place_that_the_network_does_not_have_is_named(place: Given) -> None:
    with pytest.raises(InvalidExperiment, match=f"no {place.text}"):
        with_numbers(EXAMPLE, {place: 1.0})


@given(e=experiments(), data=st.data())
def test_a_layer_is_added_where_it_was_asked_for_and_taken_out_again(e: Experiment, data: st.DataObject) -> None:
    sizes = e.network.sizes
    layer = data.draw(st.integers(0, len(e.network.layers) - 1))
    deeper = with_layer_after(e, layer)
    assert deeper.network.sizes[: layer + 1] == sizes[: layer + 1]
    assert deeper.network.sizes[layer + 2 :] == sizes[layer + 1 :]
    assert np.isfinite(forward(deeper.network, deeper.x).output).all()
    kept = [index for index in range(len(e.network.layers)) if index != layer]
    for index in kept:
        assert deeper.network.layers[index + (index > layer)] == e.network.layers[index]
    back = without_layer(deeper, layer + 1)
    assert back.network.sizes == sizes and back.network.layers[:layer] == e.network.layers[:layer]
    assert [own.activation for own in back.network.layers] == [own.activation for own in e.network.layers]


@given(e=experiments(), data=st.data())
def test_the_only_difference_of_two_experiments_is_found(e: Experiment, data: st.DataObject) -> None:
    last = len(e.network.layers)
    places = [*parameters(e.network), Input(e.network.sizes[0]), Target(e.network.sizes[last])]
    one, other = data.draw(st.permutations(places))[:2]
    first = with_numbers(e, {one: _other(e, one)})
    assert only_difference(e, e) is None
    assert only_difference(e, first) == one == only_difference(first, e)
    assert only_difference(e, with_numbers(first, {other: _other(e, other)})) is None
    assert only_difference(e, replace(first, learning_rate=e.learning_rate + 1)) is None
    assert only_difference(e, with_depth(e, last + 1)) is None


def _other(e: Experiment, place: Given) -> float:
    """A number that may stand there, other than the one that does."""
    return 1.0 - number_at(e, place) if number_at(e, place) != 0.5 else 0.25
