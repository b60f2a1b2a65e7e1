"""The inspector: all numbers and formulas of the place that was clicked, or picked by keyboard."""

from collections.abc import Iterator
from itertools import pairwise

import streamlit as st

from engine import Network
from engine.analysis.inspection import facts
from engine.backprop.learning_step import learning_step
from engine.formulas import plain
from engine.formulas.notations import Notation, Translation
from engine.formulas.numbers import text
from engine.formulas.plain import subscript
from engine.formulas.symbols import layer_names, place_name
from engine.memory import remembered
from engine.network.places import Bias, Input, LossValue, Neuron, Place, Target, Weight
from pages.figures.activations.curves import activation_curve
from pages.figures.markup import katex
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import selection, shown
from pages.widgets.shared.chart import chart


def inspector(theme: Theme) -> None:
    """Draw the picker, the facts about what is picked, and a neuron's activation with the point where it stands."""
    experiment = shown.looked_at()
    picked = selection.selected() or Neuron(len(experiment.network.layers), 1)
    _picker(experiment.network, picked)
    # however much is said, the curve after it keeps its place: of a run that was given up, Streamlit still sends
    # the charts that the browser keeps a copy of, and nothing else
    with st.container():
        for fact in facts(experiment, picked, shown.notation()):
            st.caption(fact.words[0].upper() + fact.words[1:])
            st.latex(katex(fact.latex, theme))
        neuron = _with_a_curve(picked)
        if neuron and neuron != picked:
            words = _words(shown.translation(), layer_names(experiment.network), neuron)
            st.caption(f"It leads to: {words}. The activation of this neuron:")
    if neuron:
        _curve(theme, experiment.network, neuron)


def _with_a_curve(picked: Place) -> Neuron | None:
    match picked:
        case Neuron():
            return picked
        case Weight(layer, to) | Bias(layer, to):
            return Neuron(layer, to)
    return None


def _picker(network: Network, picked: Place) -> None:
    """Draw the choice of a place. Its callback stays with the session, and so holds no places of its own."""
    sizes, names = network.sizes, layer_names(network)
    every, own = _all_words(sizes, names, shown.notation()), _words(shown.translation(), names, picked)
    fields.choice(
        st.selectbox,
        "Neuron or weight, or another number",
        every if own in every else (*every, own),
        key="inspected",
        held=own,
        take=lambda words: selection.select(_meant(sizes, names, shown.notation(), words) or picked.text),
        help="Click a neuron, a line or another number in the picture, or choose one here.",
    )


@remembered
def _all_words(sizes: tuple[int, ...], names: tuple[str, ...], notation: Notation) -> tuple[str, ...]:
    own = Translation(notation, sizes)
    return tuple(_words(own, names, place) for place in _places(sizes))


def _meant(sizes: tuple[int, ...], names: tuple[str, ...], notation: Notation, words: str) -> Place | None:
    every = zip(_places(sizes), _all_words(sizes, names, notation), strict=True)
    return next((place for place, own in every if own == words), None)


def _places(sizes: tuple[int, ...]) -> Iterator[Place]:
    first, *others = sizes
    yield from (Input(number) for number in range(1, first + 1))
    for layer, size in enumerate(others, start=1):
        yield from (Neuron(layer, number) for number in range(1, size + 1))
    yield from (Target(number) for number in range(1, sizes[-1] + 1))
    yield LossValue()
    # too many weights to list: those clicked in the picture can be looked at
    if not is_large(sizes):
        for layer, (sources, size) in enumerate(pairwise(sizes), start=1):
            yield from (Weight(layer, to, source) for to in range(1, size + 1) for source in range(1, sources + 1))
            yield from (Bias(layer, to) for to in range(1, size + 1))


def _words(own: Translation, names: tuple[str, ...], place: Place) -> str:
    if isinstance(place, Input | Target | LossValue):
        return own.words(_outside(place))
    layer = names[place.layer]
    match place:
        case Neuron(_, number):
            return f"{layer}, neuron {number} ({own.neuron(place)})"
        case Weight():
            before, after = map(own.neuron, place.ends)
            return f"Weight {before} → {after}, {layer}"
        case Bias():
            return f"Bias {own.words(plain.parameter(place))}, {layer}"


def _outside(place: Input | Target | LossValue) -> str:
    match place:
        case Input(number):
            return f"Input x{subscript(number)}"
        case Target(number):
            return f"Target y{subscript(number)}"
        case LossValue():
            return "Loss"


def _curve(theme: Theme, network: Network, neuron: Neuron) -> None:
    own_layer = network.layers[neuron.layer - 1]
    all_z = learning_step(shown.looked_at()).forward.z[neuron.layer - 1]
    own_z, own = float(all_z[neuron.number - 1]), shown.translation()
    others = _others(all_z, neuron.number)
    figure = activation_curve(
        theme, own_layer.activation, own_layer.parameter, own_z, own.neuron(neuron), others, own.words
    )
    where = f"{place_name(network, neuron)} stands, {own.words('z')} = {text(own_z)}"
    chart(figure, key="curve", alt=f"{own_layer.activation} with the point where {where}")


def _others(z: object, neuron: int) -> tuple[float, ...]:
    return tuple(float(v) for index, v in enumerate(z, start=1) if index != neuron)  # type: ignore[call-overload]
