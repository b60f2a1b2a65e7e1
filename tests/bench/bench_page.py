"""How the Network page feels: frames while it plays, and the time from a key press to the new number in the drawing.

The machine sets the pace, so each figure stands beside one of a page that does as good as nothing, in the same run.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from engine import encode
from tests.bench.bench_figure import DEEP
from tests.browser.cells import cell
from tests.browser.driver import Server, running_app, settle
from tests.browser.fixtures import OpenPage

EDITS = 12
# between two keys: 80 words a minute
PACE = 150
# display frames for so many milliseconds: the times between them
FRAMES = """ms => new Promise(done => {
    const times = [];
    const tick = now => {
        times.push(now);
        if (now - times[0] < ms) requestAnimationFrame(tick);
        else done(times.slice(1).map((time, index) => time - times[index]));
    };
    requestAnimationFrame(tick);
})"""
# notes the time of the next press of Enter, and of the change after which an element of the selector has the text
AWAIT = """([selector, text]) => {
    window.pressed = window.shown = null;
    const shows = () => [...document.querySelectorAll(selector)].some(element => element.textContent === text);
    const look = () => { if (window.pressed && !window.shown && shows()) window.shown = performance.now(); };
    window.watch?.disconnect();
    window.watch = new MutationObserver(look);
    window.watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    window.addEventListener("keydown", event => {
        if (event.key !== "Enter") return;
        window.pressed = performance.now();
        if (shows()) window.shown = window.pressed;
    }, { capture: true, once: true });
}"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("bare") / "streamlit.log"
    with running_app(log, str(Path(__file__).with_name("bare_page.py"))) as server:
        yield server


def ready(page: Page) -> Page:
    page.wait_for_selector(".player[data-ready=true]")
    return page


@pytest.mark.parametrize(("name", "address", "target"), [
    ("default", "/", 17),
    ("8 layers of 8", f"/?net={encode(DEEP)}", 34),
])  # fmt: skip
def test_display_frames_while_playing(open_page: OpenPage, name: str, address: str, target: int) -> None:
    page = ready(open_page(address))
    page.wait_for_timeout(1000)
    idle = page.evaluate(FRAMES, 4000)
    page.locator(".player .play").click()
    playing = page.evaluate(FRAMES, 15_000)
    shown = page.locator(".player .position").inner_text()
    print(
        f"\n{name}: playing, p95 of the frame times {np.percentile(playing, 95):.1f} ms (target {target}), median "
        f"{median(playing):.1f}, worst {max(playing):.0f}; at rest p95 {np.percentile(idle, 95):.1f} ms; at {shown}"
    )


def edit(page: Page, selector: str, text: str) -> float:
    """Press Enter, and return the milliseconds until the text is there."""
    page.evaluate(AWAIT, [selector, text])
    page.keyboard.press("Enter")
    page.wait_for_function("window.shown !== null", polling=20)
    return float(page.evaluate("window.shown - window.pressed"))


def edit_weight(page: Page, number: int) -> float:
    """Change the weight from x₁ = 0.1 so that its neuron's z is `number` and 0.34 more."""
    cell(page, "w.1.1.1").fill(f"{10 * (number - 1)}")
    return edit(page, ".player .plot text", f"z {number + 0.34:.3g}")


def edit_at_leisure(page: Page, number: int) -> float:
    """The same as somebody who types fast does it: a key each PACE milliseconds."""
    cell(page, "w.1.1.1").press("ControlOrMeta+a")
    page.keyboard.type(f"{10 * (number - 1)}", delay=PACE)
    return edit(page, ".player .plot text", f"z {number + 0.34:.3g}")


def edit_in_picture(page: Page, number: int) -> float:
    """The same in the field that stands in the picture."""
    page.locator(".player .card input[data-place]").fill(f"{10 * (number - 1)}")
    return edit(page, ".player .plot text", f"z {number + 0.34:.3g}")


def edit_bare_number(page: Page, number: int) -> float:
    page.locator("input[type=number]").fill(str(number))
    return edit(page, "[data-testid=stMarkdown] p", f"value {number}")


def test_from_a_changed_cell_to_the_number_in_the_drawing(open_page: OpenPage, bare: Server, chromium: Browser) -> None:
    page, other = ready(open_page("/?preset=worked-example&step=1")), chromium.new_page()
    picture = ready(open_page("/?preset=worked-example&step=1"))
    picture.locator('[data-spot="w.1.1.1"]').press("Enter")
    other.goto(bare.url)
    settle(other)
    page.wait_for_timeout(1000)
    times: dict[str, list[float]] = {}
    ways = (
        ("table", page, edit_weight),
        ("typed", page, edit_at_leisure),
        ("picture", picture, edit_in_picture),
        ("number", other, edit_bare_number),
    )
    for number in range(2, 2 + len(ways) * (EDITS + 1), len(ways)):
        for more, (name, where, run) in enumerate(ways):
            times.setdefault(name, []).append(run(where, number + more))
            settle(where)
    # the first of each warms it up
    table, typed, picture_field, number_input = (median(taken[1:]) for taken in times.values())
    print(
        f"\nedit to drawing: median of {EDITS} {typed:.0f} ms from a table at {PACE} ms a key; pasted and entered at "
        f"once {table:.0f} ms from a table, {picture_field:.0f} from the picture; a bare page with a number input "
        f"{number_input:.0f} ms, ratios {typed / number_input:.1f}, {table / number_input:.1f} and "
        f"{picture_field / number_input:.1f} (target 3)"
    )
    other.close()
