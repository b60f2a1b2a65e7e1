"""Nothing is lost when a replica dies or all are restarted: the address holds the network and the step."""

import re
import signal
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import settle
from tests.hosting.conftest import Visit, Visitor
from tests.hosting.rig import Site, wait_for

SECONDS = 10
CONNECTED = "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'"


@pytest.fixture(autouse=True)
def mended(site: Site) -> Iterator[None]:
    """Starts whatever is dead, so that each test has three replicas."""
    yield
    for replica in site.replicas:
        if replica.process is None or replica.process.poll() is not None:
            replica.start()
            wait_for(f"{replica.url}/_stcore/health", replica.log)


def own_network(visitor: Visitor) -> str:
    """Change the example and go to a step; return the address."""
    depth = visitor.page.get_by_role("spinbutton", name="Number of layers")
    depth.fill("4")
    depth.press("Enter")
    settle(visitor.page)
    visitor.page.locator(".player .seek").fill("20")
    expect(visitor.page).to_have_url(re.compile(r"net=1\..*step=20"))
    settle(visitor.page)
    return visitor.page.url


def shown(page: Page) -> tuple[str, str]:
    """The number of layers that the editor shows, and the step that the player shows."""
    depth = page.get_by_role("spinbutton", name="Number of layers")
    return depth.input_value(), page.locator(".player .position").inner_text()


def back_on_another(visitor: Visitor, dead: object, since: float) -> None:
    """Wait until the page is whole again, on another replica than `dead`, and see that it did not take long."""
    while visitor.replica() is dead or not visitor.page.evaluate(CONNECTED):
        assert time.monotonic() - since < SECONDS, visitor.site.said()[-3000:]
        visitor.page.wait_for_timeout(50)
    settle(visitor.page, seconds=SECONDS)
    assert time.monotonic() - since < SECONDS


def test_a_killed_replicas_visitor_goes_on_at_another_one(visit: Visit) -> None:
    visitor = visit("/")
    address, before, replica = own_network(visitor), shown(visitor.page), visitor.replica()
    since = time.monotonic()
    replica.end(signal.SIGKILL)
    back_on_another(visitor, replica, since)
    assert visitor.page.url == address and shown(visitor.page) == before == ("4", "20 / 78")
    # and the very next click is heard
    visitor.page.get_by_role("button", name="Apply the update").click()
    expect(visitor.page).not_to_have_url(address)
    assert shown(visitor.page) == before


def test_an_edit_that_a_hanging_replica_never_saw_does_not_split_page_and_network(visit: Visit) -> None:
    visitor = visit("/")
    address, replica = own_network(visitor), visitor.replica()
    assert replica.process
    replica.process.send_signal(signal.SIGSTOP)
    depth = visitor.page.get_by_role("spinbutton", name="Number of layers")
    depth.fill("3")
    depth.press("Enter")
    visitor.page.wait_for_timeout(500)
    since = time.monotonic()
    replica.end(signal.SIGKILL)
    back_on_another(visitor, replica, since)
    assert visitor.page.url == address and shown(visitor.page)[0] == "4"


def test_a_rolling_restart_of_all_replicas_loses_nothing(visit: Visit, site: Site) -> None:
    visitor = visit("/")
    address, before = own_network(visitor), shown(visitor.page)
    moves = 0
    for replica in site.replicas:
        mine, since = visitor.replica(), time.monotonic()
        replica.end()
        if mine is replica:
            back_on_another(visitor, replica, since)
            moves += 1
        replica.start()
        wait_for(f"{replica.url}/_stcore/health", replica.log)
    assert moves >= 1
    assert visitor.page.url == address and shown(visitor.page) == before


def test_after_an_outage_of_all_the_page_comes_back_by_itself(visit: Visit, site: Site) -> None:
    visitor = visit("/")
    address, before = own_network(visitor), shown(visitor.page)
    for replica in site.replicas:
        replica.end(signal.SIGKILL)
    visitor.page.wait_for_timeout(3000)
    for replica in site.replicas:
        replica.start()
    visitor.page.wait_for_function(CONNECTED, timeout=60_000)
    settle(visitor.page)
    assert visitor.page.url == address and shown(visitor.page) == before
