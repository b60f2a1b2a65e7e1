"""The offer of a network that was withheld, and the counting that leads to it; tests/hosting sees servers die."""

from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import settle
from tests.browser.fixtures import ColorScheme, OpenPage
from tests.browser.modules import Modules

WITHHELD = "/derivation?preset=mazur&step=3"
KEEP = "path => sessionStorage.setItem('breaker.withheld', location.origin + path)"
LOSSES = "shared/losses.js"
# passes states through `next` one after the other; something is asked before one that says so
COUNT = """async ([path, losses, states]) => {
    const { ask, begun, next } = await import(path);
    let count = { ...begun(losses), running: false, asked: false };
    for (const state of states) count = next(state.asked ? ask(count) : count, state);
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
        ([ASKED, RUNS, GONE], 0),
        # what is asked while a run lasts is not answered by its end
        ([RUNS, ASKED, GONE], 1),
        ([RUNS, {**GONE, "asked": True}], 1),
        ([RUNS, ASKED, RUNS, IDLE, GONE], 0),
        # nor by the end of one of the connection before
        ([RUNS, GONE_IN_A_RUN, {**RUNS, "asked": True}, IDLE, GONE], 0),
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


@pytest.mark.parametrize(("losses", "doubted"), [(0, 1), (1, 1)])
def test_what_has_broken_the_connection_on_its_own_is_counted_as_one_loss(
    modules: Modules, losses: int, doubted: int
) -> None:
    assert modules.call(LOSSES, "doubt", {"losses": losses})["losses"] == doubted


def test_a_page_that_asks_for_nothing_after_a_loss_is_stranded(modules: Modules) -> None:
    def stranded(before: bool, after: bool, asked: bool) -> Any:
        counts = [{"connected": before}, {"connected": after, "asked": asked}]
        return modules.call(LOSSES, "stranded", *counts)

    assert stranded(before=False, after=True, asked=False)
    assert not stranded(before=False, after=True, asked=True)
    assert not stranded(before=True, after=True, asked=False)
    assert not stranded(before=True, after=False, asked=False)


def test_a_page_without_its_app_is_opened_anew_twice_in_a_row_and_not_while_it_is_left(modules: Modules) -> None:
    def revives(revivals: int, present: bool = False, leaving: bool = False) -> Any:
        return modules.call(LOSSES, "revives", {"present": present, "leaving": leaving, "revivals": revivals})

    assert [revives(revivals) for revivals in range(4)] == [True, True, False, False]
    assert not revives(0, present=True)
    assert not revives(0, leaving=True)


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


# as Streamlit does when a message of a run is missing: nothing is left
BLANK = "document.querySelector('[data-testid=stApp]').parentElement.replaceChildren()"
# every page counts itself, in the name that a tab keeps
COUNTED = "window.name = Number(window.name) + 1;"
LOADS = "Number(window.name)"
AGAIN_AND_AGAIN = f"{COUNTED} setInterval(() => {{ if (document.querySelector('.breaker')) {{ {BLANK} }} }}, 50);"
REFUSED = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused'); } });"
SECONDS = 1_000


class Blanked(Protocol):
    def __call__(self, *scripts: str) -> Page: ...


@pytest.fixture
def blanked(open_page: OpenPage) -> Iterator[Blanked]:
    """Opens a page, gives its documents scripts that they begin with from now on, and opens it again with them."""
    page = open_page("/?preset=mazur")

    def blanked(*scripts: str) -> Page:
        for script in scripts:
            page.add_init_script(script)
        page.reload()
        return page

    yield blanked
    page.close()


def test_a_page_that_lost_its_app_comes_back_by_itself_with_its_network(blanked: Blanked) -> None:
    page = blanked(COUNTED)
    settle(page)
    page.evaluate(BLANK)
    page.wait_for_function(f"{LOADS} === 2")
    settle(page)
    assert "preset=mazur" in page.url
    assert page.evaluate("sessionStorage.getItem('breaker.revived')") == "1"
    # after a run that stays the count begins again
    page.wait_for_function("sessionStorage.getItem('breaker.revived') === null", timeout=10 * SECONDS)


@pytest.mark.parametrize(("scripts", "loads"), [([AGAIN_AND_AGAIN], 3), ([REFUSED, AGAIN_AND_AGAIN], 1)])
def test_a_page_that_loses_its_app_whenever_it_is_opened_does_so_a_few_times(
    blanked: Blanked, scripts: list[str], loads: int
) -> None:
    page = blanked(*scripts)
    page.wait_for_function(
        f"{LOADS} === {loads} && !document.querySelector('[data-testid=stApp]')", timeout=30 * SECONDS
    )
    page.wait_for_timeout(4 * SECONDS)
    assert page.evaluate(LOADS) == loads


def test_a_page_that_is_being_left_is_left(blanked: Blanked) -> None:
    page = blanked(COUNTED)
    settle(page)
    page.evaluate(f"window.dispatchEvent(new Event('beforeunload')); {BLANK}")
    page.wait_for_timeout(2 * SECONDS)
    assert page.evaluate(LOADS) == 1


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
def test_on_a_phone_it_fits_and_its_buttons_can_be_hit(open_page: OpenPage, scheme: ColorScheme) -> None:
    page = offered(open_page, width=390, height=844, scheme=scheme)
    box = offer(page).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    buttons = offer(page).get_by_role("button").all()
    assert len(buttons) == 2
    for button in buttons:
        size = button.bounding_box()
        assert size and size["height"] >= 40 and size["width"] >= 40


def test_the_offer_says_what_was_typed_last_and_is_not_in_it(open_page: OpenPage) -> None:
    page = offered(open_page)
    expect(offer(page).locator(".typed")).to_be_hidden()
    page.evaluate("sessionStorage.setItem('breaker.typed', 'Input 1: <b>6</b>')")
    page.reload()
    settle(page)
    expect(offer(page).locator(".typed")).to_contain_text("which may be the reason: Input 1: <b>6</b>")
    offer(page).get_by_role("button", name="Close").click()
    assert page.evaluate("sessionStorage.getItem('breaker.typed')") is None


def test_without_an_offer_nothing_takes_room(open_page: OpenPage) -> None:
    page = open_page("/")
    assert page.locator(".st-key-breaker").bounding_box() is None
