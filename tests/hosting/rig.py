"""Runs replicas of the app as the container does, and nginx with the container's own configuration in front of them.

Plain functions, for the fixtures of the tests and for the load test.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.driver import ROOT, free_port

DEPLOY = ROOT / "deploy"
# what an image or compose.yaml sets
CONTAINER = {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
SECRETS = {"STREAMLIT_SERVER_COOKIE_SECRET": "of the tests", "STREAMLIT_SERVER_ALLOWED_HOSTS": "127.0.0.1 localhost"}


@dataclass
class Replica:
    """One process of the app, which can be killed, stopped and started again on the same port."""

    folder: Path
    # the module to run, for tests of a Streamlit with something in it
    program: str = "streamlit"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    @property
    def log(self) -> Path:
        return self.folder / f"replica-{self.port}.log"

    def start(self) -> None:
        command = [sys.executable, "-m", self.program, "run", "app.py", f"--server.port={self.port}"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--server.address=127.0.0.1"],
                cwd=ROOT,
                env={**os.environ, **CONTAINER, **SECRETS, "HOME": str(home(self.folder))},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def restart(self) -> None:
        self.end()
        self.start()
        wait_for(f"{self.url}/_stcore/health", self.log)


@dataclass(frozen=True)
class Site:
    """nginx's address, and the replicas behind it."""

    url: str
    replicas: tuple[Replica, ...]
    log: Path

    def answering(self, cookie: str) -> Replica:
        """The replica that the value of the cookie `replica` names."""
        return self.replicas[int(cookie) - 1]

    def said(self) -> str:
        return "\n".join(log.read_text(errors="replace") for log in (self.log, *(r.log for r in self.replicas)))


def home(folder: Path) -> Path:
    """A home directory as in the container, with the settings of a public demo."""
    settings = folder / "home" / ".streamlit" / "config.toml"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEPLOY / "config.toml", settings)
    return settings.parents[1]


def wait_for(url: str, log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer. The log:\n{log.read_text(errors='replace')}")


@contextmanager
def running_replicas(folder: Path, count: int, program: str = "streamlit") -> Iterator[tuple[Replica, ...]]:
    replicas = tuple(Replica(folder, program) for _ in range(count))
    try:
        for replica in replicas:
            replica.start()
        for replica in replicas:
            wait_for(f"{replica.url}/_stcore/health", replica.log)
        yield replicas
    finally:
        for replica in replicas:
            replica.end()


@contextmanager
def running_nginx(folder: Path, replicas: tuple[Replica, ...], **variables: str) -> Iterator[Site]:
    """Run nginx with the configuration that the container renders; more variables are those of render.sh."""
    port, health, state = free_port(), free_port(), folder / "nginx"
    folder.mkdir(exist_ok=True)
    streamlit = folder / "streamlit"
    subprocess.run(["sh", DEPLOY / "nginx" / "static.sh", sys.prefix, streamlit], check=True)
    environment = {
        **os.environ,
        "STATE": str(state),
        "STATIC": str(streamlit),
        "REPLICAS": " ".join(replica.address for replica in replicas),
        "LISTEN": f"127.0.0.1:{port}",
        "HEALTH": f"127.0.0.1:{health}",
        "WORKERS": "1",
        **variables,
    }
    log = folder / "nginx.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["sh", DEPLOY / "nginx" / "start.sh"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{health}/health", log, seconds=15)
        scheme = "https" if variables.get("TLS_KEY") else "http"
        yield Site(f"{scheme}://127.0.0.1:{port}", replicas, log)
    finally:
        process.terminate()
        process.wait(timeout=15)


@contextmanager
def running_site(folder: Path, count: int = 3, program: str = "streamlit") -> Iterator[Site]:
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        replicas = stack.enter_context(running_replicas(folder, count, program))
        yield stack.enter_context(running_nginx(folder, replicas))
