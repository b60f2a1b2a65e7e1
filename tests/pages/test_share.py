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
    page.set("convention", "in_out").press("take")
    np.testing.assert_array_equal(page.network.layers[0].W, W.T)


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
