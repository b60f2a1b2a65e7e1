"""Loading the Network page: how long until the picture, what is asked for, and what moves meanwhile.

The machine sets the pace, so each time stands beside that of a bare page with one small chart, in the same run.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.driver import Server, running_app, settle

LOADS = 5
# what a browser has loaded once it compiles anew, and keeps compiled from then on: a second reload is as all later ones
RELOADS = 2
OURS, BARE = ".player[data-ready=true] .plot .main-svg", ".js-plotly-plot .main-svg"
# notes when an element of the selector is first drawn, and how far what is seen moves without anybody's doing
WATCH = """selector => {
    Object.assign(window, { drawn: null, shifts: 0 });
    const look = () => {
        if (document.querySelector(selector)) window.drawn = performance.now();
        else requestAnimationFrame(look);
    };
    look();
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""


def _running(folder: Path, script: str) -> AbstractContextManager[Server]:
    return running_app(folder / f"{script}.log", str(Path(__file__).with_name(script)))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with _running(tmp_path_factory.mktemp("bare"), "bare_chart.py") as server:
        yield server


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with _running(tmp_path_factory.mktemp("framed"), "framed_chart.py") as server:
        yield server


def opened(chromium: Browser, selector: str) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    context.add_init_script(f"({WATCH})({selector!r})")
    return context, context.new_page()


def drawn(page: Page) -> float:
    """Milliseconds from the beginning of the document until the picture."""
    page.wait_for_function("window.drawn !== null", polling=20, timeout=120_000)
    return float(page.evaluate("window.drawn"))


def loads(chromium: Browser, url: str, selector: str) -> tuple[float, ...]:
    """Milliseconds of a first load and of reloads, with an empty cache, and the layout shift of the first load."""
    context, page = opened(chromium, selector)
    page.goto(url)
    first = drawn(page)
    settle(page)
    page.wait_for_timeout(500)
    shift = float(page.evaluate("window.shifts"))
    again = [reloaded(page) for _ in range(RELOADS)]
    context.close()
    return first, *again, shift


def reloaded(page: Page) -> float:
    page.reload()
    time = drawn(page)
    settle(page)
    page.wait_for_timeout(500)
    return time


def test_from_the_address_to_the_picture(server: Server, bare: Server, framed: Server, chromium: Browser) -> None:
    pages = {"ours": (server.url, OURS), "bare": (bare.url, BARE), "framed": (framed.url, BARE)}
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in pages}
    for _ in range(LOADS + 1):
        for name, (url, selector) in pages.items():
            taken[name].append(loads(chromium, url, selector))
    # the first of each warms it up
    found = {name: [median(column) for column in zip(*rows[1:], strict=True)] for name, rows in taken.items()}
    names = ("first load (target 1.25)", "reload (target 1.5)", "reload once more (target 1.5)")
    for name, ours, chart, below in zip(names, *found.values(), strict=False):
        print(
            f"\nmedian of {LOADS}: {name} {ours:.0f} ms, a bare page with a chart {chart:.0f}, ratio "
            f"{ours / chart:.2f}; with a title, links and a choice above the chart {below:.0f}, {below / chart:.2f}"
        )
    print(f"layout shift {found['ours'][-1]:.3f} (target 0.1), bare {found['bare'][-1]:.3f}")


def test_what_is_asked_for(server: Server, chromium: Browser) -> None:
    context, page = opened(chromium, OURS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1].split(".")[0]))
    page.goto(server.url)
    drawn(page)
    settle(page)
    library, first = asked.index("PlotlyChart"), asked.index("BidiComponent")
    tables = [name for name in asked if name in ("DataFrame", "arrowFormatUtils")]
    print(f"\n{len(asked)} requests; the drawing library is the {library}th, the first that Streamlit's page asks for "
          f"later the {first}th; scripts of data grids: {tables or 'none'}")  # fmt: skip
    context.close()
