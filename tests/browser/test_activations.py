"""The Activations page in a real browser: every view fits a phone and is legible in the dark, and a choice is taken."""

from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage


def view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settle(page)


def drawn(page: Page, count: int) -> None:
    page.wait_for_function(f"() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= {2 * count}")


def test_every_view_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/activations?preset=worked-example", width=390, scheme="dark")
    for name, charts in (("Your network", 4), ("Gallery", 0), ("Compare", 2), ("Softmax", 3)):
        view(page, name)
        drawn(page, charts)
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
        cards = page.locator("[data-testid=stPlotlyChart], [data-testid=stImage]")
        assert cards.count() == (15 if name == "Gallery" else charts)
        widths = cards.evaluate_all("cards => cards.map(card => card.getBoundingClientRect().right)")
        assert max(widths) <= 390
    assert page.locator("[data-testid=stMain] .katex-error").count() == 0


def test_another_activation_is_taken_and_is_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/activations?preset=worked-example")
    page.get_by_role("button", name="Use Gaussian in Hidden 1").click()
    settle(page)
    expect(page.get_by_text("Hidden 1 · Gaussian")).to_be_visible()
    page.wait_for_url("**net=**")
    assert "preset" not in page.url
    # the curve now drawn solid is the one that was tried
    legend = page.locator("[data-testid=stPlotlyChart]").first.locator(".legendtext")
    expect(legend.filter(has_text="Gaussian")).to_have_count(1)
    view(page, "Gallery")
    page.get_by_label("Find").fill("Verhulst")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator("[data-testid=stImage] img")).to_have_count(1)
    image = page.locator("[data-testid=stImage] img")
    assert image.evaluate("image => image.naturalWidth") > 300
