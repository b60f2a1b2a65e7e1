"""The image without Docker: what the Dockerfile copies is enough to run the app, and nothing is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.driver import ROOT, free_port
from tests.hosting.protocol import Session, finished
from tests.hosting.rig import wait_for
from tests.hosting.visitors import shown_exceptions

STAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8").split(" AS app\n")[1]
PAGES = ["", *sorted(page.stem for page in (ROOT / "pages").glob("*.py"))]


def copied(folder: Path) -> tuple[Path, Path]:
    """Do what the stage's COPY lines do; return the app's folder and the user's home."""
    app, home = folder / "app", folder / "home" / "app"
    for line in STAGE.splitlines():
        words = line.split()
        if words[:1] != ["COPY"] or words[1].startswith("--from"):
            continue
        source, target = ROOT / words[1], folder / words[2].lstrip("/") if words[2].startswith("/") else app / words[2]
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "secrets.toml"))
        else:
            target = target / source.name if words[2].endswith("/") else target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return app, home


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """The app as the container runs it; its address, its folder and its log."""
    folder = tmp_path_factory.mktemp("image")
    app, home = copied(folder)
    port, log = free_port(), folder / "log"
    (folder / "begun").touch()
    settings = dict(
        part.split("=") for line in STAGE.splitlines() if line.startswith("ENV ") for part in line.split()[1:]
    )
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"],
            cwd=app,
            env={"PATH": os.defpath, "HOME": str(home), **settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", log)
        yield f"http://127.0.0.1:{port}", folder, log
    finally:
        process.terminate()
        process.wait(timeout=15)


async def visited(url: str, page: str) -> list[str]:
    async with Session.at(url) as session:
        return shown_exceptions(await session.run(page=page))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_from_what_the_image_holds(image: tuple[str, Path, Path], page: str) -> None:
    url, _, log = image
    assert finished(visited(url, page)) == [], log.read_text()


def test_nothing_was_written(image: tuple[str, Path, Path]) -> None:
    _, folder, log = image
    files = {path for path in folder.rglob("*") if path.is_file() and path != log}
    begun = (folder / "begun").stat().st_mtime_ns
    assert [path for path in files if path.stat().st_mtime_ns > begun] == []
    assert "Traceback" not in log.read_text()
