"""The Derivation page in a real browser: every formula is typeset, and reading, walking and printing work."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.figures.theme import DARK, LIGHT
from tests.browser.driver import running_app, settle
from tests.browser.fixtures import OpenPage
from tests.browser.player import at
from tests.browser.visiting import choose, go, require_fit, rgb

EXAMPLE = "/derivation?preset=worked-example"
TO_HIDDEN_1 = "Backpropagation to hidden layer 1"
TOP = "element => element.getBoundingClientRect().top"
COLOUR = "element => getComputedStyle(element).color"


def marked(page: Page, place: str) -> bool:
    """Whether a place of the text has the mark of the step."""
    return bool(page.locator(place).evaluate("e => getComputedStyle(e).boxShadow !== 'none'"))


def in_view(page: Page, place: str) -> bool:
    top, bottom = page.locator(place).evaluate("e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom]")
    return top > 0 and bottom < page.evaluate("() => window.innerHeight")


def test_every_formula_of_every_activation_loss_and_preset_is_typeset(chromium: Browser, tmp_path: Path) -> None:
    with running_app(tmp_path / "streamlit.log", "tests/browser/formulas.py") as server:
        page = chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(server.url)
        page.wait_for_selector("#count", timeout=120_000)
        settle(page, seconds=120)
        expected = int(page.locator("#count").inner_text())
        assert expected > 1000
        assert page.locator(".katex-error").all_inner_texts() == []
        assert page.locator(".katex").count() == expected
        assert not [text for text in said if "LaTeX" in text or "KaTeX" in text]
        page.close()


def test_a_phone_holds_the_page_and_can_walk(open_page: OpenPage) -> None:
    # the deepest network, and the one with the longest table of published numbers
    for name in ("mazur", "vanishing"):
        address = f"/derivation?preset={name}&step=2"
        page = open_page(address, width=390, height=844, scheme="dark", has_touch=True, reduced_motion="reduce")
        assert page.locator(".katex-error").count() == 0
        assert page.locator(".katex").count() > 100
        require_fit(page)
    page.get_by_role("button", name="Next").tap()
    page.wait_for_url("**step=3**")
    settle(page)
    place = ".st-key-place-weighted-sum-1 .katex-display:nth-of-type(3)"
    assert marked(page, place) and in_view(page, place)
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.locator("nav.contents").get_by_text("The code").tap()
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    assert abs(page.locator("#code").evaluate(TOP)) < 150


def test_a_chapter_has_its_address_and_the_contents_know_where_the_reader_is(open_page: OpenPage) -> None:
    page = open_page(f"{EXAMPLE}&chapter=softmax&step=1", reduced_motion="reduce")
    assert abs(page.locator("#softmax").evaluate(TOP)) < 150
    contents = page.locator("nav.contents")
    here = contents.locator("[aria-current]")
    expect(here).to_have_text("The softmax derivative explained")
    assert "chapter=backward-1" in (contents.get_by_text(TO_HIDDEN_1).get_attribute("href") or "")
    # the last one is too short to reach the top of the window
    for title, chapter in ((TO_HIDDEN_1, "backward-1"), ("Published numbers", "published")):
        contents.get_by_text(title).click()
        expect(here).to_have_text(title)
        page.wait_for_url(f"**chapter={chapter}**")
        settle(page)
        expect(here).to_have_text(title)
        assert in_view(page, f"#{chapter}")
    page.go_back()
    page.wait_for_url("**chapter=backward-1**")
    settle(page)
    expect(here).to_have_text(TO_HIDDEN_1)
    assert abs(page.locator("#backward-1").evaluate(TOP)) < 150
    assert "preset=worked-example" in page.url
    ids = page.locator("[data-testid=stMain] [id]").evaluate_all("elements => elements.map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_the_walk_marks_the_place_scrolls_to_it_and_is_in_the_address(open_page: OpenPage) -> None:
    page = open_page(f"{EXAMPLE}&step=1", reduced_motion="reduce")
    first, second = (f".st-key-place-weighted-sum-1 .katex-display:nth-of-type({n})" for n in (2, 3))
    assert marked(page, first)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**step=2**")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**step=3**")
    settle(page)
    assert marked(page, second) and not marked(page, first)
    assert in_view(page, second)
    here = page.locator("nav.contents [aria-current]")
    expect(here).to_have_text("Forward propagation: hidden layer 1")
    page.mouse.move(800, 400)
    page.mouse.wheel(0, -5000)
    expect(here).to_have_text("Network architecture")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**step=2**")
    # the slider takes the arrows for itself, one step each
    slider = page.get_by_role("slider", name="Step")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**step=3**")
    settle(page)
    assert marked(page, second)


def test_a_weight_is_picked_in_the_small_picture_and_another_form_is_marked_as_a_whole(open_page: OpenPage) -> None:
    page = open_page(f"{EXAMPLE}&step=3")
    page.wait_for_selector(".st-key-small_picture .player[data-ready=true]")
    x, y = at(page, "w.2.3.1", 0.3)
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    expect(page.locator(".st-key-weight_picker input").nth(1)).to_have_value("3")
    settle(page)
    assert [box.input_value() for box in page.locator(".st-key-weight_picker input").all()] == ["Hidden 2", "3", "1"]
    expect(page.get_by_text("leads from neuron 1 of hidden layer 1 to neuron 3 of hidden layer 2")).to_have_count(1)
    choose(page, "Numbers")
    assert marked(page, ".st-key-place-weighted-sum-1")
    go(page, "Network")
    page.wait_for_selector(".player[data-ready=true]")
    expect(page.locator(".player .position")).to_have_text("3 / 58")


CONTROLS = [*(f"[data-testid={name}]" for name in ("stSidebar", "stHeader", "stBottom", "stSelectbox")),
            ".st-key-navigation", ".st-key-mistake"]  # fmt: skip


def visible(page: Page) -> list[str]:
    """Those of the controls that can be seen."""
    return [control for control in CONTROLS if any(one.is_visible() for one in page.locator(control).all())]


def test_the_page_prints_as_a_hand_out_in_light(open_page: OpenPage) -> None:
    page = open_page(f"{EXAMPLE}&step=1", scheme="dark")
    number = page.locator(".st-key-place-weighted-sum-1 .katex-html [style*=rgb]").first
    assert number.evaluate(COLOUR) == rgb(DARK.value.positive_text)
    assert visible(page) == CONTROLS
    page.emulate_media(media="print", color_scheme="dark")
    assert visible(page) == []
    assert number.evaluate(COLOUR) == rgb(LIGHT.value.positive_text)
    assert page.locator("#code").evaluate(COLOUR) == rgb(LIGHT.text)
    assert not marked(page, ".st-key-place-weighted-sum-1 .katex-display:nth-of-type(2)")
    code = page.locator(".stCode").first
    assert code.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    assert code.evaluate("e => e.clientHeight") > 2000


# of what the text says, what something else lies on
COVERED = """() => [...document.querySelectorAll(".st-key-reading :is(p, h2, td)")].flatMap(element => {
    const box = element.getBoundingClientRect(), [x, y] = [box.x + 8, box.y + 8];
    if (x < 0 || y < 0 || y > innerHeight - 8 || x > innerWidth) return [];
    const top = document.elementFromPoint(x, y);
    return top?.closest("[data-testid=stBottom], [data-testid=stHeader] *") ? [element.textContent.slice(0, 40)] : [];
})"""


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 360)])
def test_nothing_lies_on_the_text_of_a_low_window(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page(f"{EXAMPLE}&step=1", width=width, height=height)
    main = page.get_by_test_id("stMain")
    for _ in range(6):
        main.evaluate("main => main.scrollBy(0, main.clientHeight * 0.7)")
        page.wait_for_timeout(100)
        assert page.evaluate(COVERED) == []
        header = page.get_by_test_id("stHeader").bounding_box()
        assert header["y"] + header["height"] <= 1
    require_fit(page)
    main.evaluate("main => main.scrollTo(0, main.scrollHeight)")
    expect(page.get_by_role("button", name="Next")).to_be_in_viewport()
