"""Links that are almost right: what the fuzzer opens. A seed gives the same ones again.

Half of them are damaged as bytes. The other half keep their outer form and are damaged inside: only so do they come
past the first check.
"""

import base64
import json
import random
import string
import zlib
from copy import deepcopy
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import numpy as np

from engine import ACTIVATIONS, LOSSES, PRESETS, Experiment, Layer, Network, encode, to_json

ODD_NUMBERS = (0, -0.0, 1, -1, 0.5, 1e308, -1e308, 5e-324, 1e-310, 2**53 + 1, 10**400, -(10**30), True, 1e16)
ODD_VALUES = (
    *ODD_NUMBERS,
    None,
    "",
    "NaN",
    "sigmoid",
    "softmax",
    "\0",
    "ünïcödé",
    "💥",
    [],
    [[]],
    {},
    [[[1]]],
    "1" * 999,
)
ODD_TEXTS = ("", "0", "-1", "1", "57", "58", "1e3", "999999", "9" * 7, "9" * 400, "²", "٣", "١٢", "1.5", "NaN", "\0",
             " 3", "+4", "0x10", "None", "../../etc/passwd", "%", "%00", "${7*7}", "{{7*7}}", "' OR 1=1", "a" * 5000,
             "🙂" * 99, "<script>", "neuron", "layer", "worked-example", "true")  # fmt: skip
NAMES = ("net", "preset", "step", "detail", "chapter", "embed", "embed_options", "NET", "", "net[]", "theme")
VALID = tuple(preset.experiment for preset in PRESETS.values())


class Links:
    """An endless supply, drawn from one random generator."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rng = np.random.default_rng(seed)

    def query(self) -> str:
        """A query string: mostly one of ours with a damaged network, preset, step or name."""
        make = self.random.choices((self._own, self._odd, self._raw), (6, 3, 1))[0]
        return make()

    # --- links ---

    def _own(self) -> str:
        token = self._token()
        values = {"net": token, "step": self.random.choice(("1", "5", "20", "999", *ODD_TEXTS))}
        if self.random.random() < 0.3:
            values["detail"] = self.random.choice(("layer", "neuron", "both", ""))
        return urlencode(values)

    def _token(self) -> str:
        if self.random.random() < 0.5:
            return self.damaged(encode(self.experiment()).encode()).decode("latin-1")
        packed = zlib.compress(self.document().encode("utf-8", "surrogatepass"), 9)
        return "1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def _odd(self) -> str:
        count = self.random.choice((1, 2, 3, 40))
        return urlencode([(self.random.choice(NAMES), self.random.choice(ODD_TEXTS)) for _ in range(count)])

    def _raw(self) -> str:
        text = "".join(self.random.choices(string.printable, k=self.random.choice((1, 10, 200, 3000))))
        return self.random.choice((text, text.replace("=", "&"), "&" * 2000, "=" * 300, "?net=1.", "net", "net=%ff%fe"))

    # --- documents ---

    def experiment(self) -> Experiment:
        """A preset or a random network, small or as large as a link can hold."""
        if self.random.random() < 0.3:
            return self.random.choice(VALID)
        if self.random.random() < 0.05:
            return heavy(*self.random.choice(((300, 1), (30, 64), (10, 64), (150, 4))))
        depth = self.random.choice((1, 2, 3, 8, 30))
        widest = self.random.choice((1, 2, 3, 10, 40)) if depth < 8 else 3
        sizes = [self.random.randint(1, widest) for _ in range(depth + 1)]
        digits = self.random.choice((0, 1, 3))
        layers = [
            Layer(self.rng.normal(size=(n, m)).round(digits), self.rng.normal(size=n).round(digits), "tanh")
            for m, n in pairwise(sizes)
        ]
        network = Network(layers, "half_squared_error")
        return Experiment(network, self.rng.normal(size=sizes[0]).round(2), np.zeros(sizes[-1]), 0.1)

    def document(self) -> str:
        """An experiment's JSON with something in it changed."""
        document = json.loads(to_json(self.experiment()))
        for _ in range(self.random.choice((0, 1, 1, 2, 5))):
            self.change(document)
        text = json.dumps(document)
        return (
            text
            if self.random.random() < 0.9
            else text.replace("0.1", self.random.choice(("NaN", "1e999", "Infinity")))
        )

    def change(self, document: Any) -> None:
        where = document
        while isinstance(where, dict | list) and where:
            key = self.random.choice(list(where)) if isinstance(where, dict) else self.random.randrange(len(where))
            if not isinstance(where[key], dict | list) or self.random.random() < 0.3:
                self._replace(where, key)
                return
            where = where[key]

    def _replace(self, where: Any, key: Any) -> None:
        how = self.random.random()
        if how < 0.2:
            del where[key]
        elif how < 0.3 and isinstance(where, list):
            where.append(where[key])
        elif how < 0.4 and isinstance(where[key], str):
            where[key] = self.random.choice((*ACTIVATIONS, *LOSSES))
        elif how < 0.5 and isinstance(where[key], list):
            where[key] = where[key] * 2
        else:
            where[key] = deepcopy(self.random.choice(ODD_VALUES))

    # --- bytes ---

    def damaged(self, content: bytes) -> bytes:
        """The bytes with some changed, lost, doubled or in another place."""
        data = bytearray(content or b"x")
        for _ in range(self.random.choice((1, 1, 2, 8, 50))):
            at = self.random.randrange(len(data))
            length = self.random.choice((1, 1, 4, 40))
            how = self.random.randrange(5)
            if how == 0:
                data[at] = self.random.randrange(256)
            elif how == 1:
                data[at : at + length] = b""
            elif how == 2:
                data[at:at] = data[at : at + length]
            elif how == 3:
                data[at : at + length] = bytes(self.random.choices(range(256), k=length))
            else:
                data = data[: at + 1]
            data = data or bytearray(b"x")
        return bytes(data)


def heavy(width: int, depth: int) -> Experiment:
    """A network of as many weights as a link can hold: all are alike, so a few hundred characters are enough."""
    layers = [Layer(np.zeros((width, width)), np.zeros(width), "softmax") for _ in range(depth)]
    return Experiment(Network(layers, "cross_entropy"), np.zeros(width), np.eye(width)[0], 0.1)
