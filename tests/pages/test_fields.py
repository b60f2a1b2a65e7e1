"""What a field takes for a value, case by case; test_widget_values.py sends anything to all of them."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

from pages.widgets import fields
from pages.widgets.fields.values import is_number
from tests.pages.network_page import NetworkPage
from tests.pages.scenes import opened

HUGE = 10**400
SHAPE = fields.Shape(2, ["x₁", "kind"], {"kind": ["a", "b"]})


def sent(edited: Any, added: Any = (), deleted: Any = ()) -> dict[str, Any]:
    listed = [list(rows) if isinstance(rows, tuple) else rows for rows in (added, deleted)]
    return {"edited_rows": edited, "added_rows": listed[0], "deleted_rows": listed[1]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), HUGE, -HUGE, True, None, "1", [1]])
def test_what_is_no_number(value: Any) -> None:
    assert not is_number(value)


def test_edits_that_a_table_has_cells_for() -> None:
    for cells in ({"x₁": 1.5}, {"x₁": None}, {"x₁": float("nan")}, {"x₁": "a"}, {"kind": "b"}, {}):
        assert SHAPE.fits(sent({1: cells}))
    growing = fields.Shape(2, ["x₁"], growing=True)
    assert growing.fits(sent({}, added=({"x₁": 1},), deleted=(0, 1)))


@pytest.mark.parametrize(
    "edits",
    [
        sent({2: {"x₁": 1}}),
        sent({-1: {"x₁": 1}}),
        sent({0: {"y₁": 1}}),
        sent({0: {"x₁": HUGE}}),
        sent({0: {"x₁": [1]}}),
        sent({0: {"x₁": "a" * 5_000}}),
        sent({0: {"kind": "c"}}),
        sent({0: 1}),
        sent({}, added=({"x₁": 1},)),
        sent({}, deleted=(0,)),
        sent({}, added=3),
        sent({}, deleted={"0": 1}),
    ],
)
def test_edits_that_a_table_has_no_cells_for(edits: dict[str, Any]) -> None:
    assert not SHAPE.fits(edits)


def test_the_player_tells_a_number_and_a_place_or_nothing() -> None:
    page = NetworkPage(step="4")
    for step in (float("nan"), float("inf"), HUGE, "5", [5], {"step": 5}, None):
        assert page.report(step=step).address["step"] == "4"
    for place in ("n.1." + "9" * 5_000, "n.1.²", "", 7, ["n.2.3"]):
        assert page.report(selected=place).selected is None
    page.report(step=5).report(selected="n.2.3")
    assert page.address["step"] == "5" and page.selected is not None


def with_value(at: AppTest, element: Any, **value: Any) -> AppTest:
    states = at._tree.get_widget_states()
    others = [state for state in states.widgets if state.id != element.proto.id]
    return at._run(WidgetStates(widgets=[*others, WidgetState(id=element.proto.id, **value)]))


@pytest.mark.parametrize("value", [{"int_value": 2}, {"double_value": 2.0}])
def test_a_whole_number_is_taken_in_both_ways_that_it_can_be_sent(value: dict[str, Any]) -> None:
    at = opened()
    at = with_value(at, at.number_input(key="depth"), **value)
    assert len(at.session_state["experiment"].network.layers) == 2


def select_box(at: AppTest) -> Any:
    return at.selectbox(key="preset")


def undo(at: AppTest) -> Any:
    return at.button(key="undo_button")


@pytest.mark.parametrize("find", [select_box, undo])
@pytest.mark.parametrize("value", [{"json_value": "{"}, {"string_value": "no such example"}, {"bool_value": True}])
def test_what_a_widget_cannot_read_changes_nothing(find: Callable[[AppTest], Any], value: dict[str, Any]) -> None:
    at = opened(step="4").number_input(key="learning_rate").set_value(7.0).run()
    before = at.session_state["experiment"], at.session_state["step"]
    at = with_value(at, find(at), **value)
    assert not at.exception and (at.session_state["experiment"], at.session_state["step"]) == before
    assert find(at.run()).proto.id and select_box(at).value == "your own network"


def test_a_select_box_is_not_broken_for_good() -> None:
    at = opened()
    at = with_value(at, at.selectbox(key="inspected"), string_value="nothing of the kind")
    assert not at.exception
    options = at.selectbox(key="inspected").options
    assert at.run().selectbox(key="inspected").set_value(options[1]).run().session_state["selected"] is not None


def test_streamlit_has_the_methods_that_are_extended() -> None:
    for method in (WStates.__getitem__, WStates.set_widget_from_proto):
        assert method.__wrapped__.__module__ == WStates.__module__  # type: ignore[attr-defined]
