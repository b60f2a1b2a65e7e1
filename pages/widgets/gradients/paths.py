"""All paths from one parameter to the loss: each a product of derivatives, their sum the gradient."""

from collections.abc import Callable, Sequence

import streamlit as st

from engine import Experiment
from engine.analysis.path_formula import path_formula, way
from engine.analysis.paths import LARGEST, Path, Paths, chain_rule_paths
from engine.formulas.numbers import latex, percent, text
from engine.formulas.symbols import layer_names, parameter
from engine.memory import remembered
from engine.network.model import Network
from engine.network.places import Bias, Parameter, Weight
from pages.figures.gradients.parameter_spots import parameter_spots
from pages.figures.gradients.path_picture import path_picture
from pages.figures.gradients.path_products import products
from pages.figures.markup import katex
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.selectable import parameter_of, selectable
from pages.widgets.session import at_hand, selection, shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart
from pages.widgets.shared.example_picker import said_of_one

BIAS = 0
_chosen: Slot[Parameter | None] = Slot("path_parameter", None)


def paths(theme: Theme) -> None:
    """Draw the choice of a parameter, the paths as a table and as bars, and the chosen path in the network."""
    st.markdown(
        "A weight acts on the loss along every path that leads from it to the loss. The chain rule multiplies the "
        "derivatives along a path, and **adds the paths**: their sum is the gradient."
    )
    said_of_one("The paths are those of")
    experiment = shown.alone()
    found = _found(experiment, _parameter(experiment))
    st.latex(katex(_sum(found), theme))
    give_way()
    # as wide as the page, so that the names of paths are whole
    path = found.shown[chosen := _table(experiment, found)]
    left, right = st.columns([4, 3], gap="medium")
    with left:
        st.caption(f"Path {chosen + 1}: {way(experiment.network, path, shown.notation())}")
        _picture(theme, experiment, path, found.parameter)
        st.latex(katex(path_formula(experiment.network, path, shown.notation()), theme))
    with right:
        bars = products(theme, found, LARGEST)
        chart(bars, key="paths_products", alt="The products of the largest paths, the rest, and their sum")


def _parameter(experiment: Experiment) -> Parameter:
    """Draw the choice of a parameter, the one that was selected last in any picture or here, and return it."""
    network = experiment.network
    _take_selected()
    held = _within(network)
    names = layer_names(network)
    with st.container(horizontal=True):
        _choose("Layer", "layer", range(1, len(network.layers) + 1), held, names.__getitem__, width=160)
        own = network.layers[held.layer - 1]
        _choose("Into neuron", "to", range(1, own.n_out + 1), held, str, width=140)
        _choose("From", "source", [*range(1, own.n_in + 1), BIAS], held, _source_name, width=160)
    return held


def _source_name(number: int) -> str:
    return f"neuron {number}" if number else "bias"


def _source(parameter: Parameter) -> int:
    return parameter.source if isinstance(parameter, Weight) else BIAS


def _choose(
    label: str, part: str, options: Sequence[int], held: Parameter, words: Callable[[int], str], width: int
) -> None:
    fields.choice(
        st.selectbox,
        label,
        options,
        key=f"path_{part}",
        held=_source(held) if part == "source" else getattr(held, part),
        format_func=words,
        take=lambda number: _take(part, number),
        width=width,
    )


def _take(part: str, number: int) -> None:
    """Take what was chosen in one of the boxes; it is selected then, as it would be by a click."""
    network = at_hand.experiment().network
    held = _within(network)
    wanted = {"layer": held.layer, "to": held.to, "source": _source(held)} | {part: number}
    # another layer may have fewer neurons
    layer = wanted["layer"]
    to = min(wanted["to"], network.sizes[layer])
    source = min(wanted["source"], network.sizes[layer - 1])
    selection.select(Weight(layer, to, source) if source else Bias(layer, to))


def _take_selected() -> None:
    """Choose what was selected in a picture, on this page or another; a target or the loss has no paths."""
    parameter = parameter_of(selection.selected())
    if parameter is not None:
        _chosen.set(parameter)


def _within(network: Network) -> Parameter:
    """Return the parameter that is selected, or else the one before, or the network's first weight."""
    chosen = parameter_of(selection.selected()) or _chosen.get()
    return chosen if chosen and chosen.within(network.sizes) else Weight(1, 1, 1)


def _picture(theme: Theme, experiment: Experiment, path: Path, chosen: Parameter) -> None:
    """Draw the path in the network; in one that is not too large another parameter can be selected there."""
    picture = path_picture(theme, experiment, path, say=shown.translation().words)
    alt = "The network with the chosen path lit"
    if is_large(experiment.network.sizes):
        chart(picture, key="paths_picture", alt=alt)
        return
    hint = "Select a line, or a neuron for its bias, to see the paths from there."
    selectable(picture, parameter_spots(experiment), [chosen], key="paths_selectable", alt=alt, hint=hint)


@remembered
def _found(experiment: Experiment, parameter: Parameter) -> Paths:
    return chain_rule_paths(experiment, parameter)


def _sum(found: Paths) -> str:
    number = rf"\G{{{latex(found.total, 6)}}}"
    count = f"{found.count:,}".replace(",", r"\,")
    products = (
        r"\text{product of its one path}" if found.count == 1 else rf"\sum_{{{count}\text{{ paths}}}} \text{{product}}"
    )
    slope = rf"\frac{{\partial L}}{{\partial {parameter(found.parameter)}}}"
    return rf"{shown.translation().formula(slope)} = {products} = {number}"


def _table(experiment: Experiment, found: Paths) -> int:
    """Draw the paths, the largest first, and return the index of the one chosen, at first 0."""
    total = sum(abs(path.product) for path in found.shown)
    st.caption(_listed(found))
    ways = [way(experiment.network, path, shown.notation()) for path in found.shown]
    return fields.tables.chosen_row(
        {
            "product": [text(path.product) for path in found.shown],
            "share": [percent(abs(path.product) / total, 1) if total else "–" for path in found.shown],
            "path": ways,
        },
        hide_index=True,
        height=215,
        key=f"paths_{found.parameter.text}_{found.count}",
        column_config={
            "share": st.column_config.TextColumn(
                help="Its part of all paths shown, by size", alignment="right", width=70
            ),
            # the longest is whole, and the table scrolls if it must
            "path": st.column_config.TextColumn(width=9 * max(map(len, ways))),
        },
    )


def _listed(found: Paths) -> str:
    if found.count == 1:
        return "There is one path."
    if found.count == len(found.shown):
        return f"All {found.count:,} paths, the largest in size first."
    return (
        f"The {len(found.shown)} paths of {found.count:,} that are largest in size; the others add up to "
        f"{text(found.rest)}."
    )
