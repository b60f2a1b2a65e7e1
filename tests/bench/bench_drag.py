"""How a drag is followed: how often in a second the picture with the newest number is at hand, and what it costs.

The drag is said to the page as the grid and the picture say it, one step a display frame, out and back.
"""

import json
import time

import numpy as np
import pytest
from playwright.sync_api import Browser

from engine import Experiment, encode
from engine.backprop.trace import Detail, plan
from engine.network.editing import number_at
from engine.network.places import Weight
from pages.figures.network.glimpse import View, glimpses
from pages.figures.theme import LIGHT
from tests.bench.bench_figure import DEEP, fastest
from tests.bench.slow_line import slow_line
from tests.browser.driver import Server, settle
from tests.samples import EXAMPLE

PLACE, FAR = Weight(1, 1, 1), 120
# a step of the drag each frame; the times from its beginning at which there were frames, glimpses and drawings
DRAG = """async ([place, first, far]) => {
    const frames = [], seen = [], drawn = [];
    const plot = document.querySelector(".player .plot");
    const watch = new MutationObserver(() => drawn.push(performance.now() - begun));
    watch.observe(plot, { subtree: true, childList: true, characterData: true, attributes: true });
    const begun = performance.now();
    const see = ({ detail: { text } }) => seen.push([performance.now() - begun, text]);
    const say = (more) => {
        const detail = { place, exponent: -2, ...more };
        window.dispatchEvent(new CustomEvent("backprop:drag", { detail }));
    };
    window.addEventListener("backprop:glimpse", see);
    say({ phase: "begin", text: first });
    for (let step = 1; step <= 2 * far; step += 1) {
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - begun);
        const steps = step <= far ? step : 2 * far - step;
        say({ phase: "move", text: `${Number(`${Math.round(Number(first) * 100) + steps}e-2`)}` });
    }
    await new Promise((done) => setTimeout(done, 500));
    say({ phase: "end" });
    window.removeEventListener("backprop:glimpse", see);
    watch.disconnect();
    return [frames, seen, drawn];
}"""
CASES = pytest.mark.parametrize(
    ("name", "experiment", "target"), [("default", EXAMPLE, 30), ("8 layers of 8", DEEP, 10)]
)


@pytest.mark.parametrize("delay", [0, 100])
@CASES
def test_glimpses_handed_out_in_a_second(
    server: Server, chromium: Browser, name: str, experiment: Experiment, target: int, delay: int
) -> None:
    with slow_line(server.url, delay / 1000) as url:
        page = chromium.new_page()
        page.goto(f"{url}/?net={encode(experiment)}")
        page.wait_for_selector(".player[data-ready=true]")
        settle(page)
        own = f"{number_at(experiment, PLACE):.2f}".rstrip("0")
        page.evaluate(DRAG, [PLACE.text, own, 10])
        frames, seen, drawn = page.evaluate(DRAG, [PLACE.text, own, FAR])
        page.close()
    lasted, times = frames[-1] / 1000, [at for at, _ in seen]
    inside = [at for at in times if at <= frames[-1]]
    pictures = sum(1 for at in drawn if at <= frames[-1])
    print(
        f"\n{name}, {delay} ms of delay: {pictures / lasted:.0f} drawings and {len(inside) / lasted:.0f} glimpses of "
        f"the newest number in a second (target {target}) at {len(frames) / lasted:.0f} frames in a second; the first "
        f"after {times[0]:.0f} ms, the longest without one {np.diff([0, *inside]).max():.0f} ms"
    )


@CASES
@pytest.mark.parametrize("detail", ["neuron", "layer"])
def test_what_a_range_costs(name: str, experiment: Experiment, target: int, detail: Detail) -> None:
    last, own = len(plan(experiment, detail)), number_at(experiment, PLACE)
    numbers = [own + step / 100 for step in range(-20, 21)]
    sizes, times = [], []
    for step in sorted({1, last // 3, last // 2, 3 * last // 4, last}):
        start = time.perf_counter()
        found = glimpses(View(experiment, LIGHT, detail, step), PLACE, numbers)
        times.append(1000 * (time.perf_counter() - start))
        sizes.append(len(json.dumps([vars(one) for one in found], ensure_ascii=False, separators=(",", ":"))) / 1000)
    least = fastest(lambda: glimpses(View(experiment, LIGHT, detail, last), PLACE, numbers), 5)
    aims = {30: "40 ms, 300 kB", 10: "400 ms, 1500 kB"}[target]
    print(
        f"\n{name}, by {detail}: {len(numbers)} numbers at the last step in {least:.0f} ms, at any in at most "
        f"{max(times):.0f} ms, as {max(sizes):.0f} kB of JSON (aims {aims})"
    )
