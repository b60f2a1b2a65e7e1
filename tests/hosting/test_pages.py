"""The pages in a browser, under the policy that nginx sends: nothing is blocked, and frames only where they may be."""

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from pages.widgets.document import PAGES
from tests.browser.driver import settle
from tests.hosting.conftest import Visit
from tests.hosting.rig import Site

PATHS = [("/" if page.file == "app.py" else f"/{page.file.split('/')[-1].removesuffix('.py')}") for page in PAGES]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_does_all_it_wants_to_under_the_policy(visit: Visit, path: str) -> None:
    visitor = visit(path)
    visitor.page.wait_for_timeout(1000)  # what loads late
    assert not visitor.complaints


def test_the_player_plays(visit: Visit) -> None:
    visitor = visit("/?preset=worked-example&step=3")
    player = visitor.page.locator(".player[data-ready=true]")
    player.get_by_role("button", name="Next").click()
    settle(visitor.page)
    assert "step=4" in visitor.page.url and not visitor.complaints


class Framing(http.server.BaseHTTPRequestHandler):
    """Another site's page, with ours in a frame: the path is the address to frame."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<!doctype html><iframe width="1000" height="700" src="{self.path[1:]}"></iframe>'.encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Framing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # another name, so another site
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def test_another_site_can_frame_the_embedded_app_and_nothing_else(visit: Visit, site: Site, elsewhere: str) -> None:
    visitor = visit("/")
    visitor.page.goto(elsewhere + quote(f"{site.url}/?embed=true&preset=worked-example", safe=":/?&="))
    visitor.page.frame_locator("iframe").locator(".player[data-ready=true]").wait_for(timeout=30_000)
    assert not visitor.complaints
    visitor.page.goto(elsewhere + f"{site.url}/")
    visitor.page.wait_for_timeout(1500)
    assert visitor.page.frame_locator("iframe").locator("[data-testid=stApp]").count() == 0
    assert any("frame-ancestors" in complaint for complaint in visitor.complaints)
