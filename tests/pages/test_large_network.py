"""A large network on the Network page: drawn layer by layer, edited neuron by neuron."""

from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engine import Experiment, Layer, Network
from engine.backprop.trace import trace

APP = Path(__file__).parents[2] / "app.py"
RNG = np.random.default_rng(3)


def experiment() -> Experiment:
    layers = [
        Layer(RNG.normal(size=(90, 60)) / 8, np.zeros(90), "relu"),
        Layer(RNG.normal(size=(10, 90)) / 9, np.zeros(10), "softmax"),
    ]
    return Experiment(Network(layers, "cross_entropy"), RNG.normal(size=60), np.eye(10)[3], 0.1)


def opened() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.session_state["experiment"] = experiment()
    at.run()
    assert not at.exception
    return at


def test_it_is_played_layer_by_layer_whatever_the_detail_was() -> None:
    at = opened()
    assert "detail_switch" not in {control.key for control in at.segmented_control}
    at.session_state["detail"] = "neuron"
    at.run()
    assert not at.exception
    assert int("".join(at.query_params["step"])) == len(trace(experiment(), "layer"))
    assert "net" not in at.query_params


def test_weights_are_edited_one_neuron_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened()
    next(box for box in at.number_input if box.label == "Neuron").set_value(7).run()
    before = at.session_state["experiment"].network.layers[0]

    def edited(table, key: str, on_change, **_: object) -> None:
        """AppTest cannot edit a table, so this does it in the table's place."""
        if key == "column_0_6_0":
            edits = {2: {"value": 9.5}, 60: {"value": -1.0}}
            st.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
            on_change()

    monkeypatch.setattr(st, "data_editor", edited)
    at.run()
    assert not at.exception
    after = at.session_state["experiment"].network.layers[0]
    assert after.W[6, 2] == 9.5 and after.b[6] == -1.0
    assert (after.W != before.W).sum() == 1 and (after.b != before.b).sum() == 1
