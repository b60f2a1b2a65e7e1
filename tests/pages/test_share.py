"""The Share page without a browser: links lead back, files are taken or refused, and nothing is lost on the way."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import (
    PRESETS,
    Experiment,
    Layer,
    Network,
    decode,
    encode,
    from_json,
    numpy_program,
    to_json,
    torch_program,
    train,
)
from engine.data.dataset import classification
from pages.widgets.share.link import base, slug
from pages.widgets.share.opening import read
from pages.widgets.shared.markdown import plain
from pages.widgets.training.run import Run
from tests import weight_files as files

APP = Path(__file__).parents[2] / "app.py"
DEFAULT = PRESETS["worked-example"].experiment
OWN = Experiment(
    Network([Layer([[0.5, -1.0]], [0.25], "tanh"), Layer([[2.0]], [0.0], "identity")], "huber"), [1, 2], [0.5], 0.1
)
RNG = np.random.default_rng(1)
PYTORCH = {"0.weight": RNG.normal(size=(4, 3)), "0.bias": RNG.normal(size=4), "2.weight": RNG.normal(size=(2, 4))}


def share(section: str = "Link", **parameters: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    at.switch_page("pages/share.py").run()
    at.segmented_control(key="share_as").set_value(section).run()
    assert not at.exception
    return at


def components(at: AppTest) -> list[dict]:
    return [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]


def link_in(at: AppTest) -> dict[str, str]:
    address = next(data["text"] for data in components(at) if data["label"] == "Link")
    return {name: values[0] for name, values in parse_qs(urlparse(address).query).items()}


def at_hand(at: AppTest) -> Experiment:
    return from_json(to_json(at.session_state["experiment"])) if "experiment" in at.session_state else DEFAULT


def opened(name: str, content: bytes, **parameters: str) -> AppTest:
    at = share("Open a file", **parameters)
    at.file_uploader(key="upload").set_value((name, content, "application/octet-stream")).run()
    assert not at.exception
    return at


def test_the_link_of_an_example_is_short_and_opens_at_the_step_chosen() -> None:
    at = share()
    at.number_input[0].set_value(7).run()
    assert link_in(at) == {"preset": "worked-example", "step": "7"}
    at.toggle(key="link_embed").set_value(True).run()
    assert link_in(at)["embed"] == "true"


def test_the_link_of_an_own_network_holds_all_of_it() -> None:
    at = share(net=encode(OWN))
    assert decode(link_in(at)["net"]) == OWN
    iframe = next(data["text"] for data in components(at) if data["label"] != "Link")
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
    at = share("Programs", net=encode(OWN))
    at.segmented_control(key="program").set_value(name).run()
    assert at.code[0].value == make(OWN).strip()


@pytest.mark.parametrize("section", ["Animation", "Picture", "JSON", "Open a file"])
def test_every_section_is_drawn_for_every_example(section: str) -> None:
    for preset in ("xor", "vanishing"):
        assert not share(section, preset=preset).exception


def test_a_saved_experiment_is_opened_and_can_be_undone() -> None:
    at = opened("experiment.json", to_json(OWN).encode())
    assert at_hand(at) == DEFAULT
    at.button(key="take").click().run()
    assert at_hand(at) == OWN and at.success
    at.button(key="undo_opening").click().run()
    assert at_hand(at) == DEFAULT


def test_a_pytorch_network_is_shown_as_understood_and_becomes_the_one_at_hand() -> None:
    at = opened("model.npz", files.npz_of(PYTORCH))
    table = at.dataframe[0].value if at.dataframe else None
    assert table is None or list(table["Neurons"]) == ["3 → 4", "4 → 2"]
    assert any("no biases" in caption.value for caption in at.caption)
    at.button(key="take").click().run()
    network = at_hand(at).network
    assert [layer.activation for layer in network.layers] == ["relu", "softmax"] and network.loss == "cross_entropy"
    np.testing.assert_array_equal(network.layers[0].W, PYTORCH["0.weight"])
    np.testing.assert_array_equal(network.layers[1].b, [0, 0])
    # the input at hand has three numbers too, and is kept
    np.testing.assert_array_equal(at_hand(at).x, DEFAULT.x)


def test_a_square_matrix_is_asked_about_and_the_answer_counts() -> None:
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    at = opened("model.npz", files.npz_of({"0.weight": W, "0.bias": np.zeros(2)}))
    at.radio(key="convention").set_value("in_out").run()
    at.button(key="take").click().run()
    np.testing.assert_array_equal(at_hand(at).network.layers[0].W, W.T)


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
    at = opened(name, content, net=encode(OWN))
    assert message in at.error[0].value and "What you had is unchanged" in at.error[0].value
    assert at_hand(at) == OWN


def test_names_in_a_file_are_no_markdown() -> None:
    at = opened("model.npz", files.npz_of({"[x](https://evil.example)": np.zeros((2, 2, 2))}))
    assert r"\[x\]\(" in at.error[0].value
    assert plain("a_b*c") == r"a\_b\*c" and plain("plain words") == "plain words"


def test_an_experiment_is_told_from_weights() -> None:
    assert read("a.json", to_json(OWN).encode()) == OWN
    assert not isinstance(read("a.json", json.dumps({"weights": [[[1.0]]]}).encode()), Experiment)


@pytest.mark.parametrize(("section", "key"), [("Animation", "animation_of"), ("Picture", "picture_of")])
def test_a_training_run_is_shared_the_same_way_once_there_is_one(section: str, key: str) -> None:
    at = share(section)
    assert key not in {control.key for control in at.segmented_control}
    data = classification("two", np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1]), ("no", "yes"))
    network = Network([Layer([[1.0, -1.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    history = train(network, data.x, data.y, epochs=5, batch_size=2, seed=0)
    at.session_state["training_run"] = Run(title="a test", data=data, test=None, history=history, update_biases=True)
    at.run()
    at.segmented_control(key=key).set_value("Training run").run()
    assert not at.exception
    assert "download_run" in {button.key for button in at.download_button} or at.select_slider
