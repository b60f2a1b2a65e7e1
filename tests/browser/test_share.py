"""The Share page in a real browser: what is copied, saved and opened is what it says."""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from engine import PRESETS, Layer, Network, from_json, train
from engine.data.dataset import classification
from pages.figures.theme import LIGHT
from pages.widgets.share.training_run import run_page
from pages.widgets.training.run import Run
from tests import weight_files as files
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import choose, require_fit


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_every_section_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/share", width=390, scheme="dark")
    for name in ("Link", "Animation", "Picture", "Programs", "JSON", "Open a file"):
        choose(page, name)
        require_fit(page)


def test_link_picture_and_files_are_what_they_say(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/share?preset=mazur&step=5", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Link").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/?preset=mazur&step=5") and copied.startswith("http://")
    expect(page.get_by_alt_text("QR code of the link")).to_be_visible()

    choose(page, "Picture")
    page.locator(".picture[data-ready=true]").wait_for()
    svg = saved(page, "Download SVG", tmp_path).read_text()
    assert svg.startswith("<svg") and "weighted sum" in svg and "0.593" in svg
    png = saved(page, "Download PNG", tmp_path).read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and width > 1_200 and height > 600

    choose(page, "JSON")
    assert from_json(saved(page, "Download experiment.json", tmp_path).read_text()) == PRESETS["mazur"].experiment


@pytest.fixture
def offline(chromium: Browser) -> Iterator[Page]:
    """A phone without a network; it fails the test if a page asks for anything but its file, or breaks."""
    context = chromium.new_context(offline=True, viewport={"width": 390, "height": 844})
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else errors.append(request.url))
    yield page
    context.close()
    assert errors == []


# the names of the phases by how they stand in their part of the bar
NAMES = """() => Object.fromEntries([...document.querySelectorAll(".phases > *")].map(part => {
    const range = document.createRange();
    range.selectNodeContents(part);
    const [name, room] = [range.getBoundingClientRect(), part.getBoundingClientRect()];
    const shown = name.left >= room.left && name.right <= room.right && name.bottom <= room.bottom;
    return [part.textContent, shown ? "shown" : name.top >= room.bottom ? "hidden" : "cut"];
}))"""


def require_whole_names(page: Page) -> None:
    """A phase's name is shown where there is room for it and hidden where there is none, at any width."""
    for width in range(300, 700, 10):
        page.set_viewport_size({"width": width, "height": 844})
        names = page.evaluate(NAMES)
        assert "cut" not in names.values() and "shown" in names.values(), (width, names)
    page.set_viewport_size({"width": 1200, "height": 844})
    # a phase of one step has its name too
    assert page.evaluate(NAMES) == dict.fromkeys(("forward", "loss", "backward", "update"), "shown")


def test_the_animation_plays_in_a_browser_without_a_network(open_page: OpenPage, offline: Page, tmp_path: Path) -> None:
    page = open_page("/share?preset=mazur")
    choose(page, "Animation")
    alone = offline
    alone.goto(saved(page, "Download backprop.html", tmp_path).as_uri())
    alone.locator(".player[data-ready=true]").wait_for()
    require_whole_names(alone)
    alone.set_viewport_size({"width": 390, "height": 844})
    alone.get_by_role("slider", name="Step").press("Home")
    expect(alone.locator(".formula")).to_contain_text("0.05")
    alone.get_by_role("button", name="Play").click()
    expect(alone.get_by_role("slider", name="Step")).not_to_have_value("1")
    alone.get_by_role("slider", name="Step").press("End")
    expect(alone.locator(".title", has_text="Update")).to_be_visible()
    assert alone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_training_run_plays_in_a_browser_without_a_network(offline: Page, tmp_path: Path) -> None:
    data = classification("two", np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1]), ("no", "yes"))
    network = Network([Layer([[1.0, -1.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    history = train(network, data.x, data.y, epochs=5, batch_size=2, seed=0)
    path = tmp_path / "training.html"
    path.write_text(
        run_page(LIGHT, Run(title="a test", data=data, test=None, history=history, update_biases=True)),
        encoding="utf-8",
    )
    offline.goto(path.as_uri())
    offline.get_by_role("button", name="Last step").click()
    expect(offline.locator(".readout")).to_contain_text("Epoch 5")
    assert offline.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_network_made_elsewhere_is_opened_and_seen(open_page: OpenPage) -> None:
    page = open_page("/share")
    choose(page, "Open a file")
    W = np.array([[0.5, -0.25, 1.0], [0.125, 0.75, -0.5]])
    content = files.npz_of({"0.weight": W, "0.bias": np.array([0.1, -0.2])})
    for name, data, message in (
        ("model.npz", content[:150], "damaged"),
        ("model.npz", content, "This is how its arrays were understood"),
    ):
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
        expect(page.get_by_text(message)).to_be_visible()
    page.get_by_role("button", name="Make it the network at hand").click()
    page.get_by_role("link", name="See it on the Network page").click()
    page.locator(".player[data-ready=true]").wait_for()
    assert "net=1." in page.url
    expect(page.get_by_label("Network, drawn left to right").first).to_be_attached()
