"""The Activations page in a real browser: every view fits a phone and is legible in the dark, and a choice is taken."""

from playwright.sync_api import expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import charts_drawn, choose, require_fit


def test_every_view_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/activations?preset=worked-example", width=390, scheme="dark")
    for name, charts in (("Your network", 4), ("Gallery", 0), ("Compare", 2), ("Softmax", 3)):
        choose(page, name)
        charts_drawn(page, charts)
        require_fit(page)
        cards = page.locator("[data-testid=stPlotlyChart], [data-testid=stImage]")
        assert cards.count() == (15 if name == "Gallery" else charts)
        widths = cards.evaluate_all("cards => cards.map(card => card.getBoundingClientRect().right)")
        assert max(widths) <= 390
    assert page.locator("[data-testid=stMain] .katex-error").count() == 0


def test_another_activation_is_taken_and_is_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/activations?preset=worked-example")
    page.get_by_role("button", name="Use leaky ReLU in Hidden 1").click()
    settle(page)
    expect(page.get_by_text("Hidden 1 · leaky ReLU")).to_be_visible()
    page.wait_for_url("**net=**")
    assert "preset" not in page.url
    # the curve now drawn solid is the one that was tried
    legend = page.locator("[data-testid=stPlotlyChart]").first.locator(".legendtext")
    expect(legend.filter(has_text="leaky ReLU")).to_have_count(1)
    choose(page, "Gallery")
    page.get_by_label("Find").fill("Verhulst")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator("[data-testid=stImage] img")).to_have_count(1)
    image = page.locator("[data-testid=stImage] img")
    assert image.evaluate("image => image.naturalWidth") > 300
