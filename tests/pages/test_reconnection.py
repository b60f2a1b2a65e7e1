"""A browser that lost its server goes on at another one: what it sends then, and what the page makes of it.

AppTest stands for the new server: its first run is given the address and the widgets' values of the old page.
"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, decode, encode
from engine.network.editing import with_depth

APP = Path(__file__).parents[2] / "app.py"
OWN = with_depth(PRESETS["worked-example"].experiment, 4)


def arrived(**widgets: object) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params["net"], at.query_params["step"] = encode(OWN), "20"
    for key, value in widgets.items():
        at.session_state[key] = value
    at.run()
    assert not at.exception
    return at


def network_of(at: AppTest) -> Experiment:
    return decode("".join(at.query_params["net"]))


def edited(row: int, column: str, value: float) -> dict[str, object]:
    return {"edited_rows": {row: {column: value}}, "added_rows": [], "deleted_rows": []}


def test_the_address_alone_brings_network_and_step_back() -> None:
    at = arrived()
    assert network_of(at) == OWN and "".join(at.query_params["step"]) == "20"


def test_an_edit_that_the_old_server_never_heard_of_is_taken() -> None:
    at = arrived(table_0_0=edited(1, "x₂", 9.5), table_x_0=edited(0, "x₃", -2.0))
    expected = OWN.network.layers[0].W.copy()
    expected[1, 1] = 9.5
    assert (expected == network_of(at).network.layers[0].W).all()
    assert network_of(at).x.tolist() == [*OWN.x[:2], -2.0]
    assert "".join(at.query_params["step"]) == "20"


def test_edits_that_the_address_holds_already_change_nothing() -> None:
    at = arrived(table_0_0=edited(1, "x₂", float(OWN.network.layers[0].W[1, 1])))
    assert network_of(at) == OWN


def test_an_edit_that_is_refused_is_explained_and_the_network_kept() -> None:
    at = arrived(table_0_0=edited(0, "x₁", float("nan")))
    assert network_of(at) == OWN
    assert any("needs a number" in error.value for error in at.error)


@pytest.mark.parametrize(("key", "value"), [("depth", 2), ("learning_rate", 7.0), ("neurons_1", 9)])
def test_a_control_shows_what_the_network_has(key: str, value: float) -> None:
    at = arrived(**{key: value})
    assert network_of(at) == OWN
    assert at.number_input(key=key).value != value
