"""Runs the app and drives a Chromium.

Plain functions, for the fixtures of the tests, the benches and the screenshots.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Told to every document of a tab: when it last sent something to the server, and when a run last began or ended.
TOLD = """{
    Object.assign(window, { sentAt: -1, ranAt: 0 });
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (...message) {
        window.sentAt = performance.now();
        return send.apply(this, message);
    };
    const states = { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] };
    new MutationObserver(() => { window.ranAt = performance.now(); }).observe(document, states);
}"""
# A while in which nothing runs, loads or is stale: after a click the run may take a moment to start. Where it is known
# what was sent, its run is waited for, if there is one.
CALM = """() => {
    const now = performance.now(), told = "sentAt" in window;
    const awaited = told && window.sentAt > window.ranAt && now - window.sentAt < 800;
    const app = document.querySelector('[data-testid=stApp]');
    const unfinished = '[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true], [aria-busy=true]';
    const busy = awaited || !app || app.dataset.testScriptState !== 'notRunning'
        || app.dataset.testConnectionState !== 'CONNECTED' || document.querySelector(unfinished);
    window.calmSince = busy ? null : window.calmSince ?? now;
    return window.calmSince !== null && now - window.calmSince >= (told ? 180 : 300);
}"""


@dataclass(frozen=True)
class Server:
    """A running app: its address, its process, and the file with what it said."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self, since: int = 0) -> str:
        return self.log.read_bytes()[since:].decode(errors="replace")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running_app(log: Path, script: str = "app.py", folder: Path = ROOT) -> Iterator[Server]:
    """`streamlit run` on a free port, until the block is left."""
    port = free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    flags = [f"--server.{name}={value}" for name, value in options.items()]
    # -u: with `rich` installed Streamlit prints tracebacks to stdout, which would stay in its buffer
    command = [sys.executable, "-u", "-m", "streamlit", "run", script, *flags]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        server = Server(f"http://127.0.0.1:{port}", process, log)
        try:
            wait_until_healthy(server)
            yield server
        finally:
            stop(process)


def wait_until_healthy(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start. It said:\n{server.said()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def find_chromium() -> str:
    """Where the Chromium is; RuntimeError if there is none, never a reason to skip a test."""
    script = ROOT / "tests" / "browser" / "chromium.sh"
    found = subprocess.run(
        ["sh", str(script), "find"],
        env={**os.environ, "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise RuntimeError(f"The browser tests need a Chromium and found none: run `make chromium`. {found.stderr}")
    return found.stdout.strip()


@contextmanager
def running_chromium() -> Iterator[Browser]:
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def settle(page: Page, seconds: float = 30) -> None:
    """Wait until the app has finished running; AssertionError if it then shows an exception."""
    page.evaluate("() => { window.calmSince = null }")
    page.wait_for_function(CALM, polling=50, timeout=seconds * 1000)
    exceptions = page.locator("[data-testid=stException]").all_inner_texts()
    assert not exceptions, f"The app shows an exception: {exceptions}"
