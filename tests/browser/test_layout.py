"""The Network page on laptop, projector, large screen and phone: all of the player is in view, and can be read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine import encode
from engine.network.editing import randomised, resized
from tests.browser.driver import settle
from tests.browser.fixtures import ColorScheme, OpenPage
from tests.browser.player import BOXES, PARTS, point_of, ready, require_apart, require_in_view
from tests.samples import EXAMPLE

PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
# of the letters in the picture, in pixels
LETTERS = """() => [...document.querySelectorAll(".player .plot text")].filter(text => text.textContent.trim())
    .map(text => Number.parseFloat(getComputedStyle(text).fontSize))"""
# each number that is written in a circle, with both widths
NUMBERS = """() => {
    const plot = document.querySelector(".player .plot");
    const circles = [...plot.querySelectorAll("path.point")].map(one => one.getBoundingClientRect());
    return [...plot.querySelectorAll("text")].filter(text => text.querySelector("tspan[style*=bold]")).map(text => {
        const box = text.getBoundingClientRect(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const own = circles.filter(c => c.left < x && x < c.right && c.top < y && y < c.bottom);
        return [text.textContent, box.width, Math.max(0, ...own.map(c => c.width))];
    });
}"""
# by how much of a formula is above, below and beside what is seen of it, and cannot be scrolled to
CUT = """() => [...document.querySelectorAll(".stMarkdown .katex-display")].map(display => {
    const box = display.getBoundingClientRect(), scrolls = display.scrollWidth > display.clientWidth + 1;
    const parts = [...display.querySelectorAll(".katex-html :is(.mord, .mrel)")].map(e => e.getBoundingClientRect());
    const most = of => Math.max(...parts.map(of));
    const beside = scrolls ? 0 : most(one => one.right - box.right);
    return [display.textContent.slice(0, 40), most(one => box.top - one.top), most(o => o.bottom - box.bottom), beside];
})"""


def tall(box: list[float]) -> float:
    return box[3] - box[1]


def collapse_sidebar(page: Page) -> None:
    page.locator("[data-testid=stSidebar]").hover()
    page.locator("[data-testid=stSidebarCollapseButton] button").click()
    # it slides, and the picture follows
    for _ in range(20):
        before = page.evaluate(BOXES, list(PARTS))
        page.wait_for_timeout(500)
        if page.evaluate(BOXES, list(PARTS)) == before:
            return


def test_all_of_it_is_in_view_on_a_laptop_and_its_formulas_are_whole(open_page: OpenPage) -> None:
    page = ready(open_page(width=1366, height=768))
    expect(page.locator(".player .invitation")).to_contain_text("the right class only 19.8%")
    require_in_view(page, 1366, 768)
    # the reason comes in its place
    page.mouse.click(**point_of(page, "n.1.1"))
    expect(page.locator(".player .invitation")).to_be_hidden()
    expect(page.locator(".player > .line .why")).to_contain_text("brings the most")
    page.locator(".player .seek").fill("30")
    # of a weight of the first layer, whose formulas are the longest
    page.locator(".player").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    formulas = page.evaluate(CUT)
    assert len(formulas) > 4
    for formula, above, below, beside in formulas:
        assert above <= 0.5 and below <= 0.5 and beside <= 0.5, (formula, above, below, beside)


def test_all_of_it_is_in_view_on_a_projector_and_grows_on_a_large_screen(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=30", width=1280, height=720))
    collapse_sidebar(page)
    small = require_in_view(page, 1280, 720)
    letters = max(page.evaluate(LETTERS))
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(500)
    large = require_in_view(page, 1920, 1080)
    assert tall(large["picture"]) > 1.5 * tall(small["picture"]) and max(page.evaluate(LETTERS)) > 1.4 * letters


@pytest.mark.parametrize("name", ["worked-example", "vanishing", "mazur"])
def test_all_of_it_is_in_view_beside_the_editor_in_a_low_window(open_page: OpenPage, name: str) -> None:
    page = ready(open_page(f"/?preset={name}&step=30", width=1024, height=600))
    assert page.get_by_test_id("stSidebar").bounding_box()["width"] > 300
    require_in_view(page, 1024, 600)


def test_on_a_laptop_the_panel_of_a_heading_stands_below_it_in_the_picture(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=vanishing&step=30", width=1366, height=768))
    board = page.locator(".player .board").bounding_box()
    for name in ("Input", "Hidden 3", "Loss"):
        heading, panel = page.locator(f'.player [aria-label="{name}: change"]'), page.locator(".player .panel")
        heading.click()
        above, box = heading.bounding_box(), panel.bounding_box()
        assert box["y"] >= above["y"] + above["height"]
        assert board["x"] <= box["x"] and box["x"] + box["width"] <= board["x"] + board["width"]
        assert box["x"] < above["x"] + above["width"] / 2 < box["x"] + box["width"]


def test_ten_neurons_a_layer_are_in_view_on_a_projector(open_page: OpenPage) -> None:
    experiment = randomised(resized(EXAMPLE, [10, 10, 10, 10]), "xavier", 4)
    page = ready(open_page(f"/?net={encode(experiment)}&step=70", width=1280, height=720))
    collapse_sidebar(page)
    require_in_view(page, 1280, 720)
    require_apart(page)
    numbers = page.evaluate(NUMBERS)
    assert len(numbers) >= 40
    for number, width, circle in numbers:
        assert width <= circle + 1, number


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_is_in_view_on_a_phone(open_page: OpenPage, scheme: ColorScheme) -> None:
    page = ready(open_page("/?preset=worked-example&step=30", scheme=scheme, **PHONE))
    require_in_view(page, 390, 844)
    require_apart(page)
    assert min(page.evaluate(LETTERS)) >= 11
    navigation = page.locator(".st-key-navigation")
    assert navigation.bounding_box()["height"] <= 56
    controls = page.locator(".player .bar :is(button, select, .seek):visible").all()
    controls += navigation.locator("a").all() + page.locator(".st-key-controls button").all()
    assert len(controls) > 15
    for control in controls:
        box = control.bounding_box()
        named = control.get_attribute("aria-label") or control.inner_text()
        # a phase is as wide as it is long
        assert box["height"] >= 43.5 and (box["width"] >= 43.5 or "phase" in named), named
    # the controls stay at the edge while the rest is scrolled
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollBy(0, 200)")
    page.wait_for_timeout(200)
    bar = page.locator(".player .bar").bounding_box()
    assert 843 <= bar["y"] + bar["height"] <= 844
