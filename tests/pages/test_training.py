"""The Training page without a browser: fitting, running, taking weights, comparing, and data of one's own."""

from dataclasses import replace

import numpy as np
import pytest

from engine import DATASETS, OPTIMIZERS, Layer, Network, train
from engine.network.editing import resized, with_activation
from engine.training.schedules import SCHEDULES
from pages.widgets.training.run import LOST
from pages.widgets.training.worker import BROKEN
from tests.pages.packed import unpacked
from tests.pages.page import Page
from tests.samples import EXAMPLE


def opened(data="moons", experiment=EXAMPLE):
    return Page("pages/training.py", experiment).set("training_data", data)


def trained(page, epochs=5):
    return page.set("training_epochs", epochs).press("train")


def header(page):
    """The header of the run that the player was handed."""
    return unpacked(page.told("training_player")["run"])


def test_a_run_that_was_lost_in_a_restart_is_said_to_be():
    page = trained(opened("xor").press("training_suited"))
    assert "run" in page.address and LOST not in page.plain
    restarted = Page("pages/training.py", **page.address)
    assert LOST in restarted.plain
    assert LOST not in trained(restarted.set("training_data", "xor")).plain


def test_a_run_that_dies_of_a_fault_says_so_on_the_page(monkeypatch):
    def broken(*_, **__):
        raise MemoryError

    page = opened("xor").press("training_suited")
    monkeypatch.setattr("pages.widgets.training.run.train_with", broken)
    assert BROKEN in trained(page).plain
    monkeypatch.undo()
    assert BROKEN not in trained(page).plain


def test_a_network_that_does_not_fit_is_fitted_on_request_and_says_what_changes():
    page = opened("xor")
    assert page.disabled("train")
    assert "Your network (3-3-3-3, ReLU, sigmoid and softmax) does not fit these data yet" in page.plain
    assert "3 → 2 inputs; 3 → 1 output" in page.plain
    page.press("training_fit")
    assert page.network.sizes == (2, 3, 3, 1) and page.network.layers[1] == EXAMPLE.network.layers[1]
    assert not page.disabled("train") and "does not fit" not in page.plain
    assert page.experiment.x.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_shown_trained_on_and_played(name):
    page = opened(name)
    assert page.charts
    trained(page.press("training_suited"))
    assert header(page)["epochs"] == list(range(6))
    assert page.network.sizes[1:-1] == DATASETS[name].hidden
    # the run does not change the network at hand
    assert header(page)["titles"][0].startswith("Epoch 0")


def test_the_example_at_hand_is_trained_on_without_any_fitting():
    page = trained(opened("example"))
    assert header(page)["main"]["name"] == "Outputs against targets"
    expected = train(
        EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, optimizer="adam", learning_rate=0.03, epochs=5, batch_size=10, seed=0
    )
    assert (page.held("training_run").history.loss == expected.loss).all()


def test_the_weights_of_an_epoch_become_those_at_hand_and_can_be_undone():
    page = trained(opened().press("training_suited"))
    before = page.network
    page.press("training_take")
    run = page.held("training_run")
    assert page.network == run.history.network != before
    assert "Step through it" in page.links
    page.press("undo_button")
    assert page.network == before


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_shows_its_rule_and_trains(optimizer):
    page = opened("xor")
    page.set("training_optimizer", optimizer)
    page.run()
    assert OPTIMIZERS[optimizer].latex.split(r"\\")[0].strip() in page.said("latex")[0]
    trained(page.press("training_suited"))
    assert OPTIMIZERS[optimizer].title in page.held("training_run").title


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_schedules_penalties_and_new_weights_reach_the_run(schedule):
    page = opened("and")
    page.set("training_schedule", schedule)
    page.set("training_l2", 0.01)
    page.set("training_initializer", "uniform")
    page.set("training_scale", 0.1)
    trained(page.press("training_suited"))
    run = page.held("training_run")
    assert "L2 0.01" in run.title and "uniform" in run.title
    assert np.abs(run.history.snapshots[0].layers[0].W).max() <= 0.1
    assert (schedule == "constant") == (SCHEDULES[schedule].title not in run.title)


def test_a_run_that_diverges_says_what_to_try_and_shows_what_there_was():
    page = opened("line").press("training_suited")
    page.set("training_optimizer", "sgd")
    page.set("training_rate", 100.0)
    trained(page, 50)
    assert "diverged" in page.said("warning")[0] and "smaller learning rate" in page.said("warning")[0]
    assert header(page)["epochs"]


def test_runs_are_kept_compared_and_removed():
    page = trained(opened("moons").press("training_suited"))
    page.set("training_view", "Compare")
    assert "Keep for comparison" in page.plain
    page.set("training_view", "Run")
    page.press("training_keep")
    page.set("training_optimizer", "sgd")
    trained(page)
    page.set("training_view", "Compare")
    assert [words.split(" · ")[1] for words in page.said("text")] == [
        "Adam, η 0.03, batch 10",
        "gradient descent (SGD), η 0.03, batch 10",
    ]
    assert len(page.charts) == 2
    page.press("training_remove_0")
    assert not page.charts


@pytest.mark.parametrize("inputs", [1, 2])
def test_an_example_of_more_classes_than_there_are_colours_is_drawn_all_the_same(inputs):
    network = with_activation(resized(EXAMPLE, [inputs, 3, 9]), 1, "softmax")
    page = opened("example", experiment=replace(network, y=np.eye(9)[7]))
    assert page.column("class 8") == [1.0]
    assert header(trained(page))["main"]["name"] == "Outputs against targets"


def test_points_of_ones_own_are_added_and_a_wrong_one_is_named():
    page = opened("moons")
    size = sum(len(part.x) for part in (_chosen(page).train, _chosen(page).test))
    page.type("p.1.1", "0,5").type("p.1.2", "1").type("p.1.3", "1").type("p.2.1", "2").type("p.2.3", "0")
    assert "Row 2, column 'x₂': the number is missing" in page.plain
    page.type("p.2.1", "").type("p.2.3", "")
    assert not page.said("error")
    assert sum(len(part.x) for part in (_chosen(page).train, _chosen(page).test)) == size + 1


def test_points_are_pasted_in_and_those_that_are_cleared_are_gone():
    page = opened("moons").paste("p.1.1", "0,5;1;0\n2;3;1\n4;5;0\n")
    assert [page.shown(place) for place in ("p.1.1", "p.2.2", "p.3.3", "p.4.1")] == ["0.5", "3", "0", ""]
    for column in (1, 2, 3):
        page.type(f"p.1.{column}", " ")
    assert [page.shown(place) for place in ("p.1.1", "p.2.2", "p.3.1")] == ["2", "5", ""]
    page.type("p.1.3", "moon")
    assert "'moon' is no class" in page.plain
    page.type("p.1.1", "many")
    assert "“many” is not a number" in page.refused("p.1.1")
    page.paste("p.1.1", "\n".join(["1;2;0"] * 201))
    assert "there is room for 200 rows and 3 columns" in page.refused("p.1.1")


def _chosen(page):
    """The data that a run would be trained on: those of a run of one epoch."""
    if page.disabled("train"):
        page.press("training_suited")
    trained(page, 1)
    run = page.held("training_run")
    return type("Parts", (), {"train": run.data, "test": run.test})


def test_a_network_too_large_for_the_page_is_refused_in_words():
    network = Network(
        [Layer(np.ones((50, 3)), np.zeros(50), "relu"), Layer(np.ones((60, 50)), np.zeros(60), "relu")], "huber"
    )
    experiment = type(EXAMPLE)(network, np.ones(3), np.ones(60), 0.1)
    page = opened("moons", experiment=experiment)
    assert "3,260 weights and biases, and this page takes up to 2,000" in page.plain
    assert page.disabled("train") and not page.has("training_fit")
    trained(page.press("training_suited"))


def test_no_csv_file_yet_says_what_to_do():
    page = opened("csv")
    assert "File and columns" in page.plain and page.disabled("train")


def test_a_csv_file_is_trained_on_and_a_bad_one_costs_nothing():
    page = opened("csv")
    rows = "".join(f"{i % 7 - 3},{i % 5 - 2},{'ab'[i % 2]}\n" for i in range(30))
    page.upload("training_upload", "mine.csv", f"u,v,kind\n{rows}".encode(), "text/csv")
    assert "mine.csv: 30 rows, 3 columns" in page.plain
    trained(page.press("training_suited"))
    run = page.held("training_run")
    assert (run.data.inputs, run.data.outputs) == (("u", "v"), ("a", "b")) and run.data.size + run.test.size == 30
    page.upload("training_upload", "bad.csv", b"u,v,kind\n1,2\n3,4,a\n", "text/csv")
    assert (
        "bad.csv could not be used. Row 1 has 2 values, but there are 3 columns. The data of mine.csv are kept"
        in page.plain
    )
    assert not page.disabled("train")
    page.upload("training_upload", "no.csv", b"u,v\n1,x\n2,y\n\xff\xfe", "text/csv")
    assert "not text in UTF-8" in page.plain
