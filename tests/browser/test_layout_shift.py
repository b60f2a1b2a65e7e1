"""While the Network page loads, nothing that is seen moves: how far things move is geometry, however long they take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.driver import Server, settle
from tests.browser.player import ready

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1280, "height": 600}}
# how far what is seen moves without anybody's doing, and what moved
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
        moved.push([value, ...sources.map(({ node }) => node?.className ?? String(node))]);
}).observe({ type: "layout-shift", buffered: true });
"""
# Streamlit's own record of what a reader made of the sidebar
COLLAPSED, WIDE = {"stSidebarCollapsed-": "true"}, {"sidebarWidth": "520", "stSidebarCollapsed-": "false"}


@contextmanager
def visitor(chromium: Browser, **options: Any) -> Iterator[Page]:
    """A page with an empty cache, which notes what moves."""
    context = chromium.new_context(**options)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def require_still(page: Page) -> None:
    ready(page)
    settle(page)
    moved = page.evaluate("moved")
    assert sum(value for value, *_ in moved) < 0.1, moved


@pytest.mark.parametrize("options", [LAPTOP, PROJECTOR, PHONE], ids=["laptop", "projector", "phone"])
def test_nothing_that_is_seen_moves_while_the_page_loads(
    chromium: Browser, server: Server, options: dict[str, Any]
) -> None:
    with visitor(chromium, **options) as page:
        page.goto(server.url)
        require_still(page)
        page.reload()
        require_still(page)


@pytest.mark.parametrize("kept", [COLLAPSED, WIDE], ids=["collapsed", "wide"])
def test_the_room_kept_for_the_sidebar_is_as_wide_as_its_reader_made_it(
    chromium: Browser, server: Server, kept: dict[str, str]
) -> None:
    with visitor(chromium, **LAPTOP) as page:
        page.add_init_script(f"Object.assign(localStorage, {kept})")
        page.goto(server.url)
        require_still(page)
        left = page.get_by_test_id("stMain").bounding_box()["x"]
        assert left == (0 if kept == COLLAPSED else 520)


def test_nor_on_a_slow_machine_where_each_part_is_seen_to_come(chromium: Browser, server: Server) -> None:
    with visitor(chromium, **LAPTOP) as page:
        page.goto(server.url)
        ready(page)
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.reload()
        ready(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        require_still(page)
