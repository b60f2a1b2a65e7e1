"""The tables of the editor: input, target, weights and biases of every layer, or in a large network of one neuron.

A number that is refused stays in its field with a message, and the last valid network stays at hand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from engine import Experiment, Network
from engine.formulas import numbers
from engine.formulas.plain import subscript
from engine.formulas.symbols import layer_name, layer_names, place_name
from engine.network.editing import MOST_EXAMPLES, number_at, with_numbers, with_rows
from engine.network.model import whole
from engine.network.places import Bias, Given, Input, Neuron, Target, Weight
from engine.network.places import given as place_of
from pages.figures.size import MOST_NEURONS
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.grid import Editing, Grid, grids, number
from pages.widgets.network import structure
from pages.widgets.session import at_hand, changes, location, selection, shown
from pages.widgets.session.reruns import after

Rows = Sequence[Sequence[Given]]
# the places of what is pasted in below the examples that there are
ROW = "row"


def example_tables(theme: Theme) -> None:
    """Draw the tables of input and target, as rows or, of many, as columns; of a batch one with a row an example."""
    _draw("example", _examples, theme)


def _examples() -> list[Grid]:
    experiment = at_hand.experiment()
    if experiment.examples == 1:
        return [_vector("x", "Input"), _vector("y", "Target")]
    return [_batch(experiment)]


def _batch(experiment: Experiment) -> Grid:
    """All examples as rows; a block that is pasted in may bring more of them."""
    inputs, outputs = (range(1, experiment.network.sizes[end] + 1) for end in (0, -1))
    numbers = range(1, experiment.examples + 1)
    rows = [[*(Input(i, k) for i in inputs), *(Target(j, k) for j in outputs)] for k in numbers]
    columns = (*(f"x{subscript(i)}" for i in inputs), *(f"y{subscript(j)}" for j in outputs))
    table = _grid("", "Inputs x and targets y of the examples", rows, columns, tuple(map(str, numbers)))
    return replace(table, corner="example", growing=ROW, most=MOST_EXAMPLES)


def weight_tables(theme: Theme) -> None:
    """Draw the weights and biases of all layers, or in a large network those of one neuron."""
    neuron = _chosen(at_hand.experiment().network) if shown.summarised() else None
    _draw("weights", lambda: _weights(at_hand.experiment().network, neuron), theme)


def _weights(network: Network, neuron: Neuron | None) -> list[Grid]:
    if neuron is None:
        return list(_of_layers(network))
    # another field of the same message may have made the network smaller
    return [_of_neuron(network, neuron)] if neuron.within(network.sizes) else []


def _draw(key: str, make: Callable[[], Sequence[Grid]], theme: Theme) -> None:
    grids(editing(key, make), theme)


def editing(key: str, make: Callable[[], Sequence[Grid]]) -> Editing:
    """Return the edits of a component with tables of the network's numbers, and of what is chosen at its headings."""
    return Editing(
        key=key,
        make=make,
        edition=at_hand.edition(),
        take=_take,
        read=_read,
        then=lambda take: after(take, quiet)(),
    )


def in_the_picture() -> list[Grid]:
    """Return all that can be changed in the picture, as tables."""
    network = at_hand.experiment().network
    numbers = [_vector("x", "Input"), _vector("y", "Target"), *_of_layers(network)]
    return [] if shown.summarised() else [*numbers, structure.table()]


def _read(place: str, text: str) -> float | str:
    return text if structure.chosen_at(place) else number(place, text)


def _take(given: Mapping[str, float | str], gesture: str) -> None:
    # one at a time, as at a heading: each choice computes a whole network, and a message may hold many hundred
    for place, text in [one for one in given.items() if isinstance(one[1], str)][:1]:
        structure.choose(place, str(text))
    numbers = {place: number for place, number in given.items() if not isinstance(number, str)}
    below = {_cell(place): number for place, number in numbers.items() if place.startswith(f"{ROW}.")}
    known = {place_of(place): number for place, number in numbers.items() if not place.startswith(f"{ROW}.")}
    changed = whole(with_numbers(shown.looked_at(), known))
    changes.edit(with_rows(changed, below) if below else changed, gesture)


def _cell(place: str) -> tuple[int, int]:
    """Return row and column, from 1, of a cell below the table of the examples."""
    _, row, column = place.split(".")
    return int(row), int(column)


def _vector(which: str, title: str) -> Grid:
    values, place = getattr(shown.looked_at(), which), {"x": Input, "y": Target}[which]
    row = [place(number) for number in range(1, len(values) + 1)]
    own = shown.translation()
    names = tuple(own.words(f"{which}{subscript(place.number)}") for place in row)
    if len(row) > MOST_NEURONS:
        return _grid(title, title, [[place] for place in row], (which,), names)
    return _grid(title, title, [row], names, ("",))


def _of_layers(network: Network) -> Iterator[Grid]:
    own = shown.translation()
    for index, layer in enumerate(network.layers, start=1):
        sources = [Neuron(index - 1, number) for number in range(1, layer.n_in + 1)]
        rows = [_into(Neuron(index, number), len(sources)) for number in range(1, layer.n_out + 1)]
        columns = [own.neuron(neuron) for neuron in sources]
        names = [own.neuron(Neuron(index, number)) for number in range(1, layer.n_out + 1)]
        title = layer_name(network, index)
        yield _grid(title, f"Weights and biases of {title}", rows, (*columns, "bias"), tuple(names))


def _into(neuron: Neuron, sources: int) -> list[Given]:
    weights = [Weight(neuron.layer, neuron.number, source) for source in range(1, sources + 1)]
    return [*weights, Bias(neuron.layer, neuron.number)]


def _chosen(network: Network) -> Neuron:
    """Draw the choice of a layer and of a neuron in it, at first what is selected in the picture; return the neuron."""
    layers = list(range(1, len(network.layers) + 1))
    now = _selected()
    layer = fields.choice(
        st.segmented_control,
        "Layer",
        layers,
        key=f"large_layer_{len(layers)}",
        held=now.layer,
        format_func=layer_names(network).__getitem__,
        take=lambda layer: _select(Neuron(layer, 1)),
    )
    n_out = network.layers[layer - 1].n_out
    number = fields.number(
        st.number_input,
        "Neuron",
        1,
        n_out,
        key=f"large_neuron_{layer}_{n_out}",
        held=now.number,
        take=lambda number: _select(Neuron(layer, number)),
    )
    return Neuron(layer, number)


def _selected() -> Neuron:
    """Return the neuron that is selected, or that a selected weight or bias leads to; or else the first one."""
    match selection.selected():
        case Neuron() as neuron:
            return neuron
        case Weight(layer, to) | Bias(layer, to):
            return Neuron(layer, to)
    return Neuron(1, 1)


def _select(neuron: Neuron) -> None:
    after(lambda: selection.select(neuron), quiet)()


def _of_neuron(network: Network, neuron: Neuron) -> Grid:
    row = _into(neuron, network.layers[neuron.layer - 1].n_in)
    sources = [Neuron(neuron.layer - 1, source) for source in range(1, len(row))]
    names = [shown.translation().neuron(source) for source in sources]
    title = place_name(network, neuron)
    return _grid(title, f"Weights and bias of {title}", [[place] for place in row], ("from",), (*names, "bias"))


def _grid(title: str, name: str, rows: Rows, columns: tuple[str, ...], names: tuple[str, ...]) -> Grid:
    experiment = shown.looked_at()
    return Grid(
        title=title,
        name=name,
        corner="to" if len(columns) > 1 and len(names) > 1 else "",
        columns=columns,
        rows=names,
        places=tuple(tuple(place.text for place in row) for row in rows),
        words=tuple(tuple(place_name(experiment.network, place) for place in row) for row in rows),
        values=tuple(tuple(numbers.exact(number_at(experiment, place)) for place in row) for row in rows),
    )


def quiet() -> bool:
    """Return whether the page says nothing of a bad link or of a network without one."""
    return not location.problem.get() and at_hand.fits_address()
