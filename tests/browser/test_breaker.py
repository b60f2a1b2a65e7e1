"""The offer of a network that was withheld, and the counting that leads to it; tests/hosting sees servers die."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.modules import Modules

WITHHELD = "/derivation?preset=mazur&step=3"
KEEP = "path => sessionStorage.setItem('breaker.withheld', location.origin + path)"
LOSSES = "shared/losses.js"
# passes states through `next` one after the other
COUNT = """async ([path, losses, states]) => {
    const { next } = await import(path);
    let count = { connected: true, running: false, asked: false, losses };
    for (const state of states) count = next({ ...count, asked: count.asked || state.asked }, state);
    return count.losses;
}"""

IDLE, RUNS = {"connected": True, "running": False}, {"connected": True, "running": True}
ASKED = {**IDLE, "asked": True}
# Streamlit leaves the script's state as it was when the connection goes
GONE, GONE_IN_A_RUN = {"connected": False, "running": False}, {"connected": False, "running": True}


@pytest.mark.parametrize(
    ("states", "losses"),
    [
        ([GONE, IDLE, RUNS, IDLE], 0),
        ([GONE, ASKED, GONE], 1),
        ([RUNS, GONE_IN_A_RUN], 1),
        ([RUNS, GONE_IN_A_RUN, RUNS, GONE_IN_A_RUN], 2),
        ([ASKED, GONE, ASKED, GONE], 2),
        ([RUNS, GONE_IN_A_RUN, RUNS, IDLE], 0),
        ([RUNS, GONE_IN_A_RUN, RUNS, IDLE, RUNS, GONE_IN_A_RUN], 1),
        # one loss, however often Streamlit tries to reconnect
        ([RUNS, GONE_IN_A_RUN, GONE_IN_A_RUN], 1),
        # the end of the run and of the connection, seen at once
        ([RUNS, GONE], 0),
    ],
)
def test_connections_lost_before_a_run_is_finished_are_counted(
    modules: Modules, states: list[dict[str, bool]], losses: int
) -> None:
    assert modules.page.evaluate(COUNT, [f"/{LOSSES}", 0, states]) == losses


@pytest.mark.parametrize(
    ("before", "after", "query", "trips"),
    [
        (0, 1, "?net=1.x", False),
        (1, 2, "?net=1.x", True),
        (2, 2, "?net=1.x", False),
        (2, 0, "?net=1.x", False),
        # an edit was lost twice
        (1, 2, "?preset=mazur", True),
        # the default network that was opened instead is lost too
        (2, 3, "?preset=worked-example", False),
        (2, 3, "?net=1.x", True),
    ],
)
def test_it_trips_at_the_second_loss(modules: Modules, before: int, after: int, query: str, trips: bool) -> None:
    counts = [{"losses": before}, {"losses": after}]
    assert modules.call(LOSSES, "trips", *counts, f"http://demo.org/{query}") is trips


def test_a_page_that_asks_for_nothing_after_a_loss_is_stranded(modules: Modules) -> None:
    def stranded(before: bool, after: bool, asked: bool) -> Any:
        counts = [{"connected": before}, {"connected": after, "asked": asked}]
        return modules.call(LOSSES, "stranded", *counts)

    assert stranded(before=False, after=True, asked=False)
    assert not stranded(before=False, after=True, asked=True)
    assert not stranded(before=True, after=True, asked=False)
    assert not stranded(before=True, after=False, asked=False)


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("http://demo.org/training?net=1.x&step=3#here", "http://demo.org/training"),
        (
            "http://demo.org/?embed=true&net=1.x&embed_options=dark_theme",
            "http://demo.org/?embed=true&embed_options=dark_theme",
        ),
        ("http://demo.org//elsewhere.org/?net=1.x", "http://demo.org//elsewhere.org/"),
    ],
)
def test_an_address_without_its_network_is_the_same_page_framed_the_same(
    modules: Modules, address: str, without: str
) -> None:
    assert modules.call(LOSSES, "plain", address) == without


def offer(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="Your network was not opened again")


def offered(open_page: OpenPage, **context: Any) -> Page:
    """A page to which another network was left."""
    page = open_page("/", **context)
    expect(offer(page)).to_have_count(0)
    page.evaluate(KEEP, WITHHELD)
    page.reload()
    settle(page)
    expect(offer(page)).to_be_visible()
    return page


def test_the_offer_is_taken_by_keyboard(open_page: OpenPage) -> None:
    page = offered(open_page)
    page.get_by_role("button", name="Open it again").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WITHHELD}")
    settle(page)
    expect(offer(page)).to_have_count(0)


def test_it_stays_from_page_to_page_until_it_is_closed(open_page: OpenPage) -> None:
    page = offered(open_page)
    page.get_by_role("link", name="Gradients").click()
    page.wait_for_url("**/gradients?*")
    settle(page)
    expect(offer(page)).to_be_visible()
    page.get_by_role("button", name="Open it again").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(offer(page)).to_have_count(0)
    page.reload()
    settle(page)
    expect(offer(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_it_fits_and_its_buttons_can_be_hit(open_page: OpenPage, scheme: str) -> None:
    page = offered(open_page, width=390, height=844, scheme=scheme)
    box = offer(page).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    buttons = offer(page).get_by_role("button").all()
    assert len(buttons) == 2
    for button in buttons:
        size = button.bounding_box()
        assert size and size["height"] >= 40 and size["width"] >= 40


def test_without_an_offer_nothing_takes_room(open_page: OpenPage) -> None:
    page = open_page("/")
    assert page.locator(".st-key-breaker").bounding_box() is None
