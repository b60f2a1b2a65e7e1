"""How often one address may open pages, begin sessions and upload: a burst passes, and what is refused comes back."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.browser.driver import settle
from tests.hosting.conftest import Visit
from tests.hosting.http import Answer, ask, guarded
from tests.hosting.protocol import STREAM, finished
from tests.hosting.rig import Site, running_nginx

# a lecture hall
PEOPLE = 200
UPLOAD = "/_stcore/upload_file/nobody/nothing"
REFUSED = 429


@pytest.fixture
def fresh(site: Site, folder: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """Another nginx in front of the same replicas, which has counted nothing yet."""
    with running_nginx(folder / request.node.name, site.replicas) as fresh:
        yield fresh


@pytest.fixture
def strict(site: Site, folder: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """One that lets an address open a page, and begin a session, every other second."""
    with running_nginx(folder / request.node.name, site.replicas, OPENINGS="1", OPENINGS_AT_ONCE="1") as strict:
        yield strict


def at_once(request: Callable[[], Answer], count: int) -> list[Answer]:
    """Send a request many times at once."""
    with ThreadPoolExecutor(20) as threads:
        return list(threads.map(lambda _: request(), range(count)))


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


@contextmanager
def crowd(request: Callable[[], object]) -> Iterator[None]:
    """Send a request again and again, for the block."""
    enough = threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            request()

    crowding = threading.Thread(target=go_on)
    crowding.start()
    try:
        yield
    finally:
        enough.set()
        crowding.join()


def opening(url: str) -> Answer:
    return ask(url, "/?net=1.private")


def uploading(url: str) -> Answer:
    # of those that come through Streamlit then wants its token against forgery
    return ask(url, UPLOAD, "PUT", body=b"x")


async def sessions(url: str, count: int) -> Counter[int]:
    """Begin sessions at once, and have them all at the same time."""
    begun: list[int] = []
    all_there = asyncio.Barrier(count)

    async def begin() -> None:
        try:
            async with connect(f"ws://{url.removeprefix('http://')}{STREAM}", open_timeout=30):
                begun.append(101)
                await all_there.wait()
        except InvalidStatus as answer:
            begun.append(answer.response.status_code)
            await all_there.wait()

    await asyncio.gather(*(begin() for _ in range(count)))
    return Counter(begun)


def test_a_lecture_hall_opens_the_page_at_once(fresh: Site) -> None:
    assert statuses(at_once(partial(opening, fresh.url), PEOPLE)) == {200: PEOPLE}
    assert finished(sessions(fresh.url, PEOPLE)) == {101: PEOPLE}


def test_more_openings_than_a_burst_are_asked_to_wait(fresh: Site) -> None:
    answers = at_once(partial(opening, fresh.url), 600)
    counts = statuses(answers)
    assert counts[200] >= 400 and counts.keys() == {200, REFUSED}
    refused = next(answer for answer in answers if answer.status == REFUSED)
    assert "One moment" in refused.text and 'http-equiv="refresh"' in refused.text
    guarded(refused, ancestors="'none'")
    assert "private" not in fresh.log.read_text()


def test_more_uploads_than_a_burst_are_refused_and_nothing_else_is(fresh: Site) -> None:
    counts = statuses(at_once(partial(uploading, fresh.url), 300))
    assert counts[403] >= 100 and counts.keys() == {403, REFUSED}
    assert opening(fresh.url).status == 200


def test_static_files_are_not_counted(strict: Site) -> None:
    assert statuses(at_once(lambda: ask(strict.url, "/static/nothing.js"), 50)) == {200: 50}


def test_more_sessions_than_a_burst_are_refused(strict: Site) -> None:
    answers = finished(sessions(strict.url, 10))
    assert 1 <= answers[101] <= 3 and answers[REFUSED] == 10 - answers[101]


def test_an_ordinary_visit_notices_nothing(visit: Visit, site: Site) -> None:
    before = site.log.stat().st_size
    visitor = visit("/?preset=mazur")
    for title in ("Derivation", "Training", "Share", "Network"):
        visitor.page.locator(".st-key-navigation").get_by_role("link", name=title).click()
        settle(visitor.page)
    visitor.page.reload()
    settle(visitor.page)
    assert f" {REFUSED} " not in site.log.read_text()[before:] and not visitor.complaints


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_a_page_that_was_refused_comes_by_itself(strict: Site, page: Page) -> None:
    with crowd(partial(opening, strict.url)):
        page.wait_for_timeout(500)
        answer = page.goto(f"{strict.url}/?preset=mazur")
    assert answer and answer.status == REFUSED
    page.locator(".player[data-ready=true]").wait_for(timeout=30_000)


def test_a_session_that_was_refused_begins_by_itself(strict: Site, page: Page) -> None:
    async def begin() -> None:
        with suppress(InvalidStatus):
            async with connect(f"ws://{strict.url.removeprefix('http://')}{STREAM}"):
                pass

    with crowd(lambda: asyncio.run(begin())):
        with page.expect_event("websocket"):
            page.goto(f"{strict.url}/?preset=mazur")
        page.wait_for_timeout(1000)
        assert page.locator(".player").count() == 0
    page.locator(".player[data-ready=true]").wait_for(timeout=30_000)
