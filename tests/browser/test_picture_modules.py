"""The pure functions of the picture's overlay: what a point belongs to, where keys lead, where a card goes."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import PRESETS
from engine.network.editing import resized
from pages.figures.network.message import document
from pages.figures.network.spots import spots
from pages.figures.theme import LIGHT
from tests.browser.modules import Modules
from tests.samples import EXAMPLE

POINTS = st.tuples(st.integers(-50, 250), st.integers(-50, 250))
DISC = {"place": "disc", "x": 100, "y": 100, "r": 20}
LINE = {"place": "line", "x": 0, "y": 0, "x2": 200, "y2": 200}
KEYS = ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight")


def places(sizes: tuple[int, ...]) -> list[str]:
    return [spot["place"] for spot in spots(resized(EXAMPLE, sizes))]


@given(point=POINTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_point_belongs_to_the_disc_it_is_in_or_to_the_nearest_spot_within_reach(
    modules: Modules, point: tuple[int, int]
) -> None:
    found = modules.call("network/nearest.js", "nearest", [LINE, DISC], list(point), 9)
    to_disc = np.hypot(point[0] - 100, point[1] - 100) - 20
    share = min(max((point[0] + point[1]) / 400, 0), 1)
    to_line = np.hypot(point[0] - 200 * share, point[1] - 200 * share)
    if to_disc <= 0:
        assert found["place"] == "disc"
    elif min(to_disc, to_line) > 9:
        assert found is None
    elif abs(to_disc - to_line) > 1e-6:
        assert found["place"] == ("disc" if to_disc < to_line else "line")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_an_edge_answers_on_its_whole_length(modules: Modules, share: float) -> None:
    point = [200 * share + 4, 200 * share - 4]
    found = modules.call("network/nearest.js", "nearest", [LINE, {**LINE, "place": "other", "y2": 20}], point, 9)
    assert found["place"] == "line"


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3, 2), (3, 4, 4, 1), (2, 7, 9, 3)])
def test_arrow_keys_lead_from_everywhere_to_everywhere(modules: Modules, sizes: tuple[int, ...]) -> None:
    every = places(sizes)
    reached, waiting = {every[0]}, [every[0]]
    while waiting:
        here = waiting.pop()
        for key in KEYS:
            there = modules.call("network/walk.js", "walked", every, here, key)
            assert there is None or there in every, (here, key, there)
            if there and there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(every)


def test_arrow_keys_go_along_edges(modules: Modules) -> None:
    every = places((2, 3, 2))

    def walked(place: str, key: str) -> Any:
        return modules.call("network/walk.js", "walked", every, place, key)

    assert walked("x.1", "ArrowRight") == "w.1.1.1" and walked("w.1.2.1", "ArrowRight") == "n.1.2"
    assert walked("w.1.2.1", "ArrowLeft") == "x.1" and walked("n.1.3", "ArrowLeft") == "w.1.3.2"
    assert walked("n.2.2", "ArrowRight") == "y.2" and walked("y.2", "ArrowRight") == "loss"
    assert walked("loss", "ArrowRight") is None and walked("x.1", "ArrowUp") is None
    assert walked("x.1", "ArrowDown") == "x.2" and walked("w.1.1.1", "ArrowDown") == "w.1.2.1"
    assert walked("n.1.2", "ArrowUp") == "b.1.2" and walked("b.1.2", "ArrowUp") == "n.1.1"
    assert walked("x.1", "Enter") is None


@given(x=st.integers(30, 770), y=st.integers(60, 340), width=st.integers(80, 270), height=st.integers(40, 240))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_card_stays_in_its_room_and_off_what_it_speaks_of_and_covers_least(
    modules: Modules, x: int, y: int, width: int, height: int
) -> None:
    room = {"left": 0, "top": 52, "right": 800, "bottom": 480}
    discs = [{"x": a, "y": b, "r": 25} for a, b in product((100, 300, 500, 700), (100, 230, 360))]
    own = {"x": x, "y": y, "r": 25}
    left, top = modules.call("network/placing.js", "placed", [x, y], own, [width, height], room, discs)
    assert left >= 0 and left + width <= 800 and top >= 52 and top + height <= 480
    across = min(left + width, x + 25) - max(left, x - 25)
    down = min(top + height, y + 25) - max(top, y - 25)
    assert across <= 0 or down <= 0


def test_a_card_goes_where_nothing_is(modules: Modules) -> None:
    room = {"left": 0, "top": 0, "right": 800, "bottom": 400}
    own = {"x": 400, "y": 200, "r": 25}
    right = {"x": 520, "y": 200, "r": 25}
    alone = modules.call("network/placing.js", "placed", [400, 200], own, [150, 60], room, [own])
    assert alone[0] > 425
    beside = modules.call("network/placing.js", "placed", [400, 200], own, [150, 60], room, [own, right])
    assert beside[0] + 150 < 375


@given(
    points=st.lists(
        st.tuples(st.integers(-100, 100), st.integers(0, 100)), min_size=3, max_size=20, unique_by=lambda p: p[0]
    ),
    slope=st.one_of(st.none(), st.floats(-5, 5)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_curve_of_the_loss_has_its_points_and_its_tangent_in_one_scale(
    modules: Modules, points: list[tuple[int, int]], slope: float | None
) -> None:
    points = sorted(points)
    before, now = points[0], points[-1]
    drawn = modules.call("network/curve.js", "curve", points, before, now, slope)

    def read(path: str) -> list[list[float]]:
        return [[float(one) for one in point.split()] for point in path[1:].split("L")] if path else []

    line, tangent = read(drawn["curve"]), read(drawn["tangent"])
    assert len(line) == len(points) and line == sorted(line)
    np.testing.assert_allclose([line[0], line[-1]], [drawn["before"], drawn["now"]], atol=0.06)
    assert all(0 <= x <= drawn["size"][0] and 0 <= y <= drawn["size"][1] for x, y in line)
    highest, lowest = max(points, key=lambda p: p[1]), min(points, key=lambda p: p[1])
    if highest[1] > lowest[1]:
        # upwards on the screen is less
        assert line[points.index(highest)][1] < line[points.index(lowest)][1]
    assert bool(tangent) == (slope is not None)
    if slope is not None and highest[1] > lowest[1]:
        np.testing.assert_allclose(tangent[0], drawn["before"], atol=0.06)
        across, up = tangent[1][0] - tangent[0][0], tangent[0][1] - tangent[1][1]
        pixels = (
            across / (points[-1][0] - points[0][0]),
            (line[points.index(lowest)][1] - line[points.index(highest)][1]) / (highest[1] - lowest[1]),
        )
        np.testing.assert_allclose(
            up / pixels[1], slope * across / pixels[0], atol=0.05 * max(highest[1] - lowest[1], 1)
        )


def test_a_result_that_is_shown_stays_so_when_python_answers(modules: Modules) -> None:
    veiled, shows, again, goes, played, pauses, other = modules.page.evaluate("""async () => {
        const { Presentation } = await import("/network/present.js");
        const root = document.createElement("div");
        root.innerHTML = '<button class="present"></button><button class="hide"></button>';
        const hiding = new Presentation(root, () => {}, new AbortController().signal);
        hiding.hide(true);
        const said = [hiding.veils(2, false), hiding.answers("next", 2)];
        hiding.ask(null);
        said.push(hiding.veils(2, false), hiding.answers("next", 2), hiding.veils(3, true));
        // a press while it plays pauses
        hiding.ask(null);
        said.push(hiding.answers("play", 3));
        // a question of its own is asked anew
        hiding.ask(3);
        said.push(hiding.veils(3, false));
        hiding.hide(false);
        hiding.end();
        return said;
    }""")
    assert (veiled, shows, again, goes, played, pauses, other) == (True, True, False, False, False, False, True)


@pytest.mark.parametrize("name", PRESETS)
def test_a_formula_that_asks_for_its_result_does_not_tell_it(modules: Modules, name: str) -> None:
    experiment = PRESETS[name].experiment.example(1)
    for detail in ("neuron", "layer"):
        for frame in document(experiment, LIGHT, detail)["frames"]:
            asked = modules.call("network/present.js", "asking", frame["formula"])
            left, _, result = frame["formula"].rpartition(" = ")
            assert asked.endswith(' = <b class="asked">?</b>') and result not in asked.rpartition(" = ")[2]
            # and one that is a question tells nothing of how it is computed
            assert modules.call("network/present.js", "bare", frame["formula"]) == (
                f'{frame["formula"].partition(" = ")[0]} = <b class="asked">?</b>'
            )
            if "new" not in left.partition(" = ")[0]:
                assert asked.startswith(left)
            # of the loss after the update nothing is told
            elif "<i>L</i>" in left.partition(" = ")[0]:
                assert not re.search(r"\d", re.sub("<[^>]*>", "", asked))


def test_room_is_kept_for_the_longest_of_what_is_read_and_not_for_marks(modules: Modules) -> None:
    marked = [{"title": "t", "formula": '<span class="vp" data-of="w.1.1.1">w</span>' * 9, "why": "w"}] * 4
    formula = {"title": "t", "formula": "w &minus; " * 20, "why": "w"}
    why = {"title": "t", "formula": "w", "why": "because " * 8}
    both = {"title": "t", "formula": "w" * 59, "why": "because " * 7}
    frames = [{"title": "t", "formula": "w"}, *marked, formula, why, both]
    found = modules.call("network/room.js", "longest", frames, 1)
    assert [formula in found, why in found, both in found, marked[0] in found] == [True, True, True, False]


NUMBERS = st.lists(st.none() | st.integers(-5, 5), max_size=8)


@given(numbers=NUMBERS, direction=st.sampled_from(("ascending", "descending")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_rows_are_sorted_by_a_column_and_those_without_a_number_are_last(
    modules: Modules, numbers: list[int | None], direction: str
) -> None:
    names, column = [f"row {index}" for index in range(len(numbers))], [[number] for number in numbers]
    order = modules.call("network/sorting.js", "sorted", names, column, {"column": 1, "direction": direction})
    assert sorted(order) == list(range(len(numbers)))
    found = [numbers[index] for index in order]
    known = [number for number in found if number is not None]
    assert known == sorted(known, reverse=direction == "descending")
    assert found == known + [None] * (len(found) - len(known))


def test_a_column_is_sorted_upwards_downwards_and_not(modules: Modules) -> None:
    sort: dict[str, Any] = {"column": None, "direction": "none"}
    for wanted in ("ascending", "descending", "none"):
        sort = modules.call("network/sorting.js", "nextSort", sort, 2)
        assert sort["direction"] == wanted
    assert modules.call("network/sorting.js", "sorted", ["b", "a"], [[1], [0]], sort) == [0, 1]
