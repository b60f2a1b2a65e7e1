"""A preset: a named experiment to start from, with its source and, where there are any, the numbers it published.

Each belongs to one of the groups in which the examples are offered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.examples.published import Published, Variant
from engine.network.model import Experiment, Layer, Network
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of examples: its name, its title, and a sentence on what they are for."""

    name: str
    title: str
    sentence: str


GROUPS: Registry[Group] = Registry(
    "group of examples",
    [
        Group(
            name="first_looks",
            title="First looks",
            sentence="Small enough to follow every number in your head.",
        ),
        Group(
            name="worked",
            title="Worked examples",
            sentence="From books, courses and blogs, with the numbers printed there beside ours.",
        ),
        Group(
            name="classics",
            title="Classics",
            sentence="Networks that everybody meets, with weights chosen by hand.",
        ),
        Group(
            name="experiments",
            title="Experiments",
            sentence="Networks in which something goes wrong, to see why.",
        ),
    ],
)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """An experiment with a name that is fit for a link, a title, its group, and what there is to see.

    The first sentence of `description` says what it is. `published` holds the source's numbers beside ours, `remarks`
    why they differ where they do and what of the source could not be opened, in plain text, and `variants` other ways
    to a quantity that the source computes. `url` is empty where the source has no page.
    """

    name: str
    title: str
    group: str
    description: str
    experiment: Experiment
    source: str
    url: str = ""
    published: tuple[Published, ...] = ()
    remarks: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def sentence(self) -> str:
        """What it is, in one sentence."""
        return self.description.partition(". ")[0].removesuffix(".") + "."


def dense(W: Sequence[Sequence[float]], b: Sequence[float], activation: str) -> Layer:
    """Return a layer from numbers as they are printed, W with a row for each neuron."""
    return Layer(np.array(W), np.array(b), activation)


def batch(
    layers: list[Layer],
    loss: str,
    x: Sequence[Sequence[float]],
    y: Sequence[Sequence[float]],
    learning_rate: float,
    reduction: str,
    update_biases: bool = True,
) -> Experiment:
    """Return the experiment of several examples, a row each."""
    return Experiment(Network(layers, loss), np.array(x), np.array(y), learning_rate, update_biases, reduction)


def one_example(
    layers: list[Layer],
    loss: str,
    x: Sequence[float],
    y: Sequence[float],
    learning_rate: float,
    update_biases: bool = True,
) -> Experiment:
    """Return the experiment of one example."""
    return Experiment(Network(layers, loss), np.array(x), np.array(y), learning_rate, update_biases)
