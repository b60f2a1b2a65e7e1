"""What is selected in one picture of the network is selected in all: on Network, Gradients, Landscape, Derivation."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.player import at
from tests.browser.visiting import choose, go, require_fit

SELECTED = re.compile(r"\bselected\b")


def along(page: Page, place: str, share: float = 0.4) -> tuple[float, float]:
    page.locator(f'[data-spot="{place}"]').scroll_into_view_if_needed()
    return at(page, place, share)


def laid(page: Page) -> None:
    """Wait until the spots lie over the picture."""
    page.wait_for_selector(".selectable[data-ready=true] .spot[points]", state="attached")


def require_marked(page: Page, place: str) -> None:
    expect(page.locator(f'[data-spot="{place}"]')).to_have_class(SELECTED)


def boxes(page: Page, *labels: str) -> list[str]:
    return [page.get_by_role("combobox", name=re.compile(label)).first.input_value() for label in labels]


def test_an_edge_chooses_the_paths_on_its_whole_length_and_is_marked_on_the_network_page(open_page: OpenPage) -> None:
    page = open_page("/gradients?preset=worked-example")
    choose(page, "Paths")
    for share in (0.1, 0.35, 0.65, 0.9):
        laid(page)
        page.mouse.click(*along(page, "w.1.1.1", share))
        settle(page)
        require_marked(page, "w.1.1.1")
        laid(page)
        page.mouse.click(*along(page, "w.2.3.2", share))
        settle(page)
        require_marked(page, "w.2.3.2")
        assert boxes(page, "Layer", "Into neuron", "From") == ["Hidden 2", "3", "neuron 2"]
        assert page.evaluate("document.activeElement.dataset.spot") == "w.2.3.2"
    go(page, "Network")
    require_marked(page, "w.2.3.2")


def test_what_is_selected_on_the_network_page_is_shown_by_its_paths_and_walked_from_by_keyboard(
    open_page: OpenPage,
) -> None:
    page = open_page("/?preset=worked-example&step=57")
    page.mouse.click(*along(page, "w.3.1.2", 0.3))
    settle(page)
    go(page, "Gradients")
    choose(page, "Paths")
    laid(page)
    require_marked(page, "w.3.1.2")
    page.locator('[data-spot="w.3.1.2"]').focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.spot") == "n.2.2"
    page.keyboard.press("Enter")
    settle(page)
    assert boxes(page, "Layer", "Into neuron", "From") == ["Hidden 2", "2", "bias"]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    settle(page)
    assert boxes(page, "Layer", "Into neuron", "From") == ["Hidden 2", "2", "neuron 2"]


def test_a_box_beside_the_picture_selects_too(open_page: OpenPage) -> None:
    page = open_page("/gradients?preset=worked-example")
    choose(page, "Paths")
    laid(page)
    page.mouse.click(*along(page, "w.2.3.2"))
    settle(page)
    into = page.get_by_role("combobox", name=re.compile("Into neuron"))
    into.scroll_into_view_if_needed()
    # a list that is open closes when the page scrolls
    page.wait_for_timeout(300)
    into.click()
    page.get_by_role("option", name="1", exact=True).click()
    settle(page)
    require_marked(page, "w.2.1.2")


def test_a_parameter_of_the_landscape_is_picked_in_the_picture_each_list_in_its_turn(open_page: OpenPage) -> None:
    page = open_page("/landscape?preset=worked-example")
    choose(page, "Two parameters")
    page.get_by_role("button", name="In the picture").click()
    laid(page)
    page.mouse.click(*along(page, "w.1.2.2", 0.3))
    settle(page)
    require_marked(page, "w.1.2.2")
    first, other = boxes(page, "Parameter 1", "Parameter 2")
    page.get_by_role("radio", name="Parameter 2").click()
    settle(page)
    page.mouse.click(*along(page, "w.2.1.3", 0.3))
    settle(page)
    now, second = boxes(page, "Parameter 1", "Parameter 2")
    assert now == first and second != other
    expect(page.locator('[data-spot="w.2.1.3"]')).to_have_class(re.compile(r"\balso\b"))
    page.keyboard.press("Escape")
    go(page, "Network")
    require_marked(page, "w.2.1.3")


def test_both_pictures_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/gradients?preset=worked-example", width=390, height=844, has_touch=True, is_mobile=True)
    choose(page, "Paths")
    laid(page)
    page.touchscreen.tap(*along(page, "w.1.3.3", 0.3))
    settle(page)
    require_marked(page, "w.1.3.3")
    require_fit(page)


def test_the_small_picture_of_the_derivation_selects_on_an_edges_whole_length(open_page: OpenPage) -> None:
    page = open_page("/derivation?preset=worked-example&step=57")
    page.wait_for_selector(".player[data-ready=true]")
    for share in (0.15, 0.4, 0.85):
        page.mouse.click(*along(page, "w.1.1.1", share))
        settle(page)
        require_marked(page, "w.1.1.1")
        page.mouse.click(*along(page, "w.2.3.2", share))
        settle(page)
        require_marked(page, "w.2.3.2")
        assert boxes(page, "Weight into the layer", "To neuron", "From neuron") == ["Hidden 2", "3", "2"]
