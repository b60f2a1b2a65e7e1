"""The Derivation page without a browser: its text, its walk through the steps, its choices, and its address."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

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

APP = Path(__file__).parents[2] / "app.py"
EXAMPLE = PRESETS["worked-example"].experiment


def opened(experiment: Experiment = EXAMPLE, **session: Any) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.session_state["experiment"] = experiment
    for key, value in session.items():
        at.session_state[key] = value
    at.switch_page("pages/derivation.py").run()
    assert not at.exception
    return at


def text(at: AppTest) -> str:
    return "\n".join(markdown.value for markdown in at.markdown)


def contents(at: AppTest) -> dict[str, Any]:
    """What the list of contents is told."""
    import json

    (component,) = [c for c in at.get("bidi_component") if c.proto.component_name.endswith("contents")]
    data: dict[str, Any] = json.loads(component.proto.json)
    return data


@pytest.mark.parametrize("name", ["first-look", "vanishing", "single layer", "hidden softmax", "wide"])
def test_every_chapter_of_every_network_is_on_the_page(name: str) -> None:
    at = opened(CASES[name])
    headers = [header.value for header in at.header]
    titles = [chapter.title for chapter in book(CASES[name])]
    assert headers[: len(titles)] == [f"{n}\u2002{title}" for n, title in enumerate(titles, 1)]
    assert "Where tutorials go wrong" in headers
    anchors = [anchor for anchor, _ in contents(at)["chapters"]]
    assert [header.proto.anchor for header in at.header][: len(titles)] == anchors


def test_a_large_network_is_shown_without_its_program_in_full() -> None:
    at = opened(large())
    assert not at.code and "the Share page has the program as a file" in text(at)
    assert opened().code[0].value.startswith('"""One step of gradient descent')


def test_the_published_numbers_are_shown_for_a_preset_and_for_nothing_else() -> None:
    assert "Published numbers" in [header.value for header in opened().header]
    own = Experiment(Network(EXAMPLE.network.layers, EXAMPLE.network.loss), EXAMPLE.x * 2, EXAMPLE.y, 0.1)
    at = opened(own)
    assert "Published numbers" not in [header.value for header in at.header]
    assert "Your own network" in text(at)


@pytest.mark.parametrize(("form", "attribute"), [("layer", "matrices"), ("numbers", "numbers")])
def test_the_steps_are_shown_in_the_form_chosen_and_the_choice_stays(form: str, attribute: str) -> None:
    at = opened()
    found = workings(book(EXAMPLE))
    assert all(katex(working.neurons[0].latex, LIGHT) in text(at) for working in found.values())
    at.segmented_control(key="form").set_value(form).run()
    assert all(katex(getattr(working, attribute), LIGHT) in text(at) for working in found.values())
    at.switch_page("app.py").run()
    at.switch_page("pages/derivation.py").run()
    assert at.segmented_control(key="form").value == form


def test_large_matrices_are_unfolded_on_demand() -> None:
    at = opened(wide())
    long = workings(book(wide(), UNFOLDED))["weighted_sum", 1].numbers
    at.segmented_control(key="form").set_value("numbers").run()
    assert katex(long, LIGHT) not in text(at)
    at.toggle(key="unfolded").set_value(True).run()
    assert katex(long, LIGHT) in text(at)
    assert not [toggle for toggle in opened().toggle if toggle.key == "unfolded"]


def test_the_walk_shares_its_step_with_the_other_pages_and_the_address() -> None:
    at = opened(step=12)
    assert "Step 12 of 57" in at.caption[0].value
    at.button(key="next_step").click().run()
    assert at.session_state["step"] == 13
    assert "".join(at.query_params["step"]) == "13"
    assert "Step 13 of 57" in at.caption[0].value
    at.button(key="previous_step").click().run()
    at.button(key="previous_step").click().run()
    assert at.session_state["step"] == 11
    at.slider[0].set_value(1).run()
    assert at.session_state["step"] == 1
    assert at.button(key="previous_step").disabled
    assert contents(at)["step"] == 1
    at.switch_page("app.py").run()
    assert at.session_state["step"] == 1


def test_the_keys_are_the_arrows() -> None:
    at = opened(step=5)
    assert at.button(key="previous_step").proto.shortcut.lower() == "left"
    assert at.button(key="next_step").proto.shortcut.lower() == "right"


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (1, ".st-key-place-weighted-sum-1 .katex-display:nth-of-type(2)"),
        (4, ".st-key-place-activation-1 .katex-display:nth-of-type(3)"),
        (16, ".st-key-place-activation-3"),
        (17, ".st-key-place-joint-loss-3"),
        (20, ".st-key-place-loss-gradient-3 .katex-display:nth-of-type(3)"),
        (57, ".st-key-place-bias-update-1"),
    ],
)
def test_the_place_of_each_step_is_marked(step: int, place: str) -> None:
    at = opened(step=step)
    assert contents(at)["place"] == place
    assert any(f"{place} {{background" in html.proto.body for html in at.get("html"))
    at.segmented_control(key="form").set_value("numbers").run()
    assert contents(at)["place"] == place.partition(" ")[0]


def test_steps_of_whole_layers_have_their_places_too() -> None:
    at = opened(detail="layer", step=1)
    assert "Step 1 of 25" in at.caption[0].value
    assert contents(at)["place"] == ".st-key-place-weighted-sum-1"


def test_another_weight_can_be_picked() -> None:
    at = opened()
    at.selectbox(key="weight_layer").set_value(1).run()
    at.selectbox(key="weight_to").set_value(2).run()
    at.selectbox(key="weight_source").set_value(3).run()
    weight = next(c for c in book(EXAMPLE, weight=Weight(1, 2, 3)) if c.anchor == "weight")
    assert katex(weight.blocks[0].text, LIGHT) in text(at)  # type: ignore[union-attr]


def test_a_weight_that_is_clicked_in_the_picture_is_picked_and_one_that_is_gone_is_not() -> None:
    at = opened(selected=Weight(2, 3, 1))
    at.run()
    assert [at.selectbox(key=f"weight_{name}").value for name in ("layer", "to", "source")] == [2, 3, 1]
    at.session_state["experiment"] = PRESETS["first-look"].experiment
    at.run()
    assert not at.exception
    assert [at.selectbox(key=f"weight_{name}").value for name in ("layer", "to", "source")] == [2, 1, 1]


def test_each_mistake_can_be_looked_at() -> None:
    at = opened()
    for name in at.pills(key="mistake").options:
        mistake = next(m for m in MISTAKES.values() if m.title == name)
        at.pills(key="mistake").set_value(mistake.name).run()
        assert not at.exception
        assert mistake.explanation in text(at)


def test_a_mistake_that_the_network_does_not_allow_gives_way_to_one_that_it_does() -> None:
    at = opened()
    at.pills(key="mistake").set_value("softmax_diagonal").run()
    at.session_state["experiment"] = PRESETS["first-look"].experiment
    at.run()
    assert not at.exception
    assert at.pills(key="mistake").value == "no_slope"


def test_the_chapter_in_the_address_is_handed_to_the_contents_and_stays() -> None:
    at = AppTest.from_file(APP, default_timeout=60)
    at.run()
    at.query_params["chapter"] = "softmax"
    at.switch_page("pages/derivation.py").run()
    at.query_params["chapter"] = "softmax"
    at.run()
    assert contents(at)["chapter"] == "softmax"
    at.button(key="previous_step").click().run()
    assert "".join(at.query_params["chapter"]) == "softmax"


def test_the_network_can_be_edited_beside_the_text() -> None:
    at = opened()
    at.segmented_control(key="reading_sidebar").set_value("Edit the network").run()
    at.selectbox(key="preset").set_value("mazur").run()
    assert not at.exception
    assert "Mazur" in text(at)
