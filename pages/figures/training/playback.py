"""A run as its player needs it: a header of plain data and bytes that hold what changes from snapshot to snapshot.

Everything is computed here and only looked up in the browser (pages/widgets/training/player.js).
"""

import base64
import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from engine.formulas.numbers import percent, text
from engine.formulas.symbols import layer_name
from engine.training.history import History
from pages.figures import theme as look
from pages.figures.theme import Theme
from pages.figures.training.marks import SHAPES, Arrays
from pages.figures.training.panel import panel
from pages.figures.training.principal import view
from pages.figures.training.responses import Window, ramp, tiles
from pages.figures.training.svg_charts import LEFT, RIGHT, WIDTH, Line, chart, linear, logarithmic, shares

FEW_INPUTS = {
    1: "Each tile shows what a neuron answers to every x, from left to right. Point at one to see it large.",
    2: "Each tile shows what a neuron answers to every input. Point at one to see it large, with its weights.",
}
ON_A_PLANE = "Each tile shows what a neuron answers on this plane. Point at one to see it large, with its weights."
MANY_INPUTS = "Each tile shows a neuron's activation, the mean over the data. Point at one to see its weights."


@dataclass(frozen=True)
class Playback:
    """The header, and the arrays that follow each other in the bytes in the order of `header["arrays"]`."""

    header: dict[str, Any]
    arrays: Arrays

    def packed(self) -> str:
        """Return all of it as base64 of gzip: the length of the header in 4 bytes, the header as JSON, the arrays."""
        places, body, at = {}, [], 0
        for name, array in self.arrays.items():
            raw = array.tobytes()
            places[name] = {"at": at, "type": array.dtype.name, "shape": list(array.shape)}
            body.append(raw + bytes(-len(raw) % 4))
            at += len(body[-1])
        head = json.dumps(self.header | {"arrays": places}, separators=(",", ":")).encode()
        head += b" " * (-len(head) % 4)
        whole = b"".join([len(head).to_bytes(4, "little"), head, *body])
        return base64.b64encode(gzip.compress(whole, compresslevel=4, mtime=0)).decode()


def playback(
    theme: Theme, history: History, data: Dataset, test: Dataset | None, pair: tuple[int, int] | None = None
) -> Playback:
    """Return everything that the player of a run shows; of more than two inputs, `pair` may be chosen as its axes."""
    shown = view(data, pair)
    main, arrays = panel(theme, history, data, test, shown)
    layers, side = tiles(history, shown, data)
    epochs = history.snapshot_epochs
    header = {
        "epochs": list(epochs),
        "titles": [title(history, epoch) for epoch in epochs],
        "main": asdict(main),
        "shapes": [{"corners": shape.corners, "angle": shape.angle} for shape in SHAPES],
        "ramp": ramp(theme, data),
        "tileRamp": look.ramp((theme.value.negative, theme.zero, theme.value.positive), 256),
        "tile": {"width": side, "height": side if shown and len(shown.low) == 2 else 1},
        "layers": _layers(history, data),
        "hint": _hint(shown, data),
        "charts": charts(theme, history),
        "cursor": [round(LEFT + epoch / max(history.epochs, 1) * (WIDTH - LEFT - RIGHT), 1) for epoch in epochs],
        "colours": {
            "text": theme.text, "muted": theme.muted, "line": theme.line, "background": theme.background,
            "outline": theme.outline,            "positive": theme.value.positive, "negative": theme.value.negative,
        },
    }  # fmt: skip
    maps = {f"tiles{index}": layer for index, layer in enumerate(layers)}
    return Playback(header, arrays | maps | {"weights": _weights(history)})


def _hint(shown: Window | None, data: Dataset) -> str:
    if shown is None:
        return MANY_INPUTS
    return FEW_INPUTS.get(data.x.shape[1], ON_A_PLANE)


def charts(theme: Theme, history: History) -> list[str]:
    """Return the charts of loss, accuracy (of classes) and gradient norms."""
    x = [float(epoch) for epoch in history.measured]
    pictures = [_pair(theme, "Loss", x, history.loss, history.test_loss)]
    if history.accuracy is not None:
        pictures.append(_pair(theme, "Accuracy", x, history.accuracy, history.test_accuracy))
    norms = history.gradient_norms.T
    lines = [
        Line(name=str(number), y=norm, colour=colour)
        for number, (norm, colour) in enumerate(zip(norms, _by_layer(theme, len(norms)), strict=True), 1)
    ]
    return [*pictures, chart(theme, "Gradient norm by layer", x, lines, logarithmic(list(norms)))]


def _pair(theme: Theme, title: str, x: list[float], train: Array, test: Array | None) -> str:
    lines = [Line(name="train", y=train, colour=theme.accent)]
    if test is not None:
        lines.append(Line(name="test", y=test, colour=theme.text, dash="4 3"))
    values = [line.y for line in lines]
    share = title == "Accuracy"
    return chart(
        theme, title, x, lines, shares() if share else linear(values, low=min(0.0, *(float(v.min()) for v in values)))
    )


def _by_layer(theme: Theme, count: int) -> list[str]:
    colours = look.ramp((theme.gradient.positive, theme.muted, theme.gradient.negative), max(count, 2))
    return [look.css(colour) for colour in colours[:count]]


def title(history: History, epoch: int) -> str:
    """Return what is said of a snapshot: its epoch, and what was measured then."""
    at = history.measured.index(epoch)
    words = [f"Epoch {epoch:,}", f"loss {text(history.loss[at])}"]
    if history.test_loss is not None:
        words[-1] += f" (test {text(history.test_loss[at])})"
    if history.accuracy is not None:
        words.append(f"accuracy {percent(history.accuracy[at])}")
        if history.test_accuracy is not None:
            words[-1] += f" (test {percent(history.test_accuracy[at])})"
    return " · ".join(words)


def _layers(history: History, data: Dataset) -> list[dict[str, Any]]:
    network = history.network
    names = [list(data.inputs)]
    for number, layer in enumerate(network.layers, start=1):
        names.append([f"{layer_name(network, number)}, neuron {neuron}" for neuron in range(1, layer.n_out + 1)])
    names[-1] = [f"{own}: {name}" for own, name in zip(names[-1], _outputs(data, len(names[-1])), strict=True)]
    return [{"title": layer_name(network, index), "names": layer} for index, layer in enumerate(names)]


def _outputs(data: Dataset, count: int) -> Sequence[str]:
    """Return what each output stands for: a class or a target; a single output of two classes for the second one."""
    return data.outputs if len(data.outputs) == count else data.outputs[-1:]


def _weights(history: History) -> np.ndarray[Any, Any]:
    return history.snapshot_parameters.astype(np.float32)
