"""The proxy with a certificate: HTTPS, secure cookies that survive in other sites' frames, and the WebSocket."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.driver import settle
from tests.hosting.http import ask
from tests.hosting.rig import Site, running_nginx


@pytest.fixture(scope="module")
def secure(site: Site, folder: Path) -> Iterator[Site]:
    """The same replicas behind HTTPS, with a certificate that nobody knows, made by openssl."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    with running_nginx(folder / "secure", site.replicas, TLS_KEY=str(key), TLS_CERTIFICATE=str(certificate)) as secure:
        yield secure


def test_the_cookie_is_secure_and_goes_with_frames(secure: Site) -> None:
    answer = ask(secure.url, "/")
    pattern = r"replica=[123]; Path=/; HttpOnly; SameSite=None; Secure; Partitioned"
    assert re.fullmatch(pattern, answer.headers["Set-Cookie"])
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_another_proxy_that_speaks_https_makes_it_secure_too(site: Site) -> None:
    assert "; Secure" in ask(site.url, "/", headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]


def test_a_page_works(secure: Site, chromium: Browser) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{secure.url}/?preset=worked-example&step=3")
    settle(page)
    page.locator(".player[data-ready=true]").wait_for()
    assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
    context.close()
