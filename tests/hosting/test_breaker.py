"""A network that kills the server that opens it: it is not handed on from one server to the next, but offered."""

import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from engine import encode
from tests.browser.cells import cell, type_number
from tests.browser.driver import settle
from tests.hosting.conftest import Visit, Visitor
from tests.hosting.poisoned import DEADLY, DEADLY_ASKED, DEADLY_LATER, HARMLESS, POISON
from tests.hosting.rig import Replica, Site, running_site, wait_for

COUNT = 4
DEADLY_LINK = f"/?net={encode(POISON)}&step=3"
# from its first input a drag asks for a deadly one
NEAR = DEADLY_ASKED - 10
NEAR_LINK = f"/?net={encode(replace(HARMLESS, x=np.full_like(HARMLESS.x, NEAR)))}&step=20"
# longer than Streamlit waits between two attempts to reconnect
AWHILE = 5000
NO_STORAGE = 'Object.defineProperty(window, "sessionStorage", { get: () => { throw new Error("refused") } })'


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """Four replicas of an app that a network can kill."""
    with running_site(folder / "poisoned", COUNT, "tests.hosting.poisoned") as site:
        yield site


@pytest.fixture(autouse=True)
def mended(site: Site) -> Iterator[None]:
    """Starts whatever is dead, so that each test has all replicas."""
    yield
    revive(site)


def dead(site: Site) -> list[Replica]:
    return [replica for replica in site.replicas if replica.process is None or replica.process.poll() is not None]


def revive(site: Site) -> None:
    for replica in dead(site):
        replica.start()
        wait_for(f"{replica.url}/_stcore/health", replica.log)


def offer(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="Your network was not opened again")


def caught(visitor: Visitor) -> None:
    """Wait for the offer, and see that two servers died for it and no more do."""
    expect(offer(visitor.page)).to_be_visible(timeout=30_000)
    settle(visitor.page)
    visitor.page.wait_for_timeout(AWHILE)
    assert len(dead(visitor.site)) == 2
    assert "net=" not in visitor.page.url
    expect(visitor.page.locator(".player[data-ready=true]")).to_be_visible()
    assert not [said for said in visitor.complaints if "Content Security Policy" in said]


def opened_deadly(visit: Visit, query: str = "") -> Visitor:
    visitor = visit(None)
    visitor.page.goto(visitor.site.url + DEADLY_LINK + query)
    return visitor


def test_a_deadly_link_kills_two_servers_and_then_the_default_network_is_shown(visit: Visit) -> None:
    visitor = opened_deadly(visit)
    caught(visitor)
    assert "preset=worked-example" in visitor.page.url
    # for the others nothing happened
    assert visit("/").page.locator(".player[data-ready=true]").is_visible()


def test_the_link_can_be_opened_again_and_is_caught_again(visit: Visit, site: Site) -> None:
    visitor = opened_deadly(visit)
    caught(visitor)
    revive(site)
    with visitor.page.expect_navigation(url=re.compile(re.escape(DEADLY_LINK))):
        offer(visitor.page).get_by_role("button", name="Open it again").click()
    caught(visitor)


def test_in_another_sites_frame_it_stays_embedded(visit: Visit) -> None:
    visitor = opened_deadly(visit, "&embed=true")
    caught(visitor)
    assert "embed=true" in visitor.page.url


def test_where_storage_is_refused_the_loop_ends_too(visit: Visit, site: Site) -> None:
    visitor = visit(None)
    visitor.page.add_init_script(NO_STORAGE)
    visitor.page.goto(site.url + DEADLY_LINK)
    visitor.page.wait_for_url(re.compile("preset=worked-example"), timeout=30_000)
    settle(visitor.page)
    visitor.page.wait_for_timeout(AWHILE)
    assert len(dead(site)) == 2
    expect(offer(visitor.page)).to_be_hidden()


def test_a_deadly_edit_is_dropped_and_the_network_before_it_offered(visit: Visit) -> None:
    visitor = visit("/?preset=worked-example&step=20")
    put_in(visitor.page, DEADLY_LATER)
    caught(visitor)
    offer(visitor.page).get_by_role("button", name="Open it again").click()
    expect(visitor.page).to_have_url(re.compile("preset=worked-example&step=20"))
    settle(visitor.page)
    expect(offer(visitor.page)).to_be_hidden()
    assert len(dead(visitor.site)) == 2


@pytest.mark.parametrize("number", [DEADLY, DEADLY_ASKED])
def test_an_edit_that_kills_before_its_run_shows_leaves_no_page_without_an_answer(visit: Visit, number: float) -> None:
    visitor = visit("/?preset=worked-example&step=20")
    put_in(visitor.page, number)
    with visitor.page.expect_navigation(timeout=30_000):
        pass  # opened anew: with the network of before, or with the offer of it
    settle(visitor.page)
    visitor.page.wait_for_timeout(AWHILE)
    # what is typed is asked for before it is given (network/live.js): the edit may come while that is computed
    assert len(dead(visitor.site)) <= 2
    assert "preset=worked-example" in visitor.page.url


def test_what_is_typed_and_not_entered_kills_one_and_once_it_is_entered_two(visit: Visit) -> None:
    visitor = visit("/?preset=worked-example&step=20")
    field = cell(visitor.page, "x.1")
    for _ in range(2):
        field.fill(str(DEADLY_ASKED))
        visitor.page.wait_for_timeout(AWHILE)
        settle(visitor.page)
        assert len(dead(visitor.site)) == 1
        expect(field).to_have_value(str(DEADLY_ASKED))
        field.press("Escape")
    expect(offer(visitor.page)).to_be_hidden()
    put_in(visitor.page, DEADLY_ASKED)
    caught(visitor)
    expect(offer(visitor.page)).to_contain_text(f"Input 1: {DEADLY_ASKED}")


def test_a_drag_that_asks_for_a_deadly_number_kills_one_and_ends_where_it_was_let_go(visit: Visit) -> None:
    visitor = visit(NEAR_LINK)
    field = cell(visitor.page, "x.1")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    for far in range(2 * AWHILE // 200):
        visitor.page.mouse.move(x + 10 + 6 * (far % 5), y)
        visitor.page.wait_for_timeout(200)
    assert len(dead(visitor.site)) == 1
    visitor.page.mouse.move(x - 20, y)
    visitor.page.mouse.up()
    settle(visitor.page)
    expect(field).to_have_value(f"{NEAR - 3:g}")
    assert len(dead(visitor.site)) == 1
    expect(offer(visitor.page)).to_be_hidden()


def put_in(page: Page, value: float) -> None:
    """Type a number into the first input's cell."""
    type_number(page, "x.1", str(value))


def test_a_run_that_ends_in_between_resets_the_count(visit: Visit, site: Site) -> None:
    visitor = visit("/?preset=worked-example&step=20")
    address = visitor.page.url
    for _ in range(3):
        lose_during_a_run(visitor)
        settle(visitor.page)
        revive(site)
    assert visitor.page.url == address
    expect(offer(visitor.page)).to_be_hidden()


def lose_during_a_run(visitor: Visitor) -> None:
    """Ask a server that hangs for a run, and kill it."""
    replica = visitor.replica()
    assert replica.process
    replica.process.send_signal(signal.SIGSTOP)
    visitor.page.get_by_role("button", name="Apply the update").click()
    visitor.page.wait_for_timeout(500)
    replica.end(signal.SIGKILL)
    visitor.page.wait_for_timeout(500)
