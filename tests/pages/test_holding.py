"""What a session holds of a network: the one at hand, and nothing in the widgets that it has ever drawn.

Streamlit keeps the callbacks and readers of every widget of a session, also of those that left the page. One that
remembers a network keeps it for as long as the session is there.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Layer, Network
from engine.memory import arrays_in
from engine.network.places import Neuron, Weight
from pages.widgets.document import PAGES
from tests.pages.page import Page
from tests.pages.scenes import VIEWS
from tests.weight_files import npz_of, state_dict

LARGE = 100_000


def large() -> Experiment:
    """A network of two layers, each of whose matrices is large, and with an activation that has a parameter."""
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(size=(n, m)) / 9, np.zeros(n), "elu") for m, n in ((120, 130), (130, 110))]
    return Experiment(Network(layers, "half_squared_error"), rng.normal(size=120), np.zeros(110), 0.1)


def within(value: Any, seen: set[int]) -> Iterator[Any]:
    """Everything that a function remembers: its closure, its defaults, its arguments, the object it belongs to."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    parts: list[Any] = []
    if isinstance(value, partial):
        parts += [value.func, *value.args, *value.keywords.values()]
    for cell in getattr(value, "__closure__", None) or ():
        parts.append(cell.cell_contents)
    parts += [getattr(value, "__self__", None), *(getattr(value, "__defaults__", None) or ())]
    if type(value).__name__.endswith("Serde"):
        parts += vars(value).values()
    for part in parts:
        yield from within(part, seen)


def remembered(page: Page) -> Iterator[tuple[str, Any]]:
    """The widgets' ids with what Streamlit remembers of each."""
    for id_, metadata in page.record._new_widget_state.widget_metadata.items():
        for kept in vars(metadata).values():
            yield from ((id_, part) for part in within(kept, set()))


def hold_large_arrays(page: Page) -> set[str]:
    return {id_ for id_, part in remembered(page) for array in arrays_in(part) if array.nbytes >= LARGE}


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_no_widget_of_any_view_remembers_a_network(file: str) -> None:
    page = Page(file, large())
    assert list(remembered(page)) and not hold_large_arrays(page)
    key, views = VIEWS.get(file, ("", ()))
    for view in views:
        assert not hold_large_arrays(page.set(key, view)), view


def test_nor_of_a_file_that_was_opened() -> None:
    page = Page("pages/share.py", large()).set("share_as", "Open a file")
    content = npz_of(state_dict(large().network))
    page.upload("upload", "w.npz", content)
    assert page.has("take") and not hold_large_arrays(page)
    page.press("take")
    assert not hold_large_arrays(page)
    assert page.experiment.network.sizes == large().network.sizes


def items(page: Page) -> list[Any]:
    """What is in the lists, tuples and dictionaries that Streamlit remembers of the widgets."""
    parts = [part for _, part in remembered(page) if isinstance(part, dict | list | tuple)]
    return [item for part in parts for item in (part.values() if isinstance(part, dict) else part)]


def test_of_the_neurons_to_choose_from_a_session_holds_words_alone_and_all_sessions_the_same() -> None:
    """Fifty sessions with the largest network held 94,000 neurons, and a list of words each."""
    mine, others = items(Page(experiment=large())), items(Page(experiment=large()))
    assert not any(isinstance(item, Neuron | Weight) for item in mine)
    words = {id(item) for item in mine if isinstance(item, str) and (", neuron " in item or item[:7] == "Input x")}
    assert len(words) == 120 + 130 + 110 and words <= {id(item) for item in others}


def test_after_an_update_the_session_holds_the_new_network_alone() -> None:
    page = Page(experiment=large()).press("apply_update")
    state = page.record
    kept = [*state._old_state.values(), *state._new_session_state.values()]
    assert len({id(value) for value in kept if isinstance(value, Experiment)}) == 1
