"""The Loss landscape page in a real browser: a walk is stepped in both pictures and gone; every view fits a phone."""

from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import choose, require_fit

PATIENCE = 30_000


def ready(page: Page) -> None:
    page.wait_for_selector(".terrain[data-ready=true]", timeout=PATIENCE)


def way(page: Page, plot: int) -> int:
    """How many points the path walked so far has in a picture."""
    return page.locator(".terrain .plot").nth(plot).evaluate("plot => plot.data[2].x.length")


def test_a_walk_is_stepped_in_both_pictures_and_gone(open_page: OpenPage) -> None:
    page = open_page("/landscape?preset=worked-example")
    choose(page, "Two parameters")
    ready(page)
    readout = page.locator(".terrain .readout")
    expect(readout).to_contain_text("Step 0 of 20 · loss 1.617")
    expect(page.get_by_role("button", name="Change the network to step 0")).to_be_disabled()
    page.locator(".terrain").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(readout).to_contain_text("Step 2 of 20")
    assert way(page, 0) == way(page, 1) == 3
    loss = readout.inner_text().split(" · ")[1]
    settle(page)
    page.get_by_role("button", name="Change the network to step 2").click()
    settle(page)
    # the walk now starts where it was; the player stays at its step
    page.locator(".terrain").focus()
    page.keyboard.press("Home")
    expect(readout).to_contain_text(f"Step 0 of 20 · {loss}")
    assert "net=" in page.url


def test_every_view_fits_a_phone_in_the_dark(open_page: OpenPage) -> None:
    page = open_page("/landscape?preset=first-look", width=390, scheme="dark")
    for name in ("One parameter", "Random directions", "Directions of the last run"):
        choose(page, name)
        if name != "Directions of the last run":
            ready(page)
            rights = page.locator(".terrain .plot").evaluate_all(
                "plots => plots.map(plot => plot.getBoundingClientRect().right)"
            )
            assert len(rights) == (1 if name == "One parameter" else 2) and max(rights) <= 390
        require_fit(page)
    expect(page.get_by_text("Train the network on the Training page")).to_be_visible()
