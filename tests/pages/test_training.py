"""The Training page without a browser: fitting, running, taking weights, comparing, and data of one's own."""

from dataclasses import replace
from zlib import crc32

import numpy as np
import pytest

from engine import DATASETS, OPTIMIZERS, Layer, Network, train
from engine.data.recorded import RECORDED
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
    assert page.told(f"drawn_{name}")["figure"]["data"]
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
    network = with_activation(resized(EXAMPLE, [inputs, 3, 11]), 1, "softmax")
    page = opened("example", experiment=replace(network, y=np.eye(11)[7]))
    assert page.column("class") == ["class 8"]
    assert header(trained(page))["main"]["name"] == "Outputs against targets"


def test_points_of_ones_own_are_added_and_a_wrong_one_is_named():
    page = opened("moons")
    size = sum(len(part.x) for part in (_chosen(page).train, _chosen(page).test))
    page.type("p.1.1", "0,5").type("p.1.2", "1").type("p.1.3", "1").type("p.2.1", "2").type("p.2.3", "0")
    assert "Row 2, column 'x₂': the number is missing" in page.plain
    page.type("p.2.1", "").type("p.2.3", "")
    assert not page.said("error")
    assert sum(len(part.x) for part in (_chosen(page).train, _chosen(page).test)) == size + 1


def drawn(page, name, texts):
    """What the picture of a data set tells when a point is added, moved or taken away in it."""
    return page.send(page._component(f"drawn_{name}"), json_value=page.typist.message(texts))


def test_points_are_added_moved_and_taken_away_in_the_picture():
    page = opened("blobs").set("drawn_class_blobs", "C")
    told = page.told("drawn_blobs")
    assert (told["target"], told["columns"], told["rows"], told["points"]) == ("C", 3, 0, [])
    drawn(page, "blobs", {"p.1.1": "0.5", "p.1.2": "-1", "p.1.3": "C"})
    drawn(page, "blobs", {"p.2.1": "2", "p.2.2": "1", "p.2.3": "A"})
    assert page.told("drawn_blobs")["points"] == [{"row": 1, "x": 0.5, "y": -1.0}, {"row": 2, "x": 2.0, "y": 1.0}]
    assert [page.shown(place) for place in ("p.1.1", "p.1.3", "p.2.3")] == ["0.5", "C", "A"]
    drawn(page, "blobs", {"p.2.1": "3", "p.2.2": "0"})
    drawn(page, "blobs", {"p.1.1": "", "p.1.2": "", "p.1.3": ""})
    assert page.told("drawn_blobs")["points"] == [{"row": 1, "x": 3.0, "y": 0.0}]
    # what was typed in part has no place in the picture, and keeps its row
    page.type("p.2.1", "7")
    told = page.told("drawn_blobs")
    assert len(told["points"]) == 1 and told["rows"] == 2


def test_examples_are_chosen_in_the_picture_and_taken_with_the_learning_rate():
    page = opened("moons").press("training_suited").set("training_rate", 0.3).set("training_click_adds", "chooses")
    network = page.network
    told = page.told("training_examples")
    assert told["chosen"] == "" and told["most"] == 8 and len(told["x"]) == len(told["y"]) == len(told["labels"])
    assert page.widget("training_take_chosen").disabled
    page.tell("training_examples", chosen="7 2 999999 2 x")
    assert page.told("training_examples")["chosen"] == "7 2 999999 2 x"
    page.press("training_take_chosen")
    taken = page.experiment
    assert taken.examples == 2 and taken.learning_rate == 0.3 and taken.network == network
    # the picture is in the data's own units, which are the network's here
    for number, row in enumerate((7, 2), start=1):
        assert taken.example(number).x.tolist() == pytest.approx([told["x"][row], told["y"][row]], rel=1e-5)
        assert told["labels"][row] == f"class {int(taken.y[number - 1][0])}"
    # of other data nothing is chosen
    assert page.set("training_data_seed", 5).told("training_examples")["chosen"] == ""


def test_examples_are_chosen_only_once_the_network_fits():
    page = opened("moons").set("training_click_adds", "chooses").tell("training_examples", chosen="3")
    assert page.widget("training_take_chosen").disabled and "make the network fit" in page.text


def test_points_that_are_added_faster_than_they_are_answered_all_arrive():
    page = opened("line")
    assert page.told("drawn_line")["columns"] == 2 and not page.has("drawn_class_line")
    edits = [{"id": k, "gesture": k, "texts": {f"p.{k}.1": str(k), f"p.{k}.2": "0"}, "before": {}} for k in (1, 2, 3)]
    page.tell("drawn_line", edits={"client": "fast", "edits": edits})
    assert [point["x"] for point in page.told("drawn_line")["points"]] == [1.0, 2.0, 3.0]


def test_a_point_of_a_plane_has_the_value_chosen_beside_it():
    page = opened("plane").set("drawn_value_plane", 1.5)
    assert page.told("drawn_plane")["target"] == "1.5" and "1.5" in page.told("drawn_plane")["adds"]


def test_two_inputs_of_more_are_chosen_as_the_picture():
    rows = "".join(f"{i % 7},{i % 5},{i % 3},{i % 11},{'ab'[i % 2]}\n" for i in range(30))
    page = with_file(f"u,v,w,z,kind\n{rows}".encode())[0]
    trained(page.press("training_suited"))
    assert "principal" in header(page)["main"]["name"]
    page.set("Picture", "Two inputs").set("Across", 2).set("Up", 3)
    main = header(page)["main"]
    assert main["name"] == "Output over two inputs, the others at their mean"
    inputs = page.held("training_run").data.inputs
    assert (main["x"]["title"], main["y"]["title"]) == (inputs[2], inputs[3])
    assert not trained(opened("moons").press("training_suited")).has("Picture")


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
    assert "bad.csv could not be used. Line 2 has 2 values, but line 1 has 3" in page.plain
    # nothing of the file before is left to be trained on by mistake; its run is
    assert page.disabled("train") and "mine.csv" not in page.plain and page.held("training_run") is run
    page.upload("training_upload", "book.csv", b"PK\x03\x04 xl/workbook.xml", "text/csv")
    assert "CSV UTF-8" in page.plain and "Line 2" not in page.plain


def with_file(content, name="mine.csv"):
    """The page with a file, and the beginning of the keys of its widgets."""
    return opened("csv").upload("training_upload", name, content, "text/csv"), f"training_file_{crc32(content)}"


def chosen_columns(page, columns, target):
    """The beginning of the keys of what is chosen for a target; all columns in their order."""
    return f"_{crc32(repr(tuple(columns)).encode())}_{list(columns).index(target)}"


def test_what_was_understood_of_a_file_is_said_and_can_be_decided_otherwise():
    page, key = with_file(b"a;b;k\n1,234;1;u\n2,500;2;v\n3,125;3;u\n")
    assert "“1,234” can be 1234 or 1.234" in page.plain and page.disabled("train")
    page.set(f"{key}_decimal", ",")
    assert "with a decimal comma; line 1 names the columns" in page.plain
    run = trained(page.press("training_suited")).held("training_run")
    np.testing.assert_allclose(run.data.own_x, [[1.234, 1], [2.5, 2], [3.125, 3]])
    assert run.data.outputs == ("u", "v")
    page.set(f"{key}_first", "data")
    assert "there is no header" in page.plain


def test_an_index_column_is_left_out_and_can_be_kept():
    page, key = with_file(b"Id,x,y\n1,2.5,3\n2,3.5,5\n3,9.5,8\n4,7.5,9\n")
    assert "The column 'Id' only numbers the rows: it is left out" in page.plain
    page.set(f"{key}_index", False)
    assert page.value(f"{key}{chosen_columns(page, ('Id', 'x', 'y'), 'y')}_inputs") == ["Id", "x"]


def test_rows_with_missing_cells_are_told_or_left_out_and_counted():
    rows = "".join(f"{i % 7},{i % 5 if i != 3 else '?'},{'ab'[i % 2]}\n" for i in range(30))
    page, key = with_file(f"u,v,kind\n{rows}".encode())
    assert "Line 5 (row 4), column 'v': '?' stands for a number that is missing" in page.plain
    page.set(f"{key}{chosen_columns(page, ('u', 'v', 'kind'), 'kind')}_gaps", "Leave them out")
    assert "1 row is left out" in page.plain
    run = trained(page.press("training_suited")).held("training_run")
    assert run.data.size + run.test.size == 29


def test_large_targets_are_standardised_and_shown_in_their_own_units():
    rows = "".join(f"{3e6 + 1e5 * i},{1150 + 90 * i}\n" for i in range(20))
    page, key = with_file(f"size,cost\n{rows}".encode())
    assert page.charts and not page.disabled("training_view")
    run = trained(page.press("training_suited"), 50).held("training_run")
    assert np.abs(run.data.y).max() < 3 and run.data.own_y.max() > 2500 and not run.history.diverged
    main = header(page)["main"]
    # the axes are labelled in the units of the file
    assert "2000" in {words for _, words in main["y"]["ticks"]}
    columns = f"{key}{chosen_columns(page, ('size', 'cost'), 'cost')}"
    page.set(f"{columns}_scale", False)
    assert "neurons saturate there" in page.plain


def test_a_target_that_the_output_cannot_reach_is_said_before_training_and_mended():
    page, _ = with_file(b"bedrooms,sqft,cost\n3,1421,1692\n3,1545,1822\n2,875,1150\n4,2310,2890\n3,1600,1750\n")
    sigmoid = with_activation(resized(EXAMPLE, [2, 3, 1]), 1, "sigmoid")
    page = opened("csv", replace(sigmoid, network=replace(sigmoid.network, loss="half_squared_error")))
    page.upload("training_upload", "h.csv", b"bedrooms,sqft,cost\n3,1421,1692\n3,1545,1822\n2,875,1150\n4,2310,2890\n")
    assert "The target cost goes from 1150 to 2890" in page.plain
    assert "sigmoid, only gives numbers from 0 to 1" in page.plain
    page.press("training_fit")
    assert page.network.layers[-1].activation == "identity" and not page.disabled("train")


def test_ten_classes_are_drawn_by_their_names():
    names = [f"kind {letter}" for letter in "abcdefghij"]
    rows = "".join(f"{i % 10 + 0.01 * i},{i % 3},{names[i % 10]}\n" for i in range(40))
    page, _ = with_file(f"u,v,kind\n{rows}".encode())
    assert page.charts
    sent = header(trained(page.press("training_suited")))
    assert [key["words"] for key in sent["main"]["keys"]] == names
    assert sent["layers"][-1]["names"][9] == "Output, neuron 10: kind j"
    assert (
        len({key["colour"] for key in sent["main"]["keys"]})
        == len({key["shape"] for key in sent["main"]["keys"]})
        == 10
    )


def test_all_columns_of_numbers_are_inputs_at_first():
    names = [f"c{i}" for i in range(50)]
    rows = "".join(",".join(f"{(i * j) % 11 + 0.5}" for j in range(50)) + f",{'ab'[i % 2]}\n" for i in range(12))
    page, _ = with_file(f"{','.join(names)},kind\n{rows}".encode())
    run = trained(page.press("training_suited"), 2).held("training_run")
    assert run.data.inputs == tuple(names)
    assert [key["words"] for key in header(page)["main"]["keys"]] in ([], ["a", "b"])


@pytest.mark.parametrize("name", RECORDED)
def test_measured_tables_are_shown_trained_on_and_played(name):
    page = opened(name)
    assert page.charts and RECORDED[name].remark in page.plain
    run = trained(page.press("training_suited"), 20).held("training_run")
    assert run.history.loss[-1] < run.history.loss[0] and run.data.inputs == RECORDED[name].inputs
    assert page.network.sizes[1:-1] == RECORDED[name].hidden


def test_the_confusion_matrix_follows_the_player():
    page = trained(opened("iris").press("training_suited"), 40)
    run = page.held("training_run")
    counts = [page.column(f"as {name}") for name in run.data.outputs]
    assert sum(map(sum, counts)) == run.data.size
    right = sum(counts[index][index] for index in range(3))
    assert right / run.data.size == pytest.approx(run.history.accuracy[-1])
    page.tell("training_player", snapshot=0)
    counts = [page.column(f"as {name}") for name in run.data.outputs]
    assert sum(counts[index][index] for index in range(3)) / run.data.size == pytest.approx(run.history.accuracy[0])
    assert "epoch 0" in page.plain


def test_a_regression_has_no_confusion_matrix():
    assert "true class" not in trained(opened("line").press("training_suited")).plain
