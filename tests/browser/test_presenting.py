"""Presenting on the Network page: the window filled, keys wherever the focus is, results that wait, and a tour."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.player import point_of, position, ready, require_in_view, wait_for_step
from tests.browser.visiting import go

FORMULA = ".player > .line .formula"
# of the letters of the line, in pixels
SIZES = """() => [".title", ".formula", ".why"]
    .map(part => Number.parseFloat(getComputedStyle(document.querySelector(`.player > .line ${part}`)).fontSize))"""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page, step: int) -> None:
    expect(page.locator(".player .position")).to_have_text(re.compile(rf"^{step} /"))


def test_only_picture_line_and_controls_fill_the_window(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=16&present=1", width=1280, height=720))
    require_in_view(page, 1280, 720)
    player = page.locator(".player").bounding_box()
    assert (player["width"], player["height"]) == (1280, 720)
    for hidden in ("[data-testid=stSidebar]", ".st-key-navigation", ".st-key-inspected", "[data-testid=stHeader]"):
        expect(page.locator(hidden).first).to_be_hidden()
    # all that is read grows together
    title, formula, why = page.evaluate(SIZES)
    assert formula > title > 22 and 0.69 < why / formula < 0.72
    # a click selects, and the keys step on
    page.mouse.click(**point_of(page, "w.2.1.1"))
    expect(page.locator(".player .card")).to_be_visible()
    press(page, "ArrowRight")
    at(page, 17)
    press(page, "PageDown", "PageDown", "PageUp")
    wait_for_step(page, 18)
    page.reload()
    settle(ready(page))
    assert page.locator(".player").bounding_box()["height"] == 720
    press(page, "Escape")
    expect(page.locator(".st-key-navigation")).to_be_visible()
    expect(page).to_have_url(re.compile(r"step=18(?!.*present)"))
    go(page, "Share")
    link = page.get_by_label("Link", exact=True)
    assert "present" not in page.url and "present" not in link.input_value()
    page.get_by_text("Presenting: only the picture").click()
    settle(page)
    assert "present=1" in link.input_value()


def test_keys_are_heard_wherever_the_focus_is_and_not_in_a_field(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=5", height=768))
    heading = page.locator("[data-testid=stMain] h1")
    # after a click into the picture
    for name in ("n.2.1", "n.1.1"):
        page.mouse.click(**point_of(page, name))
        before = int(position(page).split()[0])
        press(page, "ArrowRight")
        at(page, before + 1)
    heading.click()
    starts = page.locator(".player .phases button")
    for key, step in (("PageDown", 8), ("PageUp", 7), ("End", 58), ("l", 17), ("f", 1)):
        press(page, key)
        at(page, step)
    for key in ("b", "u"):
        press(page, key)
        expect(page.locator(".player .title")).to_have_text(re.compile({"b": "^Backward", "u": "^Update"}[key]))
    press(page, "Home", " ")
    expect(page.locator(".player .play")).to_have_attribute("data-playing", "true")
    press(page, " ")
    expect(page.locator(".player .play")).to_have_attribute("data-playing", "false")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    starts.nth(1).click()
    at(page, 17)
    # a field keeps its keys, and with a modifier they mean something else
    page.locator(".st-key-learning_rate input").focus()
    press(page, "Home", "ArrowRight", "PageUp", "b", "Escape")
    heading.click()
    press(page, "Control+ArrowLeft", "Control+Home")
    at(page, 17)


def test_a_result_waits_for_the_next_press(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=10&hide=results"))
    formula, result = page.locator(FORMULA), page.locator(f"{FORMULA} .asked")
    expect(result).to_have_text("?")
    expect(page.locator(".st-key-explanation")).to_be_hidden()
    asked = formula.inner_text()
    press(page, "ArrowRight")
    at(page, 10)
    expect(result).to_have_count(0)
    expect(page.locator(".st-key-explanation")).to_be_visible()
    told = formula.inner_text()
    assert asked.endswith("= ?") and told.startswith(asked.removesuffix("?")) and told != asked
    press(page, "ArrowRight")
    at(page, 11)
    expect(result).to_have_text("?")
    press(page, "ArrowLeft")
    at(page, 10)
    expect(result).to_have_count(0)
    press(page, "h")
    expect(page).not_to_have_url(re.compile("hide"))
    press(page, "ArrowRight")
    at(page, 11)
    expect(result).to_have_count(0)


def test_results_are_hidden_from_page_to_page_until_an_address_is_opened(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=10&hide=results"))
    page.get_by_text("All numbers").click()
    numbers, asked = page.locator(".all-numbers"), page.locator(f"{FORMULA} .asked")
    expect(numbers.locator("tr").first).to_be_attached()
    expect(numbers).to_be_hidden()
    press(page, "ArrowRight")
    expect(numbers).to_be_visible()
    for name in ("Share", "Network"):
        go(page, name)
    expect(asked).to_have_text("?")
    expect(page).to_have_url(re.compile("hide=results"))
    page.goto(re.sub("[&?]hide=results", "", page.url))
    settle(ready(page))
    expect(asked).to_have_count(0)
    expect(page).not_to_have_url(re.compile("hide"))


def test_the_explanation_follows_while_playing_and_the_last_step_is_announced(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=first-look&step=3"))
    said = page.locator(".st-key-explanation p strong").first
    first = said.inner_text()
    said.scroll_into_view_if_needed()
    press(page, " ")
    expect(said).not_to_have_text(first)
    expect(page.locator(".player .play")).to_have_attribute("data-playing", "true")
    page.locator(".player .speed select").select_option("8")
    expect(page.locator(".player .play")).to_have_attribute("data-playing", "false", timeout=30_000)
    wait_for_step(page, int(page.locator(".player .seek").get_attribute("max")))
    assert page.locator(".player > .line").get_attribute("aria-live") == "polite"
    expect(said).to_have_text(page.locator(".player .title").inner_text())
    # a remote leaves the speed as it is
    page.locator(".player .speed select").focus()
    press(page, "PageUp", "PageUp", "PageDown")
    at(page, int(page.locator(".player .seek").get_attribute("max")) - 1)
    expect(page.locator(".player .speed select")).to_have_value("8")


def test_a_tour_is_offered_once_and_points_at_what_it_speaks_of(open_page: OpenPage) -> None:
    page = ready(open_page(width=1280, height=720, scheme="dark"))
    bubble = page.locator(".player .tour .bubble")
    page.get_by_role("button", name="Take the tour").click()
    targets = (".player .board", ".player > .line", ".player .bar", "[data-testid=stSidebar]", ".st-key-navigation")
    for number, target in enumerate(targets, start=1):
        expect(bubble.locator(".at")).to_have_text(f"{number} of 5")
        lit, meant = page.locator(".tour .light").bounding_box(), page.locator(target).bounding_box()
        assert abs(lit["x"] - meant["x"]) <= 4 and abs(lit["y"] - meant["y"]) <= 4, target
        box = bubble.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 1280 and box["y"] + box["height"] <= 720
        press(page, "ArrowRight")
    expect(bubble).to_be_hidden()
    at(page, 1)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    settle(ready(page))
    expect(page.locator(".player .invitation")).to_be_visible()
    expect(page.get_by_role("button", name="Take the tour")).to_be_hidden()
    # on a phone it has room too, and leads to the button that opens the sidebar
    page.get_by_role("button", name="Tour of this page").click()
    press(page, "ArrowRight", "ArrowLeft")
    for number in range(1, 6):
        expect(bubble.locator(".at")).to_have_text(f"{number} of 5")
        box = bubble.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] >= 0 and box["y"] + box["height"] <= 844
        press(page, "ArrowRight" if number < 5 else "Escape")
    expect(bubble).to_be_hidden()
