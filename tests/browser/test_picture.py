"""Changing the network in its picture, as its users do: with the mouse, with keys alone, and on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import decode, encode
from engine.formulas.numbers import exact
from engine.network.editing import number_at, resized, with_layer_after
from engine.network.model import Experiment
from engine.network.places import given
from tests.browser.cells import cell, type_number
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.player import at
from tests.samples import EXAMPLE


def ready(page: Page) -> Page:
    page.wait_for_selector(".player[data-ready=true]")
    return page


def card(page: Page) -> Locator:
    return page.locator(".player .card")


def field(page: Page) -> Locator:
    return card(page).locator("input[data-place]")


def focused(page: Page) -> str:
    """The spot or the field that has the focus."""
    return str(page.evaluate("document.activeElement.dataset.spot ?? document.activeElement.dataset.place"))


def at_hand(page: Page) -> Experiment:
    """The experiment in the address."""
    found = re.search(r"[?&]net=([^&]+)", page.url)
    return decode(found[1]) if found else EXAMPLE


def drawn(page: Page) -> list[str]:
    """All numbers that the picture shows."""
    return page.locator(".player .plot text").all_text_contents()


def test_an_edge_answers_on_its_whole_length_and_is_marked_everywhere(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    for share in (0.12, 0.35, 0.62, 0.88):
        page.mouse.click(*at(page, "w.2.3.2", share))
        expect(field(page)).to_have_attribute("data-place", "w.2.3.2")
        expect(page.locator('[data-spot="w.2.3.2"]')).to_have_class(re.compile(r"\bselected\b"))
        expect(cell(page, "w.2.3.2")).to_have_class(re.compile(r"\bselected\b"))
        settle(page)
        assert "a₂ → a₃, Hidden 2" in page.locator(".st-key-inspected input").input_value()
        page.keyboard.press("Escape")
        settle(page)


def test_every_kind_of_number_is_typed_where_it_stands_and_all_is_undone(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=20"))
    typed = {"w.1.1.2": ("1/3", 1 / 3), "b.2.3": ("−0,5", -0.5), "x.3": ("1e-3", 0.001), "y.2": ("0.25", 0.25)}
    for place, (text, number) in typed.items():
        page.mouse.click(*at(page, place, 0.3))
        assert focused(page) == place
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        settle(page)
        assert number_at(at_hand(page), given(place)) == number
        expect(field(page)).to_have_value(exact(number))
        expect(cell(page, place)).to_have_value(exact(number))
        # what the change made of the loss, and what was promised
        expect(card(page).locator(".promise p")).to_contain_text(re.compile(r"loss .* → .*, [+−]"))
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
    assert "step=20" in page.url
    for _ in typed:
        page.keyboard.press("Control+z")
        settle(page)
    assert at_hand(page) == EXAMPLE and page.locator(".player .position").inner_text().startswith("20 /")


def test_a_number_set_back_in_the_picture_is_as_it_was(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    before = drawn(page)
    page.mouse.click(*at(page, "w.3.2.2", 0.4))
    for text in ("7", "0.7"):
        field(page).fill(text)
        field(page).press("Enter")
        settle(page)
    assert at_hand(page) == EXAMPLE and drawn(page) == before


def test_a_number_that_is_entered_and_undone_at_once_leaves_nothing_in_the_picture(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=1"))
    before = drawn(page)
    for wait in (0, 30, 60, 120):
        type_number(page, "w.1.1.1", "20")
        page.wait_for_timeout(wait)
        page.keyboard.press("Control+z")
        settle(page)
        expect(cell(page, "w.1.1.1")).to_have_value("0.1")
        assert at_hand(page) == EXAMPLE and drawn(page) == before, wait


def test_the_picture_follows_what_is_typed_and_enter_keeps_it(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=1"))
    field = cell(page, "w.1.1.1")
    field.click()
    z = page.locator(".player .plot text", has_text=re.compile("^z"))
    # half a number, a number, no number, and the number at hand again
    for keys, shown in (("1", "z 1.44"), ("1/4", "z 1.36"), ("1/4x", "z 1.35")):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(keys)
        expect(z).to_have_text(shown)
        assert at_hand(page) == EXAMPLE
    page.keyboard.press("Escape")
    expect(field).to_have_value("0.1")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20")
    expect(z).to_have_text("z 3.34")
    page.keyboard.press("Escape")
    expect(z).to_have_text("z 1.35")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(z).to_have_text("z 3.34")
    settle(page)
    assert number_at(at_hand(page), given("w.1.1.1")) == 20
    # refused at once, before its picture is known or after it
    page.keyboard.type("5!")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(z).to_have_text("z 3.34")


def test_what_is_refused_is_named_at_the_field_and_taken_back_with_escape(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    page.mouse.click(*at(page, "w.1.3.3"))
    page.keyboard.type("half")
    page.keyboard.press("Enter")
    expect(card(page).locator(".refused")).to_contain_text("half")
    assert at_hand(page) == EXAMPLE
    # the table followed what was typed
    expect(cell(page, "w.1.3.3")).to_have_value("0.9")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    settle(page)
    page.mouse.click(*at(page, "w.1.3.3"))
    expect(field(page)).to_have_value("0.9")


def drag(page: Page, x: float, y: float, steps: int) -> dict[str, Any]:
    """Drag from a point so many steps to the right, without letting go; the last that the picture was given."""
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { window.notes = []; window.addEventListener('backprop:glimpse', e => notes.push(e.detail)) }")
    for step in range(1, steps + 1):
        page.mouse.move(x + 6 * step, y)
        page.wait_for_timeout(30)
    page.wait_for_function("window.notes.length > 3")
    page.wait_for_timeout(300)
    found: dict[str, Any] = page.evaluate("window.notes.at(-1)")
    return found


def drop(page: Page, number: float) -> None:
    page.mouse.up()
    settle(page)
    assert number_at(at_hand(page), given("w.2.1.1")) == pytest.approx(number)


def test_while_an_edge_is_dragged_everything_follows_and_one_undo_takes_it_back(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    before = drawn(page)
    last = drag(page, *at(page, "w.2.1.1", 0.3), 24)
    # nothing was sent yet, and the picture shows the network with this number
    while_dragged = drawn(page)
    assert at_hand(page) == EXAMPLE and while_dragged != before
    assert last["number"] == pytest.approx(0.44) and last["place"] == "w.2.1.1"
    assert cell(page, "w.2.1.1").input_value() == field(page).input_value() == last["text"]
    promise = card(page).locator(".promise p").inner_text()
    assert promise == last["note"] and "the gradient promised ∂L/∂w · Δw = +" in promise
    assert "w = 0.44" in card(page).inner_text()
    drop(page, 0.44)
    assert drawn(page) == while_dragged
    page.keyboard.press("Control+z")
    settle(page)
    assert at_hand(page) == EXAMPLE and drawn(page) == before


def test_the_picture_follows_a_number_that_is_dragged_in_a_table(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    before = drawn(page)
    cell(page, "w.2.1.1").scroll_into_view_if_needed()
    box = cell(page, "w.2.1.1").bounding_box()
    assert box
    last = drag(page, box["x"] + 20, box["y"] + 10, 12)
    while_dragged = drawn(page)
    assert at_hand(page) == EXAMPLE and while_dragged != before
    assert cell(page, "w.2.1.1").input_value() == last["text"] == "0.32"
    drop(page, 0.32)
    assert drawn(page) == while_dragged


def test_a_drag_that_ends_where_it_began_changes_nothing(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    before = drawn(page)
    x, y = at(page, "x.2")
    page.mouse.move(x, y)
    page.mouse.down()
    for far in (20, 60, 30, 0):
        page.mouse.move(x + far, y)
        page.wait_for_timeout(150)
    page.mouse.up()
    settle(page)
    assert at_hand(page) == EXAMPLE and drawn(page) == before
    expect(page.locator("[data-testid=stSidebar] .st-key-undo_button button").first).to_be_disabled()


def test_all_of_it_by_keyboard(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    page.locator(".player").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "x.1", page.evaluate("document.activeElement.outerHTML")
    walk = {
        "ArrowDown": "x.2",
        "ArrowRight": "w.1.2.2",
        "ArrowUp": "w.1.1.2",
    }
    for key, place in walk.items():
        page.keyboard.press(key)
        assert focused(page) == place
    # the step is not moved by keys that walk
    assert page.locator(".player .position").inner_text().startswith("57 /")
    page.keyboard.press("Enter")
    assert focused(page) == "w.1.1.2" and page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.type("2*0.1")
    page.keyboard.press("Enter")
    settle(page)
    assert number_at(at_hand(page), given("w.1.1.2")) == 0.2
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "polygon"
    page.keyboard.press("Home")
    expect(page.locator(".player .position")).to_have_text(re.compile(r"^1 /"))


def test_a_number_is_stepped_and_written_over_from_its_spot(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    page.locator('[data-spot="w.1.1.2"]').focus()
    page.keyboard.press("Alt+ArrowUp")
    settle(page)
    assert number_at(at_hand(page), given("w.1.1.2")) == pytest.approx(0.4)
    # a digit begins to write, as in a spreadsheet
    page.keyboard.press("Escape")
    page.keyboard.press("7")
    page.keyboard.type(".5")
    page.keyboard.press("Enter")
    settle(page)
    assert number_at(at_hand(page), given("w.1.1.2")) == 7.5


def test_neurons_layers_and_functions_at_the_headings_and_all_undone(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))

    def press(name: str) -> None:
        page.locator(f'.player [aria-label="{name}"]').click()
        settle(page)

    press("One neuron more in Hidden 1")
    assert at_hand(page).network.sizes == (3, 4, 3, 3)
    press("Add a layer after Hidden 1")
    assert at_hand(page).network.sizes == (3, 4, 4, 3, 3)
    press("Remove the layer Hidden 2")
    assert at_hand(page).network.sizes == (3, 4, 3, 3)
    press("One neuron less in Hidden 1")
    assert at_hand(page).network.sizes == (3, 3, 3, 3)
    page.locator('.player select[aria-label="Activation of Hidden 2"]').select_option("tanh")
    settle(page)
    assert at_hand(page).network.layers[1].activation == "tanh"
    page.locator('.player select[aria-label="Loss"]').select_option("mean_squared_error")
    settle(page)
    assert at_hand(page).network.loss == "mean_squared_error"
    # the sidebar shows the same
    expect(page.locator("[data-testid=stSidebar] .st-key-loss input")).to_have_value("mean squared error")
    for _ in range(6):
        page.keyboard.press("Control+z")
        settle(page)
    assert at_hand(page) == EXAMPLE


def test_pointing_lights_edge_and_cell_and_a_forward_step_gives_no_gradient(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=3"))
    lit = re.compile(r"\blit\b")
    page.mouse.move(*at(page, "w.1.1.2", 0.3))
    expect(cell(page, "w.1.1.2")).to_have_class(lit)
    tip = page.locator(".player .tip")
    expect(tip).to_be_visible()
    assert "∂" not in tip.inner_text() and "new" not in tip.inner_text()
    cell(page, "b.2.2").scroll_into_view_if_needed()
    cell(page, "b.2.2").hover()
    expect(page.locator('[data-spot="b.2.2"]')).to_have_class(lit)
    expect(page.locator('[data-spot="w.1.1.2"]')).not_to_have_class(lit)
    page.locator(".player .last").click()
    page.mouse.move(*at(page, "w.1.1.2", 0.3))
    expect(tip).to_contain_text("∂L/∂w")
    expect(tip).to_contain_text("new w")


def test_a_factor_of_the_formula_lights_what_it_comes_from_and_selects_it(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=1"))
    lit = re.compile(r"\blit\b")
    for place in ("w.1.1.3", "x.2", "b.1.1"):
        factor = page.locator(f'.player .formula [data-of="{place}"]').first
        factor.hover()
        expect(page.locator(f'[data-spot="{place}"]')).to_have_class(lit)
        expect(cell(page, place)).to_have_class(lit)
    factor.click()
    expect(field(page)).to_have_attribute("data-place", "b.1.1")


def test_a_tip_covers_no_neighbour_where_there_is_room(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=first-look&step=17"))
    page.mouse.move(*at(page, "n.1.1"))
    tip = page.locator(".player .tip").bounding_box()
    for place in ("x.1", "n.1.1", "n.2.1"):
        x, y = at(page, place)
        assert not (tip["x"] < x < tip["x"] + tip["width"] and tip["y"] < y < tip["y"] + tip["height"]), place


def test_on_a_phone(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57", width=390, height=844, has_touch=True, is_mobile=True))
    page.locator(".player .plot").scroll_into_view_if_needed()
    page.touchscreen.tap(*at(page, "w.1.3.3"))
    expect(field(page)).to_have_attribute("data-place", "w.1.3.3")
    # the keyboard does not come before it is asked for, and the field leaves the picture in view
    assert page.evaluate("document.activeElement.tagName") != "INPUT"
    box = card(page).bounding_box()
    assert box["y"] + box["height"] < page.locator('[data-spot="n.1.1"]').bounding_box()["y"]
    assert field(page).get_attribute("inputmode") == "decimal"
    card(page).locator('[data-do="negate"]').tap()
    settle(page)
    assert number_at(at_hand(page), given("w.1.3.3")) == -0.9
    field(page).tap()
    field(page).fill("1/3")
    field(page).press("Enter")
    settle(page)
    assert number_at(at_hand(page), given("w.1.3.3")) == 1 / 3
    card(page).locator(".close").tap()
    page.locator('[aria-label="Hidden 1: change"]').tap()
    page.locator('.panel [aria-label="Add a layer after Hidden 1"]').tap()
    settle(page)
    changed = at_hand(page).network.sizes
    assert changed == with_layer_after(EXAMPLE, 1).network.sizes
    for name in ("−", "+", "×"):
        for button in page.locator(".panel button", has_text=re.compile(f"^{re.escape(name)}$")).all():
            assert button.bounding_box()["height"] >= 43


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640)])
def test_on_a_phone_what_is_selected_is_seen_beside_its_card(open_page: OpenPage, width: int, height: int) -> None:
    phone = {"width": width, "height": height, "has_touch": True, "is_mobile": True}
    page = ready(open_page("/?preset=worked-example&step=57", **phone))
    bar = page.locator(".player .bar").bounding_box()["y"]
    for place in ("w.1.1.1", "n.2.1", "y.1", "w.2.2.2", "x.3"):
        page.touchscreen.tap(*at(page, place, 0.3))
        expect(card(page)).to_be_visible()
        # with what is said of a change it is at its tallest; a target that were refused has none
        if place[0] != "y":
            page.locator('.player .card [data-do="up"]').tap()
            expect(page.locator(".player .promise")).to_be_visible()
        box = card(page).bounding_box()
        assert box and not box["y"] < at(page, place, 0.3)[1] < box["y"] + box["height"], place
        assert box["y"] + box["height"] <= bar, place
        page.touchscreen.tap(*at(page, place, 0.3))
        card(page).locator(".close").tap()


def test_the_panel_of_a_heading_leaves_the_picture_to_who_presents(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57", width=390, height=844, has_touch=True, is_mobile=True))
    page.locator('[aria-label="Hidden 1: change"]').tap()
    expect(page.locator(".player .panel")).to_be_visible()
    page.get_by_role("button", name="Present", exact=True).tap()
    expect(page.locator(".player .panel")).to_be_hidden()
    page.get_by_role("button", name="Leave the presentation").tap()
    page.locator('[aria-label="Hidden 1: change"]').tap()
    page.locator(".panel select").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".player .panel")).to_be_hidden()
    expect(page.locator('[aria-label="Hidden 1: change"]')).to_be_focused()


def test_a_number_is_dragged_by_finger_once_it_is_selected(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57", width=390, height=844, has_touch=True, is_mobile=True))
    page.locator(".player .plot").scroll_into_view_if_needed()
    page.touchscreen.tap(*at(page, "x.3"))
    expect(field(page)).to_have_attribute("data-place", "x.3")
    x, y = at(page, "x.3")
    cdp = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})
        page.wait_for_timeout(60)

    touch("touchStart", (x, y))
    for step in range(1, 8):
        touch("touchMove", (x + 8 * step, y))
    touch("touchEnd")
    settle(page)
    assert at_hand(page).x[2] == pytest.approx(0.7 + 9 * 0.01)


def test_a_large_picture_answers_to_the_pointer_too(open_page: OpenPage) -> None:
    network = resized(EXAMPLE, (3, 12, 3))
    page = ready(open_page(f"/?net={encode(network)}"))
    box = page.locator(".player .plot").bounding_box()
    assert box
    # somewhere in the picture there is a weight's cell
    for share in range(10, 60, 2):
        page.mouse.click(box["x"] + box["width"] * share / 100, box["y"] + box["height"] / 2)
    settle(page)
    assert page.locator(".st-key-inspected input").input_value() != "Output, neuron 1 (ŷ₁)"


def test_escape_takes_a_drag_back_and_playing_ends_where_one_begins(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=1"))
    page.locator(".player .play").click()
    last = drag(page, *at(page, "w.2.1.1", 0.3), 8)
    assert last["number"] == pytest.approx(0.28)
    expect(page.locator(".player .play")).to_have_attribute("aria-label", "Play")
    page.keyboard.press("Escape")
    page.mouse.up()
    settle(page)
    assert at_hand(page) == EXAMPLE and cell(page, "w.2.1.1").input_value() == "0.2"
    # or where typing does, and its picture is that of the step that is reached
    page.locator(".player .seek").fill("1")
    page.locator(".player .play").click()
    expect(page.locator(".player .position")).to_have_text(re.compile("^3 /"))
    cell(page, "x.1").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("7")
    expect(page.locator(".player .play")).to_have_attribute("aria-label", "Play")
    expect(page.locator('.player .plot text:has(tspan[style*="bold"])').first).to_have_text("7")


def test_upwards_is_more_too(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    x, y = at(page, "w.2.1.1", 0.3)
    page.mouse.move(x, y)
    page.mouse.down()
    for far in range(1, 11):
        page.mouse.move(x, y - 6 * far)
    drop(page, 0.3)


def test_what_is_pointed_at_tells_the_numbers_of_now(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=57"))
    type_number(page, "w.1.1.2", "5")
    cell(page, "w.1.1.2").hover()
    settle(page)
    expect(page.locator(".player .tip")).to_contain_text("w = 5")
    page.keyboard.press("Control+z")
    expect(page.locator(".player .tip")).to_contain_text("w = 0.3")


def test_the_mark_of_a_bias_goes_around_its_number_and_not_through_it(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=mazur&step=3"))
    page.locator('[data-spot="b.1.1"]').click()
    mark = page.locator('.spot.selected[data-spot="b.1.1"]')
    expect(mark).to_have_count(1)
    around = mark.bounding_box()
    label = page.locator(".player .plot text", has_text="b +0.35").first.bounding_box()
    assert around and label
    assert around["x"] <= label["x"] and label["x"] + label["width"] <= around["x"] + around["width"]


def test_each_of_many_quick_clicks_at_a_heading_counts(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=mazur"))

    def click(name: str, times: int) -> None:
        # the button stands elsewhere once the headings have other letters
        for _ in range(times):
            page.evaluate("name => document.querySelector(`.player [aria-label='${name}']`).click()", name)
            page.wait_for_timeout(60)
        settle(page)

    click("One neuron more in Hidden 1", 5)
    assert at_hand(page).network.sizes == (2, 7, 2)
    click("One neuron less in Hidden 1", 3)
    assert at_hand(page).network.sizes == (2, 4, 2)
