"""The Gradients page without a browser: the check passes and catches, the laboratory runs, the paths add up."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, Layer, Network, backward, forward
from engine.analysis.init_experiment import Setting, run
from engine.gradcheck.mistakes import MISTAKES
from tests.pages.cases import NETWORKS

APP = Path(__file__).parents[2] / "app.py"
VIEWS = ("Your network", "Laboratory", "Check", "Paths")
EXAMPLE = PRESETS["worked-example"].experiment


def opened(view: str, experiment: Experiment = EXAMPLE) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.session_state["experiment"] = experiment
    at.switch_page("pages/gradients.py").run()
    at.segmented_control(key="gradients_view").set_value(view).run()
    assert not at.exception
    return at


@pytest.mark.parametrize("name", list(NETWORKS))
def test_every_network_can_be_looked_at_in_every_view(name: str) -> None:
    at = opened("Your network", NETWORKS[name])
    for view in VIEWS[2:]:
        at.segmented_control(key="gradients_view").set_value(view).run()
        assert not at.exception
    assert len(at.dataframe[0].value)


def test_norms_are_those_of_the_engine_and_a_vanishing_gradient_is_called_so() -> None:
    experiment = PRESETS["vanishing"].experiment
    at = opened("Your network", experiment)
    made = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    shown = [float(value.replace("−", "-").replace("×10⁻", "e-").translate(DIGITS)) for value in column(at, "‖∂L/∂W‖")]
    assert shown == pytest.approx([np.linalg.norm(dW) for dW in made.dW], rel=1e-3)
    assert any("it is vanishing" in markdown.value for markdown in at.markdown)


DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def column(at: AppTest, name: str) -> list[str]:
    return at.dataframe[0].value[name].tolist()


def test_the_check_passes_and_catches_every_mistake_that_can_be_made() -> None:
    at = opened("Check")
    assert "All 36 gradients agree" in at.success[0].value
    offered = [name for name in MISTAKES if MISTAKES[name].applies(EXAMPLE.network)]
    assert len(offered) == len(at.selectbox[0].options) - 1 == len(MISTAKES)
    for name in offered:
        at.selectbox[0].set_value(name).run()
        assert not at.exception and not at.success
        assert "disagree" in at.error[0].value
        assert any(MISTAKES[name].explanation in markdown.value for markdown in at.markdown)
        assert column(at, "verdict")[0] == "WRONG"


def test_a_step_of_ones_own_shows_how_rounding_spoils_the_quotient() -> None:
    at = opened("Check")
    at.selectbox(key="check_scheme").set_value("central").run()
    assert at.success
    at.slider(key="check_exponent").set_value(-13.0).run()
    assert not at.exception and at.error


def test_a_neuron_at_its_kink_is_said_to_be_no_case_for_the_check() -> None:
    network = Network([Layer([[1.0, -1.0], [1.0, 0.0]], [0.0, 0.0], "relu")], "half_squared_error")
    at = opened("Check", Experiment(network, [1.0, 1.0], [3.0, 3.0], 0.1))
    assert "All 3 gradients agree" in at.success[0].value
    assert any(caption.value.startswith("3 could not be judged") for caption in at.caption)


def test_the_laboratory_compares_two_networks_and_says_what_each_does_to_the_flow() -> None:
    at = opened("Laboratory")
    assert len(at.get("plotly_chart")) == 3 + 2 * 3
    expected = [run(setting).growth for setting in (Setting(initializer="normal", scale=0.06), Setting())]
    for words, (forwards, backwards) in zip(factors(at), expected, strict=True):
        assert f"**{forwards:.3g}**" in words and f"**{backwards:.3g}**" in words
    at.selectbox(key="lab_initializer_B").set_value("zeros").run()
    at.segmented_control(key="lab_axis").set_value("Value").run()
    assert not at.exception and "**0**" in factors(at)[1]
    # large enough for a progress bar, which is gone in the end
    at.number_input(key="lab_Neurons a layer_A").set_value(250).run()
    assert not at.exception and not at.get("progress")


def factors(at: AppTest) -> list[str]:
    return [markdown.value for markdown in at.markdown if markdown.value.startswith("Per layer")]


def test_paths_add_up_to_the_gradient() -> None:
    at = opened("Paths")
    made = backward(EXAMPLE.network, forward(EXAMPLE.network, EXAMPLE.x), EXAMPLE.y)
    at.selectbox[0].set_value(2).run()
    at.selectbox[1].set_value(3).run()
    at.selectbox[2].set_value(2).run()
    assert not at.exception
    assert f"{made.dW[1][2, 1]:.6g}" in at.latex[0].value
    # from the second layer on: three ways into the output's z, and three out of its softmax
    assert r"9\text{ paths}" in at.latex[0].value and len(column(at, "path")) == 9
    at.selectbox[2].set_value(0).run()
    assert f"{made.db[1][2]:.6g}" in at.latex[0].value
