"""What a field takes for a value, case by case; test_widget_values.py sends anything to all of them."""

import json
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import WStates

from pages.widgets import fields
from pages.widgets.fields import incoming
from pages.widgets.fields.values import is_number
from tests.pages.page import Page

HUGE = 10**400
EDITABLE = fields.tables.Editable(2, ["x₁", "kind"], {"kind": ["a", "b"]})


def sent(edited: Any, added: Any = (), deleted: Any = ()) -> dict[str, Any]:
    listed = [list(rows) if isinstance(rows, tuple) else rows for rows in (added, deleted)]
    return {"edited_rows": edited, "added_rows": listed[0], "deleted_rows": listed[1]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), HUGE, -HUGE, True, None, "1", [1]])
def test_what_is_no_number(value: Any) -> None:
    assert not is_number(value)


def test_edits_that_a_table_has_cells_for() -> None:
    for cells in ({"x₁": 1.5}, {"x₁": None}, {"x₁": float("nan")}, {"x₁": "a"}, {"kind": "b"}, {}):
        assert EDITABLE.fits(sent({1: cells}))


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
    assert not EDITABLE.fits(edits)


def test_options_that_come_twice_are_no_choice() -> None:
    page = Page("pages/activations.py").set("activations_view", "Compare")
    assert page.set("compared", ["elu", "silu", "elu"]).value("compared") == ["sigmoid", "tanh", "relu"]


@pytest.mark.parametrize("id_", ["", " ", "network", "undo", "\0", "x" * 100_000, "$$", "$$x"])
def test_a_value_for_no_widget_is_not_kept(id_: str) -> None:
    states = WStates()
    states.set_widget_from_proto(WidgetState(id=id_, string_value="x"))
    assert not states.states


def test_a_long_value_for_a_widget_that_was_never_drawn_is_not_kept() -> None:
    states = WStates()
    for kind in ("string_value", "json_value"):
        states.set_widget_from_proto(WidgetState(id=f"$$ID-1-{kind}", **{kind: "x" * 20_001}))
        states.set_widget_from_proto(WidgetState(id=f"$$ID-2-{kind}", **{kind: "x" * 20_000}))
    assert set(states.states) == {"$$ID-2-string_value", "$$ID-2-json_value"}


def test_the_player_tells_a_number_and_a_place_or_nothing() -> None:
    page = Page(step="4")
    for step in (float("nan"), float("inf"), HUGE, "5", [5], {"step": 5}, None):
        assert page.report(step=step).address["step"] == "4"
    for place in ("n.1." + "9" * 5_000, "n.1.²", "", 7, ["n.2.3"]):
        assert page.report(selected=place).held("selected") is None
    page.report(step=5).report(selected="n.2.3")
    assert page.address["step"] == "5" and page.held("selected") is not None


@pytest.mark.parametrize("value", [{"int_value": 2}, {"double_value": 2.0}])
def test_a_whole_number_is_taken_in_both_ways_that_it_can_be_sent(value: dict[str, Any]) -> None:
    page = Page()
    page.send(page.widget("depth"), **value)
    assert len(page.network.layers) == 2


@pytest.mark.parametrize("name", ["preset", "undo_button"])
@pytest.mark.parametrize("value", [{"json_value": "{"}, {"string_value": "no such example"}, {"bool_value": True}])
def test_what_a_widget_cannot_read_changes_nothing(name: str, value: dict[str, Any]) -> None:
    page = Page(step="4").set("learning_rate", "7")
    before = page.experiment, page.held("step")
    page.send(page.widget(name), **value)
    assert (page.experiment, page.held("step")) == before
    assert page.run().has(name) and page.value("preset") == "your own network"


def test_a_select_box_is_not_broken_for_good() -> None:
    page = Page()
    page.send(page.widget("inspected"), string_value="nothing of the kind")
    assert page.run().set("inspected", page.options("inspected")[1]).held("selected") is not None


def test_streamlit_has_the_methods_that_are_extended() -> None:
    for method in (WStates.__getitem__, WStates.set_widget_from_proto):
        assert method.__wrapped__.__module__ == WStates.__module__  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rows", "kept"), [(50, True), (51, False), (6_000, False)])
def test_of_a_table_that_was_never_drawn_only_a_few_added_rows_are_kept(rows: int, kept: bool) -> None:
    states = WStates()
    id_ = "$$ID-0123456789abcdef-points"
    incoming.keep(
        states, WidgetState(id=id_, string_value=json.dumps(sent({}, added=({},) * rows), separators=(",", ":")))
    )
    assert (id_ in states.states) is kept
