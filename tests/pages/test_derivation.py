"""The Derivation page without a browser: its text, its walk through the steps, its choices, and its address."""

from typing import Any

import pytest

from engine import PRESETS, Experiment, Network
from engine.derivation import book
from engine.formulas.symbols import UNFOLDED
from engine.gradcheck.mistakes import MISTAKES
from engine.network.places import Weight
from pages.figures.markup import katex
from pages.figures.theme import LIGHT
from tests.engine.derivation.cases import CASES, wide
from tests.engine.derivation.reading import workings
from tests.pages.cases import large
from tests.pages.page import Page
from tests.samples import EXAMPLE


def opened(experiment: Experiment = EXAMPLE, **session: Any) -> Page:
    return Page("pages/derivation.py", experiment, session)


@pytest.mark.parametrize("name", ["first-look", "vanishing", "single layer", "hidden softmax", "wide"])
def test_every_chapter_of_every_network_is_on_the_page(name: str) -> None:
    page = opened(CASES[name])
    # after the one of the page
    headers = page.said("header")[1:]
    titles = [chapter.title for chapter in book(CASES[name])]
    assert headers[: len(titles)] == [f"{n}\u2002{title}" for n, title in enumerate(titles, 1)]
    assert "Where tutorials go wrong" in headers
    anchors = [anchor for anchor, _ in page.told("contents")["chapters"]]
    assert [header.proto.anchor for header in page.at.header][1 : len(titles) + 1] == anchors


def test_a_large_network_is_shown_without_its_program_in_full() -> None:
    page = opened(large())
    assert not page.said("code") and "the Share page has the program as a file" in page.text
    assert opened().said("code")[0].startswith('"""One step of gradient descent')


def test_the_published_numbers_are_shown_for_a_preset_and_for_nothing_else() -> None:
    assert "Published numbers" in opened().said("header")
    own = Experiment(Network(EXAMPLE.network.layers, EXAMPLE.network.loss), EXAMPLE.x * 2, EXAMPLE.y, 0.1)
    page = opened(own)
    assert "Published numbers" not in page.said("header")
    assert "Your own network" in page.text


@pytest.mark.parametrize(("form", "attribute"), [("layer", "matrices"), ("numbers", "numbers")])
def test_the_steps_are_shown_in_the_form_chosen_and_the_choice_stays(form: str, attribute: str) -> None:
    page = opened()
    found = workings(book(EXAMPLE))
    assert all(katex(working.neurons[0].latex, LIGHT) in page.text for working in found.values())
    page.set("form", form)
    assert all(katex(getattr(working, attribute), LIGHT) in page.text for working in found.values())
    page.go("app.py").go("pages/derivation.py")
    assert page.value("form") == form


def test_large_matrices_are_unfolded_on_demand() -> None:
    page = opened(wide())
    long = workings(book(wide(), UNFOLDED))["weighted_sum", 1].numbers
    page.set("form", "numbers")
    assert katex(long, LIGHT) not in page.text
    page.set("unfolded", True)
    assert katex(long, LIGHT) in page.text
    assert not opened().has("unfolded")


def test_the_walk_shares_its_step_with_the_other_pages_and_the_address() -> None:
    page = opened(step=12)
    assert "Step 12 of 58" in page.said("caption")[0]
    page.press("next_step")
    assert page.held("step") == 13
    assert page.address["step"] == "13"
    assert "Step 13 of 58" in page.said("caption")[0]
    page.press("previous_step").press("previous_step")
    assert page.held("step") == 11
    page.set("Step", 1)
    assert page.held("step") == 1
    assert page.disabled("previous_step")
    assert page.told("contents")["step"] == 1
    page.go("app.py")
    assert page.held("step") == 1


def test_next_goes_on_in_the_text_where_the_calculation_comes_back_to_a_chapter() -> None:
    # the last bias gradient of the output layer, its update, and the first step of the layer before
    page = opened(step=27).press("next_step")
    assert page.held("step") == 52 and "Step 28 of 58" in page.said("caption")[0]
    page.press("next_step")
    assert page.held("step") == 53
    page.press("next_step")
    assert page.held("step") == 28 and "Step 30 of 58" in page.said("caption")[0]
    page.press("previous_step")
    assert page.held("step") == 53
    page.set("Step", 58)
    assert page.address["step"] == "58" and page.disabled("next_step")


def test_the_keys_are_the_arrows() -> None:
    page = opened(step=5)
    assert page.widget("previous_step").proto.shortcut.lower() == "left"
    assert page.widget("next_step").proto.shortcut.lower() == "right"


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (1, ".st-key-place-weighted-sum-1 .katex-display:nth-of-type(2)"),
        (4, ".st-key-place-activation-1 .katex-display:nth-of-type(3)"),
        (16, ".st-key-place-activation-3"),
        (17, ".st-key-place-joint-loss-3"),
        (20, ".st-key-place-loss-gradient-3 .katex-display:nth-of-type(3)"),
        (57, ".st-key-place-bias-update-1"),
        (58, ".st-key-place-new-loss-3"),
    ],
)
def test_the_place_of_each_step_is_marked(step: int, place: str) -> None:
    page = opened(step=step)
    assert page.told("contents")["place"] == place
    assert f"{place} {{background" in "".join(page.said("html"))
    page.set("form", "numbers")
    assert page.told("contents")["place"] == place.partition(" ")[0]


def test_steps_of_whole_layers_have_their_places_too() -> None:
    page = opened(detail="layer", step=1)
    assert "Step 1 of 26" in page.said("caption")[0]
    assert page.told("contents")["place"] == ".st-key-place-weighted-sum-1"


def test_another_weight_can_be_picked() -> None:
    page = opened().set("weight_layer", 1).set("weight_to", 2).set("weight_source", 3)
    weight = next(c for c in book(EXAMPLE, weight=Weight(1, 2, 3)) if c.anchor == "weight")
    assert katex(weight.blocks[0].text, LIGHT) in page.text  # type: ignore[union-attr]


def test_a_weight_that_is_clicked_in_the_picture_is_picked_and_one_that_is_gone_is_not() -> None:
    page = opened(selected=Weight(2, 3, 1))
    page.run()
    assert [page.value(f"weight_{name}") for name in ("layer", "to", "source")] == [2, 3, 1]
    page.hold(experiment=PRESETS["first-look"].experiment)
    assert [page.value(f"weight_{name}") for name in ("layer", "to", "source")] == [2, 1, 1]


def test_each_mistake_can_be_looked_at() -> None:
    page = opened()
    for name in page.options("mistake"):
        mistake = next(m for m in MISTAKES.values() if m.title == name)
        page.set("mistake", mistake.name)
        assert mistake.explanation in page.text


def test_a_mistake_that_the_network_does_not_allow_gives_way_to_one_that_it_does() -> None:
    page = opened().set("mistake", "softmax_diagonal")
    page.hold(experiment=PRESETS["first-look"].experiment)
    assert page.value("mistake") == "no_slope"


def test_the_chapter_in_the_address_is_handed_to_the_contents_and_stays() -> None:
    page = Page()
    page.at.query_params["chapter"] = "softmax"
    page.go("pages/derivation.py")
    page.at.query_params["chapter"] = "softmax"
    page.run()
    assert page.told("contents")["chapter"] == "softmax"
    page.press("next_step")
    assert page.address["chapter"] == "softmax"


def test_the_network_can_be_edited_beside_the_text() -> None:
    page = opened().set("reading_sidebar", "Edit the network").set("preset", "mazur")
    assert "Mazur" in page.text
