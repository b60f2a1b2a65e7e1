"""The Share page without a browser: links lead back, files are taken or refused, and nothing is lost on the way."""

import json
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest

from engine import (
    PRESETS,
    Experiment,
    Layer,
    Network,
    decode,
    encode,
    numpy_program,
    to_json,
    torch_program,
    train,
)
from engine.data.dataset import classification
from engine.programs.sections import title
from pages.widgets.share.link import base, slug
from pages.widgets.share.opening import read
from pages.widgets.shared.markdown import plain
from pages.widgets.training.run import Run
from tests import weight_files as files
from tests.pages.page import Page
from tests.samples import EXAMPLE

OWN = Experiment(
    Network([Layer([[0.5, -1.0]], [0.25], "tanh"), Layer([[2.0]], [0.0], "identity")], "huber"), [1, 2], [0.5], 0.1
)
RNG = np.random.default_rng(1)
PYTORCH = {"0.weight": RNG.normal(size=(4, 3)), "0.bias": RNG.normal(size=4), "2.weight": RNG.normal(size=(2, 4))}

ASKED_WAY = "The shapes fit both ways round. How does the file store a matrix?"
AGREED = "The network is right without what is left out"


def share(section: str = "Link", **parameters: str) -> Page:
    return Page("pages/share.py", **parameters).set("share_as", section)


def link_in(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(page.told("link")["text"]).query).items()}


def opened(name: str, content: bytes, **parameters: str) -> Page:
    return share("Open a file", **parameters).upload("upload", name, content)


def test_the_link_of_an_example_is_short_and_opens_at_the_step_chosen() -> None:
    page = share().set("at step", 7)
    assert link_in(page) == {"preset": "worked-example", "step": "7"}
    page.set("link_embed", True)
    assert link_in(page)["embed"] == "true"


def test_the_link_of_an_own_network_holds_all_of_it() -> None:
    page = share(net=encode(OWN))
    assert decode(link_in(page)["net"]) == OWN
    iframe = page.told("iframe")["text"]
    assert iframe.startswith('<iframe src="') and "&amp;embed=true" in iframe and 'title="' in iframe


def test_the_app_is_found_from_the_address_of_the_page() -> None:
    for address in (
        "https://x.org/app/share",
        "https://x.org/app/share/?net=1",
        "https://x.org/app/",
        "https://x.org/app",
    ):
        assert base(address) == "https://x.org/app/"
    assert base("http://localhost:8501/share") == base("http://localhost:8501") == "http://localhost:8501/"
    assert slug("app.py") == "" and slug("pages/share.py") == "share"


@pytest.mark.parametrize(("name", "make"), [("NumPy", numpy_program), ("PyTorch", torch_program)])
def test_the_program_shown_is_that_of_the_network_at_hand(name: str, make) -> None:
    page = share("Programs", net=encode(OWN)).set("program", name)
    assert page.said("code")[0] == make(OWN).strip()


@pytest.mark.parametrize("preset", ["xor", "vanishing"])
def test_every_section_shares_the_example_at_hand(preset: str) -> None:
    experiment = PRESETS[preset].experiment
    assert share("Animation", preset=preset).has("download_animation")
    assert share("Picture", preset=preset).told("still")["alt"].startswith(title(experiment))
    assert share("JSON", preset=preset).said("code") == [to_json(experiment)]


def test_a_saved_experiment_is_opened_and_can_be_undone() -> None:
    page = opened("experiment.json", to_json(OWN).encode())
    assert page.experiment == EXAMPLE
    page.press("take")
    assert page.experiment == OWN and page.said("success")
    page.press("undo_opening")
    assert page.experiment == EXAMPLE


def test_a_pytorch_network_is_shown_as_understood_and_becomes_the_one_at_hand() -> None:
    page = opened("model.npz", files.npz_of(PYTORCH))
    assert page.column("Neurons") == ["3 → 4", "4 → 2"]
    assert "no biases" in page.text
    page.press("take")
    network = page.network
    assert [layer.activation for layer in network.layers] == ["relu", "softmax"] and network.loss == "cross_entropy"
    np.testing.assert_array_equal(network.layers[0].W, PYTORCH["0.weight"])
    np.testing.assert_array_equal(network.layers[1].b, [0, 0])
    # the input at hand has three numbers too, and is kept
    np.testing.assert_array_equal(page.experiment.x, EXAMPLE.x)


def test_a_square_matrix_is_asked_about_and_the_answer_counts() -> None:
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    page = opened("model.npz", files.npz_of({"0.weight": W, "0.bias": np.zeros(2)}))
    page.set(ASKED_WAY, "in_out").press("take")
    np.testing.assert_array_equal(page.network.layers[0].W, W.T)


def test_an_answer_about_one_file_is_none_about_the_next() -> None:
    square = {"0.weight": np.array([[1.0, 2.0], [3.0, 4.0]]), "0.bias": np.zeros(2)}
    page = opened("model.npz", files.npz_of(square)).set(ASKED_WAY, "in_out")
    page.upload("upload", "model.npz", files.npz_of(square | {"0.bias": np.ones(2)}))
    assert page.value(ASKED_WAY) == "out_in"


def test_what_is_left_out_is_named_and_to_be_agreed_to() -> None:
    beside = {"criterion.weight": np.ones(2), "global_step": np.array(3)}
    page = opened("model.npz", files.npz_of(PYTORCH | beside))
    assert (
        "criterion.weight” (part of the loss)" in page.plain
        and "global_step” (counter)" in page.plain
        and not page.has("take")
    )
    page.set(AGREED, True).press("take")
    np.testing.assert_array_equal(page.network.layers[0].W, PYTORCH["0.weight"])
    counted = opened("model.npz", files.npz_of(PYTORCH | {"global_step": np.array(3)}))
    assert "counter" in counted.text and counted.has("take")


def test_where_a_batch_norm_stands_is_asked_where_the_file_does_not_show_it() -> None:
    norm = {"weight": 2 * np.ones(4), "bias": np.ones(4), "running_mean": np.zeros(4), "running_var": np.ones(4)}
    named = {f"bn1.{name}": array for name, array in norm.items()}
    dense = {"fc1.weight": PYTORCH["0.weight"], "fc1.bias": PYTORCH["0.bias"], "fc2.weight": PYTORCH["2.weight"]}
    page = opened("model.npz", files.npz_of(named | dense))
    (question,) = (radio.key for radio in page.at.radio if "BatchNorm" in radio.label)
    np.testing.assert_allclose(page.press("take").network.layers[0].W, 2 * PYTORCH["0.weight"], rtol=1e-4)
    page.set(question, "after").press("take")
    np.testing.assert_array_equal(page.network.layers[0].W, PYTORCH["0.weight"])
    np.testing.assert_allclose(page.network.layers[1].W, 2 * PYTORCH["2.weight"], rtol=1e-4)


def test_after_a_refused_file_nothing_of_the_file_before_is_on_the_page() -> None:
    page = opened("first.npz", files.npz_of(PYTORCH | {"criterion.weight": np.ones(2)}))
    assert plain("first.npz") in page.text
    page.upload("upload", "second.npz", files.npz_of(PYTORCH)[:100])
    assert page.said("error") and not page.has("take") and not len(page.at.dataframe)
    assert plain("first.npz") not in page.text and "criterion" not in page.text


def test_a_network_of_an_image_is_saved_and_opened_again_and_is_drawn_as_images() -> None:
    rng = np.random.default_rng(2)
    shapes = {"0.weight": (64, 784), "0.bias": (64,), "2.weight": (10, 64), "2.bias": (10,)}
    arrays = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    page = opened("mnist.npz", files.npz_of(arrays)).press("take")
    text = to_json(page.experiment)
    assert len(text) > 1_000_000 and read("a.json", text.encode()) == page.experiment
    page.go("app.py")
    assert "images of 28 × 28" in page.text
    assert page.options("Neurons")[1] == "13 to 24"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("model.pt", b"\x80\x04x", "safetensors"),
        ("experiment.json", to_json(OWN).replace("tanh", "than").encode(), "no activation called"),
        ("experiment.json", to_json(OWN)[:-9].encode(), "not valid JSON"),
        ("model.npz", files.npz_of(PYTORCH)[:100], "damaged"),
        ("bomb.npz", files.bomb_with_honest_size(), "Unpacked"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_what_was_at_hand_stays(name: str, content: bytes, message: str) -> None:
    page = opened(name, content, net=encode(OWN))
    assert message in page.said("error")[0] and "What you had is unchanged" in page.said("error")[0]
    assert page.experiment == OWN


def test_names_in_a_file_are_no_markdown() -> None:
    page = opened("model.npz", files.npz_of({"[x](https://evil.example)": np.zeros((2, 2, 2))}))
    assert r"\[x\]\(" in page.said("error")[0]
    assert plain("a_b*c") == r"a\_b\*c" and plain("plain words") == "plain words"


def test_an_experiment_is_told_from_weights() -> None:
    assert read("a.json", to_json(OWN).encode()) == OWN
    assert not isinstance(read("a.json", json.dumps({"weights": [[[1.0]]]}).encode()), Experiment)


@pytest.mark.parametrize(("section", "key"), [("Animation", "animation_of"), ("Picture", "picture_of")])
def test_a_training_run_is_shared_the_same_way_once_there_is_one(section: str, key: str) -> None:
    page = share(section)
    assert not page.has(key)
    data = classification("two", np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1]), ("no", "yes"))
    network = Network([Layer([[1.0, -1.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    history = train(network, data.x, data.y, epochs=5, batch_size=2, seed=0)
    page.hold(training_run=Run(title="a test", data=data, test=None, history=history, update_biases=True))
    page.set(key, "Training run")
    if section == "Animation":
        assert page.widget("download_run").label == "Download training.html"
    else:
        assert page.value("Epoch") == 5 and "a test, epoch 5" in page.told("run")["alt"]
