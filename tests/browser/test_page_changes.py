"""Going from page to page: each shows the experiment at hand, in every field and table, as one opened with its link."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
from playwright.sync_api import Page, expect

from engine import ACTIVATIONS, LOSSES, Experiment, Layer, Network, decode, encode
from engine.formulas import numbers
from engine.formulas.symbols import layer_names
from engine.network.editing import number_at, with_activation, with_layer
from engine.network.places import given
from tests.browser.cells import type_number
from tests.browser.driver import Server, settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import arrive, choose, go, press

OWN = Experiment(
    Network(
        [
            Layer([[0.5, -0.25], [1.5, 0.125]], [0.1, -0.2], "elu", 0.5),
            Layer([[0.25, 0.75]], [-0.75], "tanh"),
            Layer([[0.125], [-0.5]], [0.25, -1], "leaky_relu", 0.2),
            Layer([[1, -1], [0.5, 0.25]], [0.75, -0.25], "softmax"),
        ],
        "cross_entropy",
    ),
    [0.75, -1.5],
    [0, 1],
    0.375,
    update_biases=False,
)
LINK = f"/?net={encode(OWN)}&step=5"
SIDEBAR, MAIN = "[data-testid=stSidebar]", "[data-testid=stMain], [data-testid=stBottom]"
# all fields with their names, and the texts of the cells of all tables: Streamlit's stand inside of the canvas of each
READ = """scopes => {
    const all = what => [...document.querySelectorAll(scopes)].flatMap(scope => [...scope.querySelectorAll(what)]);
    const outside = element => !element.closest(".player, .numbers");
    const texts = (element, cells) => [...element.querySelectorAll(cells)].map(cell => cell.textContent);
    return {
        fields: all("input").filter(outside).map(field => [field.getAttribute("aria-label") ?? "",
            field.type === "checkbox" ? field.checked : field.type === "number" ? field.valueAsNumber : field.value]),
        positions: all(".player .position").map(position => position.innerText),
        chosen: all("[role=radio][aria-checked=true]").map(option => option.innerText),
        disabled: [...new Set(all(".stButton button:disabled p").map(words => words.textContent))],
        numbers: Object.fromEntries(all("[data-place]").map(field => [field.dataset.place, field.value])),
        tables: all("[data-testid=stDataFrame]").map(table =>
            texts(table, "[role=columnheader], [role=gridcell]")),
    };
}"""


def read(page: Page, scopes: str) -> dict[str, Any]:
    # what is in a table comes after the table
    expect(page.locator(".numbers:not([data-ready=true])")).to_have_count(0)
    page.wait_for_function("""() => [...document.querySelectorAll("[data-testid=stDataFrame]")]
        .every(table => table.querySelector("[role=gridcell]"))""")
    return page.evaluate(READ, scopes)


def at_hand(page: Page) -> Experiment:
    """The experiment in the address."""
    return decode(parse_qs(urlparse(page.url).query)["net"][0])


def fields_of(experiment: Experiment) -> list[tuple[str, object]]:
    """All fields of the editor, by name, with what they have to show."""
    network = experiment.network
    fields: list[tuple[str, object]] = [("Example", "Your own network"), ("Number of layers", len(network.layers))]
    for index, (name, size) in enumerate(zip(layer_names(network), network.sizes, strict=True)):
        fields.append((name, size))
        if index:
            layer = network.layers[index - 1]
            activation = ACTIVATIONS[layer.activation]
            fields.append((f"{name}, activation", activation.title))
            if layer.parameter is not None:
                fields.append((f"{name}, α of {activation.title}", numbers.exact(layer.parameter)))
    return [
        *fields,
        ("Loss", LOSSES[network.loss].title),
        ("Learning rate η", numbers.exact(experiment.learning_rate)),
        ("Update the biases too", experiment.update_biases),
    ]


def numbers_in(experiment: Experiment) -> dict[str, float]:
    """All numbers in the editor's tables, by place."""
    network = experiment.network
    vectors = {f"{name}.{n}": v for name in "xy" for n, v in enumerate(getattr(experiment, name), start=1)}
    biases = {f"b.{k}.{j}": v for k, layer in enumerate(network.layers, 1) for j, v in enumerate(layer.b, 1)}
    weights = {f"w.{k}.{j}.{i}": v for k, layer in enumerate(network.layers, 1) for (j, i), v in shifted(layer.W)}
    return vectors | biases | weights


def shifted(W: np.ndarray) -> list[tuple[tuple[int, int], float]]:
    return [((j + 1, i + 1), float(v)) for (j, i), v in np.ndenumerate(W)]


def require_at_hand(page: Page, experiment: Experiment, disabled: list[str]) -> None:
    """The address and all of the sidebar hold the experiment."""
    assert at_hand(page) == experiment
    shown = read(page, SIDEBAR)
    assert [(name, value) for name, value in shown["fields"]] == fields_of(experiment)
    assert shown["disabled"] == disabled
    assert {place: float(text) for place, text in shown["numbers"].items()} == numbers_in(experiment)


def go_to(page: Page, name: str) -> None:
    """Go to a page with its sidebar showing the editor."""
    go(page, name)
    if name == "Derivation":
        choose(page, "Edit the network")


def type_rate(page: Page, rate: str) -> None:
    page.locator(SIDEBAR).get_by_role("textbox", name="Learning rate η").fill(rate)
    page.keyboard.press("Tab")
    settle(page)


# the links to other pages hold what the address holds
LINKED = """() => [...document.querySelectorAll(".st-key-navigation a")].every(link =>
    new URL(link.href).searchParams.get("net") === new URL(location.href).searchParams.get("net"))"""


def type_in(page: Page, place: str, text: str) -> None:
    before = page.url
    type_number(page, place, text)
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_function(LINKED)
    settle(page)


def choose_in(page: Page, box: str, option: str) -> None:
    # of a long list only a part is drawn, until it is searched
    page.locator(SIDEBAR).get_by_role("combobox", name=box, exact=True).click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def edited(page: Page) -> Experiment:
    """Change a number, a choice and a weight by hand; return the experiment that they lead to."""
    type_rate(page, "0.25")
    choose_in(page, "Hidden 2, activation", "Gaussian")
    type_in(page, "w.1.1.1", "-0.75")
    changed = with_activation(replace(OWN, learning_rate=0.25), 1, "gaussian")
    W = changed.network.layers[0].W.copy()
    W[0, 0] = -0.75
    return with_layer(changed, 0, W, changed.network.layers[0].b)


WALK = ("Activations", "Network", "Training", "Gradients", "Network", "Derivation", "Network", "Landscape", "Share",
        "Network")  # fmt: skip


def test_after_each_of_ten_page_changes_the_sidebar_shows_the_experiment_at_hand(open_page: OpenPage) -> None:
    page = open_page(LINK)
    experiment = edited(page)
    require_at_hand(page, experiment, ["Redo"])
    for count, name in enumerate(WALK):
        go_to(page, name)
        require_at_hand(page, experiment, ["Redo"])
        # typed on this page, read on the next
        type_in(page, "x.2", str(count))
        experiment = replace(experiment, x=[0.75, count])
        require_at_hand(page, experiment, ["Redo"])


def test_a_page_that_one_comes_to_shows_what_one_that_is_opened_shows(open_page: OpenPage) -> None:
    page = open_page(LINK)
    opened = page.context.new_page()
    for name in dict.fromkeys(WALK):
        go_to(page, name)
        opened.goto(page.url)
        settle(opened)
        assert read(page, MAIN) == read(opened, MAIN), name
        # with nothing of this page's session
        opened.evaluate("sessionStorage.clear()")
    opened.close()


def test_the_sidebar_shows_it_too_after_undo_and_redo_back_and_reload(open_page: OpenPage) -> None:
    page = open_page(LINK)
    go_to(page, "Training")
    type_rate(page, "2")
    changed = replace(OWN, learning_rate=2.0)
    go_to(page, "Gradients")
    require_at_hand(page, changed, ["Redo"])
    press(page, "Undo")
    require_at_hand(page, OWN, ["Undo"])
    go_to(page, "Landscape")
    require_at_hand(page, OWN, ["Undo"])
    press(page, "Redo")
    go_to(page, "Network")
    require_at_hand(page, changed, ["Redo"])
    page.go_back()
    arrive(page, "Landscape")
    require_at_hand(page, changed, ["Redo"])
    # what can be undone outlasts a reload
    page.reload()
    arrive(page, "Landscape")
    require_at_hand(page, changed, ["Redo"])
    go_to(page, "Share")
    require_at_hand(page, changed, ["Redo"])


def test_a_page_change_is_one_entry_of_the_history_and_back_leads_to_the_page_before(open_page: OpenPage) -> None:
    page = open_page(LINK)
    length = page.evaluate("history.length")
    walk = WALK[3:8]
    for count, name in enumerate(walk, 1):
        go(page, name)
        assert "step=5" in page.url and page.evaluate("history.length") == length + count, name
    for name in (*walk[-2::-1], "Network"):
        page.go_back()
        arrive(page, name)
        assert "step=5" in page.url


def test_what_was_typed_last_goes_along_however_fast_another_page_is_pressed(open_page: OpenPage) -> None:
    page = open_page("/?preset=mazur&step=3")
    place = "w.1.1.1"
    for number, (name, pressed_for) in enumerate((("Training", 120), ("Derivation", 0), ("Activations", 30)), start=2):
        field = page.locator(f'[data-place="{place}"]').first
        field.click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(number))
        page.get_by_role("link", name=name, exact=True).click(delay=pressed_for)
        arrive(page, name)
        assert at_hand(page).network.layers[0].W[0, 0] == number, name
        go(page, "Network")
        assert number_at(at_hand(page), given(place)) == number
    page.locator(SIDEBAR).get_by_role("textbox", name="Learning rate η").fill("0.7")
    page.get_by_role("link", name="Derivation", exact=True).click()
    arrive(page, "Derivation")
    assert at_hand(page).learning_rate == 0.7
    go(page, "Network")
    page.get_by_role("button", name="One neuron more in Hidden 1").click()
    page.get_by_role("link", name="Share", exact=True).click()
    arrive(page, "Share")
    assert at_hand(page).network.sizes != (2, 2, 2)


@contextmanager
def at_a_standstill(server: Server, page: Page) -> Iterator[None]:
    """A server that is at something else for as long as two waits of the page's would last."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
        page.wait_for_timeout(700)
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_nothing_is_lost_if_a_server_is_busy_while_another_page_is_pressed(open_page: OpenPage, server: Server) -> None:
    page = open_page("/?preset=mazur&step=3")

    def given() -> tuple[float, float, tuple[int, ...]]:
        experiment = at_hand(page)
        return experiment.network.layers[0].W[0, 0], experiment.learning_rate, experiment.network.sizes

    page.locator('[data-place="w.1.1.1"]').first.fill("7")
    with at_a_standstill(server, page):
        page.get_by_role("link", name="Training", exact=True).click()
    arrive(page, "Training")
    assert given() == (7, 0.5, (2, 2, 2))
    go(page, "Network")
    page.locator(SIDEBAR).get_by_role("textbox", name="Learning rate η").fill("0.7")
    with at_a_standstill(server, page):
        page.get_by_role("link", name="Derivation", exact=True).click()
    arrive(page, "Derivation")
    assert given() == (7, 0.7, (2, 2, 2))
    go(page, "Network")
    with at_a_standstill(server, page):
        page.get_by_role("button", name="One neuron more in Hidden 1").click()
        page.get_by_role("link", name="Share", exact=True).click()
    arrive(page, "Share")
    assert given() == (7, 0.7, (2, 3, 2))
