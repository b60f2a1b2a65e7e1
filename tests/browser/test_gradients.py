"""The Gradients page in a real browser: every view fits a phone, and the path that is clicked is lit."""

from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import charts_drawn, choose, require_fit


def lit(page: Page) -> int:
    """How many thick lines the network has: the links of the path."""
    widths = (
        page.locator(".selectable")
        .locator("path.js-line")
        .evaluate_all("lines => lines.map(line => parseFloat(getComputedStyle(line).strokeWidth))")
    )
    return sum(width == 4 for width in widths)


def test_every_view_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/gradients?preset=worked-example", width=390)
    for name, charts in (("Your network", 1), ("Laboratory", 9), ("Check", 2), ("Paths", 2)):
        choose(page, name)
        charts_drawn(page, charts)
        require_fit(page)
        right = page.locator("[data-testid=stPlotlyChart], .selectable").evaluate_all(
            "charts => charts.map(chart => chart.getBoundingClientRect().right)"
        )
        assert len(right) == charts and max(right) <= 390
    assert page.locator("[data-testid=stMain] .katex-error").count() == 0


def test_a_mistake_is_caught_and_the_path_that_is_clicked_is_lit(open_page: OpenPage) -> None:
    page = open_page("/gradients?preset=worked-example")
    choose(page, "Check")
    expect(page.get_by_text("All 36 gradients agree")).to_be_visible()
    page.get_by_label("Break it: a mistake in the backward pass").click()
    page.get_by_role("option", name="Only the diagonal of the softmax Jacobian").click()
    settle(page)
    expect(page.get_by_text("32 of 36 gradients disagree")).to_be_visible()

    choose(page, "Paths")
    charts_drawn(page, 2)
    # x, w, w, the arc from z₃ to ŷ₁, and the loss
    assert lit(page) == 5
    table = page.locator("[data-testid=stMain] [data-testid=stDataFrame]").first
    # the third row's box, in the column at the left: the path that goes straight through the output
    table.click(position={"x": 16, "y": 36 + 35 * 2.5})
    settle(page)
    expect(page.get_by_text("Path 3: x₁ → a⁽¹⁾₁ → a⁽²⁾₂ → ŷ₁ → L")).to_be_visible()
    charts_drawn(page, 2)
    assert lit(page) == 4
