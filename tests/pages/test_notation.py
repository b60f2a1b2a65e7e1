"""The notation chosen in a page's head: kept by the session, in the address, and on every page."""

import pytest

from engine import PRESETS, Experiment, Layer, Network
from engine.formulas.notations import NOTATIONS
from tests.pages.page import Page

PAGES = ("pages/derivation.py", "pages/activations.py", "pages/gradients.py", "pages/landscape.py", "pages/share.py")


def test_a_notation_that_is_chosen_is_in_the_address_and_leaves_the_numbers_alone() -> None:
    page = Page(preset="mazur", step="3")
    before = page.experiment
    page.set("notation_choice", "mazur")
    assert page.address["notation"] == "mazur" and page.address["step"] == "3" and page.experiment == before
    assert any(r"\text{net}_{h2}" in latex for latex in page.said("latex"))
    assert all("notation=mazur" in link for link in page.links if "notation" in link)
    assert "notation" not in page.set("notation_choice", "ours").address


@pytest.mark.parametrize("name", [name for name in NOTATIONS if name != "ours"])
def test_a_link_opens_in_its_notation_and_the_next_page_keeps_it(name: str) -> None:
    page = Page(preset="mazur", notation=name)
    assert page.widget("notation_choice").value == name and not page.said("warning")
    assert page.experiment == PRESETS["mazur"].experiment
    for file in PAGES if name == "ng" else PAGES[:1]:
        page.go(file)
        assert page.widget("notation_choice").value == name and page.address["notation"] == name


def test_an_unknown_notation_keeps_network_and_step_and_says_so() -> None:
    page = Page(preset="mazur", notation="<b>x</b>", step="4")
    (warning,) = page.said("warning")
    assert "no notation called" in warning and "nielsen" in warning
    assert page.experiment == PRESETS["mazur"].experiment and page.address["step"] == "4"
    assert "notation" not in page.address


def test_a_functions_parameter_is_not_called_as_the_learning_rate_is() -> None:
    network = Network([Layer([[0.7]], [-1.6], "elu"), Layer([[1.0]], [0.0], "identity")], "squared_error")
    page = Page(experiment=Experiment(network, [1.3], [0.2], 0.1), notation="ng")
    assert page.widget("parameter_0").label == "Hidden 1, c of ELU"


def test_a_mistake_is_chosen_by_the_name_that_the_text_has_for_it() -> None:
    page = Page("pages/derivation.py", preset="mazur", notation="ng")
    assert "Forgetting g′(z)" in page.options("mistake")
    page.go("pages/gradients.py").set("gradients_view", "Check")
    assert "Forgetting g′(z)" in page.options("Break it: a mistake in the backward pass")


def test_an_optimizers_rule_has_one_letter_for_the_rate_and_another_for_its_own_setting() -> None:
    page = Page("pages/training.py", preset="mazur", notation="ng").set("training_optimizer", "rmsprop")
    assert any(r"v \leftarrow c v" in latex and r"- \alpha\," in latex for latex in page.said("latex"))
    assert page.widget("Learning rate α").value is not None
    assert page.widget("training_rmsprop_alpha").label == "Decay of the square ($c$)"


def test_all_numbers_and_fields_are_named_in_the_notation() -> None:
    page = Page(preset="mazur", notation="mazur")
    assert any("out_o1" in option for option in page.widget("inspected").options)
    page.set("inspected", next(option for option in page.widget("inspected").options if "h1" in option))
    assert any(r"\text{net}_{h1}" in latex for latex in page.said("latex"))
