"""Nothing in the network's picture overlaps or is cut off, whatever the size of the network and the screen."""

import re
from functools import cache, reduce
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from engine import Experiment
from engine.network.editing import MAX_LAYERS, MAX_NEURONS, randomised, resized, with_activation, with_loss
from engine.network.places import Neuron
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Trace, apply
from pages.figures.network.geometry import DIMENSIONS, Geometry
from pages.figures.theme import LIGHT
from tests.figures.network.boxes import Drawing, factor_at, letters
from tests.samples import EXAMPLE
from tests.twins import TWINS

# of a column: as narrow as the player draws it, and on a desktop
NARROW, WIDE = 64, 180
SHAPES = {
    **{f"{n} wide": (n, n, n) for n in range(1, MAX_NEURONS + 1)},
    **{f"{depth} layers": (3,) * (depth + 1) for depth in (1, 2, 5, MAX_LAYERS)},
    "10 to 1": (10, 1, 10, 1),
    "largest": (10,) * (MAX_LAYERS + 1),
}
every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())


@cache
def pictures(shape: tuple[int, ...]) -> tuple[list[list[Trace]], dict]:
    """The last picture, and of small networks those with numbers on the edges; of the longest loss."""
    experiment: Experiment = with_loss(randomised(resized(EXAMPLE, shape), "xavier", 3), "binary_cross_entropy")
    figure = animation(experiment, LIGHT)
    traces, kept = figure.traces, []
    for frame in figure.frames:
        traces = reduce(apply, (frame.setup, frame.move, frame.reveal), traces)
        if traces[-1]["text"]:
            kept.append((frame.phase, traces))
    updates = [shown for phase, shown in kept if phase == "update"]
    return [*(shown for _, shown in kept[:: max(1, len(kept) // 8)]), *updates, traces], figure.layout


@pytest.mark.parametrize("case", TWINS["sizes"])
def test_the_drawing_shrinks_as_the_player_does(case: dict[str, Any]) -> None:
    assert factor_at(case["column"]) == pytest.approx(case["factor"])
    assert letters(12, case["factor"]) == pytest.approx(case["letters of 12"])


@pytest.mark.parametrize("column", [NARROW, WIDE])
@every_shape
def test_texts_and_marks_overlap_neither_each_other_nor_the_edge_of_the_picture(
    shape: tuple[int, ...], column: int
) -> None:
    shown, layout = pictures(shape)
    for traces in shown:
        drawing = Drawing(traces, layout, column)
        for one, other in combinations(drawing.all, 2):
            # a number on an edge has a ground of its own, and may lie on a neuron's rim where columns are narrowest
            least = 7.5 if one in drawing.on_edges or other in drawing.on_edges else 1.0
            if (
                column == NARROW
                and (one in drawing.on_edges) != (other in drawing.on_edges)
                and re.search("<br>|→| ", of_all(drawing))
            ):
                # there an update's two numbers on an edge lie over what stands beside a neuron
                continue
            assert not one.overlaps(other, least), f"{one} overlaps {other}"
        for box in drawing.all:
            assert box.left >= 0 and box.right <= drawing.width, f"{box} is cut off at {drawing.width}"
            assert box.bottom >= 0 and box.top <= drawing.height, f"{box} is cut off at {drawing.height}"
        for mark, words in drawing.inside:
            assert mark.holds(words), f"{words} does not fit into {mark}"


def of_all(drawing: Drawing) -> str:
    return "".join(box.name for box in drawing.on_edges)


def test_the_pictures_above_have_numbers_on_edges() -> None:
    shown, layout = pictures(SHAPES["4 wide"])
    counts = [len(Drawing(traces, layout, WIDE).on_edges) for traces in shown]
    assert len(counts) > 4 and set(counts[:-1]) == {4, 16} and counts[-1] == 0


@every_shape
def test_layers_are_columns_around_one_middle(shape: tuple[int, ...]) -> None:
    geometry = Geometry(shape)
    for layer, size in enumerate(shape):
        places = [geometry.neuron(Neuron(layer, index + 1)) for index in range(size)]
        assert {x for x, _ in places} == {float(layer)}
        assert all(upper[1] > lower[1] for upper, lower in pairwise(places))
        assert np.mean([y for _, y in places]) == pytest.approx(geometry.loss[1])
    assert geometry.last < geometry.target(1)[0] < geometry.loss[0]
    assert len(geometry.neurons) == sum(shape)


def test_scales_cover_all_sizes_and_shrink() -> None:
    rows = [one.rows for one in DIMENSIONS]
    assert rows == sorted(rows) and rows[-1] == MAX_NEURONS
    for smaller, larger in pairwise(DIMENSIONS):
        assert smaller.spacing > larger.spacing and smaller.neuron >= larger.neuron


def test_below_a_softmax_of_one_neuron_it_is_said_that_it_learns_nothing() -> None:
    lone = with_activation(resized(EXAMPLE, (2, 1, 2)), 0, "softmax")
    figure = animation(lone, LIGHT)
    assert not any(
        "learns nothing" in text for trace in animation(EXAMPLE, LIGHT).traces for text in trace.get("text", ())
    )
    for column in (NARROW, WIDE):
        traces = figure.traces
        for frame in figure.frames:
            traces = reduce(apply, (frame.setup, frame.move, frame.reveal), traces)
            drawing = Drawing(traces, figure.layout, column)
            (box,) = [one for one in drawing.texts if "learns nothing" in one.name]
            assert box.bottom >= 0 and box.right < drawing.width
            assert not [
                other for other in [*drawing.marks, *drawing.texts] if other != box and box.overlaps(other, 1.0)
            ]
