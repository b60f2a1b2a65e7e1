"""How fast training is: steps per second beside an eager PyTorch loop, landscapes, and the pages in a browser.

Both loops visit the same shuffled batches of the same data with the same loss; they take turns, and the best counts.
PyTorch is not among the development requirements: without it its part is skipped, and says so.
"""

import importlib
import time
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine import DATASETS, PRESETS, Layer, Network, train
from engine.data.dataset import Dataset
from engine.landscape.directions import along
from engine.landscape.surface import Landscape
from pages.figures.theme import LIGHT
from pages.figures.training.playback import playback
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage

SIZES = (2, 8, 8, 8, 1)
ROUNDS = 5


def network(hidden: str) -> Network:
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(0, n**-0.5, (m, n)), np.zeros(m), hidden) for n, m in pairwise(SIZES[:-1])]
    return Network([*layers, Layer(rng.normal(size=(1, 8)), np.zeros(1), "sigmoid")], "binary_cross_entropy")


def ours(data: Dataset, hidden: str, optimizer: str, batch: int, epochs: int) -> float:
    """Steps per second, all that `train` records included."""
    start = time.perf_counter()
    history = train(
        network(hidden),
        data.x,
        data.y,
        optimizer=optimizer,
        learning_rate=0.01,
        epochs=epochs,
        batch_size=batch,
        seed=0,
    )
    return history.steps / (time.perf_counter() - start)


def theirs(torch: Any, data: Dataset, hidden: str, optimizer: str, batch: int, epochs: int) -> float:
    """Steps per second of the usual loop, which records nothing."""
    activation = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[hidden]
    layers = [part for n, m in pairwise(SIZES) for part in (torch.nn.Linear(n, m), activation())][:-1]
    model, loss = torch.nn.Sequential(*layers), torch.nn.BCEWithLogitsLoss()
    descent = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](model.parameters(), lr=0.01)
    x, y = (torch.tensor(part, dtype=torch.float32) for part in (data.x, data.y))
    start, steps = time.perf_counter(), 0
    for _ in range(epochs):
        order = torch.randperm(data.size)
        for first in range(0, data.size, batch):
            chosen = order[first : first + batch]
            descent.zero_grad()
            loss(model(x[chosen]), y[chosen]).backward()
            descent.step()
            steps += 1
    return steps / (time.perf_counter() - start)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("hidden", ["relu", "tanh"])
@pytest.mark.parametrize(("batch", "epochs"), [(10, 30), (250, 1000)])
def test_steps_per_second(optimizer: str, hidden: str, batch: int, epochs: int) -> None:
    data = DATASETS["spirals"].make(500)
    try:
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
    except ModuleNotFoundError:
        torch = None
    mine, other = 0.0, 0.0
    for _ in range(ROUNDS):
        mine = max(mine, ours(data, hidden, optimizer, batch, epochs))
        if torch:
            other = max(other, theirs(torch, data, hidden, optimizer, batch, epochs // 5))
    beside = f"{mine / other:.1f} times PyTorch's {other:,.0f}" if torch else "PyTorch is not installed: skipped"
    print(f"\n{'-'.join(map(str, SIZES))}, {hidden}, {optimizer}, batch {batch}: {mine:,.0f} steps/s, {beside}")


def test_landscapes() -> None:
    experiment = PRESETS["worked-example"].experiment
    side = np.linspace(-3, 3, 61)
    pair = np.stack([along(experiment.network, index) for index in (0, 30)])
    landscape = Landscape(experiment.network, experiment.x, experiment.y, pair)
    data = DATASETS["spirals"].make(500)
    pair = np.stack([along(network("tanh"), index) for index in (0, 30)])
    large = Landscape(network("tanh"), data.x, data.y, pair)
    for words, each in (("the default network, one example", landscape), ("2-8-8-8-1, 500 examples", large)):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            each.grid(side, side)
            times.append(time.perf_counter() - start)
        print(f"\n61 x 61 points of {words}: {1000 * min(times):.0f} ms (300 wanted for the default network)")


def test_a_run_in_the_browser(open_page: OpenPage) -> None:
    page = open_page("/training", reduced_motion="reduce")
    for data, epochs in (("XOR", 1000), ("two spirals", 100)):
        page.get_by_role("combobox", name="Data").click()
        page.get_by_role("option", name=data, exact=True).click()
        settle(page)
        suited = page.get_by_role("button", name="Take a network that suits them")
        if suited.count():
            suited.click()
            settle(page)
        page.get_by_role("spinbutton", name="Epochs").fill(str(epochs))
        page.keyboard.press("Tab")
        settle(page)
        page.evaluate("() => document.querySelector('.training')?.removeAttribute('data-ready')")
        start = time.perf_counter()
        page.get_by_role("button", name="Train", exact=True).click()
        page.wait_for_selector(".training[data-ready=true]", timeout=60_000)
        print(f"\n{data}, {epochs} epochs: shown {time.perf_counter() - start:.2f} s after the click (2 wanted)")
    frames = page.evaluate(SCRUB)
    print(f"scrubbing: a frame per {np.median(frames):.1f} ms, 95 % within {np.quantile(frames, 0.95):.1f} ms")


# moves the slider on at every frame of the display, and measures the time between frames
SCRUB = """async () => {
    const seek = document.querySelector('.training .seek');
    const times = [];
    let before = await new Promise(requestAnimationFrame);
    for (let k = 0; k < 180; k += 1) {
        seek.value = 1 + (k % Number(seek.max));
        seek.dispatchEvent(new Event('input', { bubbles: true }));
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before);
        before = now;
    }
    return times;
}"""


def test_payloads() -> None:
    for name, sizes in (("spirals", (8, 8)), ("three_spirals", (10,) * 7)):
        data = DATASETS[name].make(500)
        rng = np.random.default_rng(0)
        widths = (2, *sizes)
        layers = [Layer(rng.normal(0, n**-0.5, (m, n)), np.zeros(m), "tanh") for n, m in pairwise(widths)]
        last = data.y.shape[1]
        output, loss = ("sigmoid", "binary_cross_entropy") if last == 1 else ("softmax", "cross_entropy")
        made = Network([*layers, Layer(rng.normal(size=(last, widths[-1])), np.zeros(last), output)], loss)
        history = train(made, data.x, data.y, epochs=60, batch_size=50, seed=0)
        kilobytes = len(playback(LIGHT, history, data, None).packed()) / 1000
        print(f"\n{name}, {len(sizes)} hidden layers: {kilobytes:.0f} kB for 60 snapshots (1,500 allowed)")
