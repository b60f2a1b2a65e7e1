"""The Training page without a browser: fitting, running, taking weights, comparing, and data of one's own."""

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import DATASETS, OPTIMIZERS, PRESETS, Layer, Network, train
from engine.network.editing import resized, with_activation
from engine.network.parameters import flatten
from engine.training.schedules import SCHEDULES
from pages.widgets.training.run import LOST
from pages.widgets.training.worker import BROKEN, Worker
from tests.pages.network_page import component

APP = Path(__file__).parents[2] / "app.py"
EXAMPLE = PRESETS["worked-example"].experiment


def opened(data="moons", **session):
    at = AppTest.from_file(APP, default_timeout=60)
    for key, value in session.items():
        at.session_state[key] = value
    at.switch_page("pages/training.py").run()
    at.selectbox(key="training_data").set_value(data).run()
    assert not at.exception
    return at


def click(at, key):
    at.button(key=key).click().run()
    assert not at.exception
    return at


def trained(at, epochs=5):
    at.number_input(key="training_epochs").set_value(epochs)
    return click(at, "train")


def header(at):
    """The header of the run that the player was handed."""
    data = json.loads(component(at, "training_player").proto.json)
    whole = gzip.decompress(base64.b64decode(data["run"]))
    return json.loads(whole[4 : 4 + int.from_bytes(whole[:4], "little")])


def network_of(at):
    return at.session_state["experiment"].network


def text(at):
    said = "\n".join(part.value for part in (*at.markdown, *at.text, *at.caption, *at.info, *at.warning, *at.error))
    # what came from a file is escaped
    return said.replace("\\", "")


def test_a_run_that_was_lost_in_a_restart_is_said_to_be():
    at = trained(click(opened("xor"), "training_suited"))
    assert "run" in at.query_params and LOST not in text(at)
    address = dict(at.query_params)
    restarted = AppTest.from_file(APP, default_timeout=60)
    for name, value in address.items():
        restarted.query_params[name] = value
    restarted.switch_page("pages/training.py").run()
    assert LOST in text(restarted) and not restarted.exception
    restarted.selectbox(key="training_data").set_value("xor").run()
    assert LOST not in text(trained(restarted))


def test_a_run_that_dies_of_a_fault_says_so_on_the_page(monkeypatch):
    def broken(*_, **__):
        raise MemoryError

    at = click(opened("xor"), "training_suited")
    monkeypatch.setattr("pages.widgets.training.run.train_with", broken)
    assert BROKEN in text(trained(at))
    monkeypatch.undo()
    assert BROKEN not in text(trained(at))


def test_a_network_that_does_not_fit_is_fitted_on_request_and_says_what_changes():
    at = opened("xor")
    assert at.button(key="train").disabled
    assert "Your network (3-3-3-3, ReLU, sigmoid and softmax) does not fit these data yet" in text(at)
    assert "3 → 2 inputs; 3 → 1 output" in text(at)
    click(at, "training_fit")
    assert network_of(at).sizes == (2, 3, 3, 1) and network_of(at).layers[1] == EXAMPLE.network.layers[1]
    assert not at.button(key="train").disabled and "does not fit" not in text(at)
    assert at.session_state["experiment"].x.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_shown_trained_on_and_played(name):
    at = opened(name)
    assert at.get("plotly_chart")
    trained(click(at, "training_suited"))
    assert header(at)["epochs"] == list(range(6))
    assert network_of(at).sizes[1:-1] == DATASETS[name].hidden
    # the run does not change the network at hand
    assert header(at)["titles"][0].startswith("Epoch 0")


def test_the_example_at_hand_is_trained_on_without_any_fitting():
    at = trained(opened("example"))
    assert header(at)["main"]["kind"] == "fit"
    expected = train(
        EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, optimizer="adam", learning_rate=0.03, epochs=5, batch_size=10, seed=0
    )
    assert (at.session_state["training_run"].history.loss == expected.loss).all()


def test_the_weights_of_an_epoch_become_those_at_hand_and_can_be_undone():
    at = trained(click(opened(), "training_suited"))
    before = network_of(at)
    click(at, "training_take")
    run = at.session_state["training_run"]
    assert network_of(at) == run.history.network != before
    assert any(link.proto.label == "Step through it" for link in at.get("page_link"))
    click(at, "undo_button")
    assert network_of(at) == before


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_shows_its_rule_and_trains(optimizer):
    at = opened("xor")
    at.selectbox(key="training_optimizer").set_value(optimizer)
    at.run()
    assert OPTIMIZERS[optimizer].latex.split(r"\\")[0].strip() in at.latex[0].value
    trained(click(at, "training_suited"))
    assert OPTIMIZERS[optimizer].title in at.session_state["training_run"].title


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_schedules_penalties_and_new_weights_reach_the_run(schedule):
    at = opened("and")
    at.selectbox(key="training_schedule").set_value(schedule)
    at.number_input(key="training_l2").set_value(0.01)
    at.selectbox(key="training_initializer").set_value("uniform").run()
    at.number_input(key="training_scale").set_value(0.1)
    trained(click(at, "training_suited"))
    run = at.session_state["training_run"]
    assert "L2 0.01" in run.title and "uniform" in run.title
    assert np.abs(run.history.snapshots[0].layers[0].W).max() <= 0.1
    assert (schedule == "constant") == (SCHEDULES[schedule].title not in run.title)


def test_a_run_that_diverges_says_what_to_try_and_shows_what_there_was():
    at = click(opened("line"), "training_suited")
    at.selectbox(key="training_optimizer").set_value("sgd")
    at.number_input(key="training_rate").set_value(100.0)
    trained(at, 50)
    assert "diverged" in at.warning[0].value and "smaller learning rate" in at.warning[0].value
    assert header(at)["epochs"]


def test_runs_are_kept_compared_and_removed():
    at = trained(click(opened("moons"), "training_suited"))
    at.segmented_control(key="training_view").set_value("Compare").run()
    assert "Keep for comparison" in text(at)
    at.segmented_control(key="training_view").set_value("Run").run()
    click(at, "training_keep")
    at.selectbox(key="training_optimizer").set_value("sgd")
    trained(at)
    at.segmented_control(key="training_view").set_value("Compare").run()
    assert "Adam" in text(at) and "gradient descent (SGD)" in text(at)
    assert len(at.get("plotly_chart")) == 2
    click(at, "training_remove_0")
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("inputs", [1, 2])
def test_an_example_of_more_classes_than_there_are_colours_is_drawn_all_the_same(inputs):
    network = with_activation(resized(EXAMPLE, [inputs, 3, 9]), 1, "softmax")
    at = opened("example", experiment=replace(network, y=np.eye(9)[7]))
    assert at.dataframe
    assert header(trained(at))["main"]["kind"] == "fit"


def test_points_of_ones_own_are_added_and_a_wrong_one_is_named():
    at = opened("moons")
    size = sum(len(part.x) for part in (_chosen(at).train, _chosen(at).test))
    key = "training_points_moons"
    rows = [{"x₁": 0.5, "x₂": 1.0, "class": "1"}, {"x₁": 2.0, "class": "0"}]
    at.session_state[key] = {"edited_rows": {}, "added_rows": rows, "deleted_rows": []}
    at.run()
    assert "Row 2, column 'x₂': the number is missing" in text(at)
    at.session_state[key] = {"edited_rows": {}, "added_rows": rows[:1], "deleted_rows": []}
    at.run()
    assert not at.error
    assert sum(len(part.x) for part in (_chosen(at).train, _chosen(at).test)) == size + 1


def _chosen(at):
    """The data that a run would be trained on: those of a run of one epoch."""
    if at.button(key="train").disabled:
        click(at, "training_suited")
    trained(at, 1)
    run = at.session_state["training_run"]
    return type("Parts", (), {"train": run.data, "test": run.test})


def test_a_network_too_large_for_the_page_is_refused_in_words():
    network = Network(
        [Layer(np.ones((50, 3)), np.zeros(50), "relu"), Layer(np.ones((60, 50)), np.zeros(60), "relu")], "huber"
    )
    experiment = type(EXAMPLE)(network, np.ones(3), np.ones(60), 0.1)
    at = opened("moons", experiment=experiment)
    assert "3,260 weights and biases, and this page takes up to 2,000" in text(at)
    assert at.button(key="train").disabled and not [b for b in at.button if b.key == "training_fit"]
    trained(click(at, "training_suited"))


def test_no_csv_file_yet_says_what_to_do():
    at = opened("csv")
    assert "File and columns" in text(at) and at.button(key="train").disabled


def test_a_csv_file_is_trained_on_and_a_bad_one_costs_nothing():
    at = opened("csv")
    rows = "".join(f"{i % 7 - 3},{i % 5 - 2},{'ab'[i % 2]}\n" for i in range(30))
    at.file_uploader(key="training_upload").set_value(("mine.csv", f"u,v,kind\n{rows}".encode(), "text/csv")).run()
    assert "mine.csv: 30 rows, 3 columns" in text(at)
    trained(click(at, "training_suited"))
    run = at.session_state["training_run"]
    assert (run.data.inputs, run.data.outputs) == (("u", "v"), ("a", "b")) and run.data.size + run.test.size == 30
    at.file_uploader(key="training_upload").set_value(("bad.csv", b"u,v,kind\n1,2\n3,4,a\n", "text/csv")).run()
    assert (
        "bad.csv could not be used. Row 1 has 2 values, but there are 3 columns. The data of mine.csv are kept"
        in text(at)
    )
    assert not at.button(key="train").disabled
    at.file_uploader(key="training_upload").set_value(("no.csv", b"u,v\n1,x\n2,y\n\xff\xfe", "text/csv")).run()
    assert "not text in UTF-8" in text(at)


def test_a_worker_can_be_looked_at_and_stopped():
    made = DATASETS["xor"].make()
    network = Network([Layer(np.ones((1, 2)), np.zeros(1), "sigmoid")], "binary_cross_entropy")
    worker = Worker(
        lambda on_epoch: train(network, made.x, made.y, epochs=10**6, batch_size=4, seed=0, on_epoch=on_epoch)
    )
    assert not worker.look(0.05)
    worker.stop()
    assert worker.look(5.0)
    assert 0 < worker.history.epochs == worker.epoch < 10**6 and not worker.error
    assert (flatten(worker.history.network) != flatten(network)).any()


def test_a_worker_keeps_what_went_wrong():
    def job(on_epoch):
        return train(EXAMPLE.network, EXAMPLE.x[:2], EXAMPLE.y, epochs=1, batch_size=1, seed=0)

    worker = Worker(job)
    assert worker.look(5.0)
    assert worker.history is None and "the first layer takes 3 inputs" in worker.error
