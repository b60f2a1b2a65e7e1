"""All paths from one parameter to the loss: each a product of derivatives, their sum the gradient."""

import streamlit as st

from engine import Experiment
from engine.analysis.path_formula import path_formula, way
from engine.analysis.paths import LARGEST, Paths, chain_rule_paths
from engine.formulas.numbers import text
from engine.formulas.symbols import layer_names, parameter
from engine.memory import remembered
from engine.network.places import Bias, Neuron, Parameter, Weight
from pages.figures.gradients.path_picture import path_picture
from pages.figures.gradients.path_products import products
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, selection
from pages.widgets.session.compute_lock import give_way
from pages.widgets.shared.chart import chart

BIAS = 0


def paths(theme: Theme) -> None:
    """Draw the choice of a parameter, the paths as a table and as bars, and the chosen path in the network."""
    st.markdown(
        "A weight moves the loss along every path that leads from it to the loss. The chain rule multiplies the "
        "derivatives along a path, and **adds the paths**: their sum is the gradient."
    )
    experiment = at_hand.experiment()
    found = _found(experiment, _parameter(experiment))
    st.latex(katex(_sum(found), theme))
    give_way()
    left, right = st.columns([4, 3], gap="medium")
    with right:
        chosen = _table(experiment, found)
    path = found.shown[chosen]
    with left:
        st.caption(f"Path {chosen + 1}: {way(experiment.network, path)}")
        picture = path_picture(theme, experiment, path)
        chart(picture, key="paths_picture", alt="The network with the chosen path lit")
        st.latex(katex(path_formula(experiment.network, path), theme))
    with right:
        bars = products(theme, found, LARGEST)
        chart(bars, key="paths_products", alt="The products of the largest paths, the rest, and their sum")


def _parameter(experiment: Experiment) -> Parameter:
    """Draw the choice of a parameter, at first the weight that was clicked in the network, and return it."""
    network = experiment.network
    first = _clicked()
    with st.container(horizontal=True):
        layer = fields.choice(
            st.selectbox,
            "Layer",
            range(1, len(network.layers) + 1),
            first=first.layer,
            format_func=layer_names(network).__getitem__,
            key=f"path_layer_{network.sizes}",
            width=160,
        )
        own, here = network.layers[layer - 1], first.layer == layer
        neuron = fields.choice(
            st.selectbox,
            "Into neuron",
            range(1, own.n_out + 1),
            first=first.to if here else 1,
            key=f"path_to_{layer}_{own.W.shape}",
            width=140,
        )
        source = fields.choice(
            st.selectbox,
            "From",
            [*range(1, own.n_in + 1), BIAS],
            first=first.source if here else 1,
            format_func=lambda number: f"neuron {number}" if number else "bias",
            key=f"path_from_{layer}_{own.W.shape}",
            width=160,
        )
    return Weight(layer, neuron, source) if source else Bias(layer, neuron)


def _clicked() -> Weight:
    """Return the weight that was clicked, of a neuron the first into it; or else the network's first."""
    match selection.selected():
        case Weight() as weight:
            return weight
        case Neuron(layer, number) | Bias(layer, number) if layer:
            return Weight(layer, number, 1)
    return Weight(1, 1, 1)


@remembered
def _found(experiment: Experiment, parameter: Parameter) -> Paths:
    return chain_rule_paths(experiment, parameter)


def _sum(found: Paths) -> str:
    number = rf"\G{{{text(found.total, 6)}}}".replace("−", "-")
    count = f"{found.count:,}".replace(",", r"\,")
    noun = "path" if found.count == 1 else "paths"
    return (
        rf"\frac{{\partial L}}{{\partial {parameter(found.parameter)}}} = \sum_{{{count}\text{{ {noun}}}}} = {number}"
    )


def _table(experiment: Experiment, found: Paths) -> int:
    """Draw the paths, the largest first, and return the index of the one chosen, at first 0."""
    total = sum(abs(path.product) for path in found.shown) or 1.0
    st.caption(
        f"All {found.count:,} paths, the largest first." if found.count == len(found.shown)
        else f"The {len(found.shown)} largest of {found.count:,} paths; the others add up to {text(found.rest)}."
    )  # fmt: skip
    return fields.tables.chosen_row(
        {
            "product": [text(path.product) for path in found.shown],
            "share": [abs(path.product) / total for path in found.shown],
            "path": [way(experiment.network, path) for path in found.shown],
        },
        hide_index=True,
        height=300,
        key=f"paths_{found.parameter.text}_{found.count}",
        column_config={
            "share": st.column_config.ProgressColumn(
                help="Of the sizes of all paths shown", format="percent", max_value=1.0, width=110
            )
        },
    )
