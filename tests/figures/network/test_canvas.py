"""A canvas and its patches: whatever is drawn, replaying the patches gives it again, and changes nothing else."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.figures.network.canvas import Canvas, Trace, apply
from tests.twins import TWINS, patch_of

NAMES = ("one", "two")
WHOLE = ("text", "marker.color", "marker.line.width")
values = st.lists(st.integers(0, 2), min_size=3, max_size=3)
puts = st.tuples(st.just("put"), st.sampled_from(NAMES), st.sampled_from(WHOLE), st.just(0), values)
items = st.tuples(st.just("item"), st.sampled_from(NAMES), st.sampled_from(WHOLE), st.integers(0, 2), st.integers(0, 2))
cuts = st.just(("cut", "one", "text", 0, 0))


def traces() -> dict[str, Trace]:
    return {
        name: {"type": "scatter", "text": [0, 0, 0], "marker": {"color": [0, 0, 0], "line": {"width": [0, 0, 0]}}}
        for name in NAMES
    }


def at(trace: Trace, path: str) -> tuple[dict[str, Any], str]:
    """The innermost dictionary of a dotted path, and its key there."""
    *outer, last = path.split(".")
    for key in outer:
        trace = trace[key]
    return trace, last


@given(st.lists(puts | items | cuts))
def test_patches_replay_to_what_was_drawn(drawn: list[tuple[str, str, str, int, Any]]) -> None:
    model, replayed = traces(), list(traces().values())
    canvas = Canvas(traces())
    for kind, name, path, index, value in [*drawn, ("cut", "one", "text", 0, 0)]:
        node, key = at(model[name], path)
        if kind == "put":
            canvas.put(name, path, value)
            node[key] = list(value)
        elif kind == "item":
            canvas.put_at(name, path, index, value)
            node[key][index] = value
        else:
            before, kept = deepcopy(replayed), replayed
            replayed = apply(replayed, canvas.cut())
            assert kept == before, "a patch changed the traces it was laid over"
            assert replayed == list(model.values())


def test_what_stays_the_same_is_no_change() -> None:
    canvas = Canvas(traces())
    canvas.put("one", "text", [0, 0, 0])
    canvas.put_at("two", "marker.color", 1, 0)
    assert canvas.cut() == []


def test_a_patch_holds_the_changed_items_alone_and_is_given_once() -> None:
    canvas = Canvas(traces())
    canvas.put_at("two", "marker.line.width", 1, 7)
    canvas.put("one", "text", [1, 2, 3])
    assert canvas.cut() == [(1, "marker.line.width", {1: 7}), (0, "text", [1, 2, 3])]
    assert canvas.cut() == []


def test_traces_that_did_not_change_are_shared_and_not_copied() -> None:
    before = list(traces().values())
    after = apply(before, [(0, "marker.color", {2: 5})])
    assert after[1] is before[1] and after[0]["text"] is before[0]["text"]
    assert before[0]["marker"]["color"] == [0, 0, 0] and after[0]["marker"]["color"] == [0, 0, 5]


def test_only_what_exists_can_be_drawn_on() -> None:
    with pytest.raises(KeyError):
        Canvas(traces()).put("three", "text", [])


@pytest.mark.parametrize("case", TWINS["patches"], ids=lambda case: case["what"])
def test_a_patch_gives_what_it_gives_in_the_browser(case: dict[str, Any]) -> None:
    before = deepcopy(case["traces"])
    assert apply(case["traces"], patch_of(case["patch"])) == case["patched"]
    assert case["traces"] == before
