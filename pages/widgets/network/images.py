"""The input and the first layer's weights as little images, where the number of inputs is that of a square image."""

import streamlit as st

from pages.figures.network.images import MOST_SHOWN, input_image, scale_words, side, weight_images
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import shown
from pages.widgets.shared.chart import chart


def images(theme: Theme) -> None:
    """Draw x and the weights of some neurons of the first layer as images; nothing where x is no square."""
    experiment = shown.looked_at()
    n = side(experiment.network.sizes[0])
    if n is None:
        return
    W = experiment.network.layers[0].W
    st.markdown(
        f"**As images of {n} × {n}.** The input, and the weights with which each neuron of the first layer looks at "
        "it: blue adds to its *z*, orange-red takes away. Row by row, from the top left."
    )
    left, right = st.columns([1, 4], gap="large")
    with left:
        chart(input_image(theme, experiment.x), key="input_image", alt=f"The input as an image of {n} by {n} pixels")
        st.caption(f"x {scale_words(experiment.x)}")
    with right:
        first = _first(len(W))
        last = min(first + MOST_SHOWN - 1, len(W))
        chart(
            weight_images(theme, W, first),
            key="weight_images",
            alt=f"The weights of neurons {first} to {last} of layer 1, each as an image of {n} by {n}",
        )
        st.caption(f"w {scale_words(W)}, all in one scale")


def _first(neurons: int) -> int:
    if neurons <= MOST_SHOWN:
        return 1
    starts = list(range(1, neurons + 1, MOST_SHOWN))
    return fields.choice(
        st.selectbox,
        "Neurons",
        starts,
        format_func=lambda start: f"{start} to {min(start + MOST_SHOWN - 1, neurons)}",
        key=f"image_neurons_{neurons}",
        width=200,
    )
