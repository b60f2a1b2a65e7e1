"""Runs on small data, and what is sent of one, unpacked."""

import base64
import gzip
import json
from functools import cache

import numpy as np

from engine import DATASETS, train
from engine.training.adaptation import suited
from pages.figures.theme import LIGHT
from pages.figures.training.playback import playback


def unpacked(packed):
    whole = gzip.decompress(base64.b64decode(packed))
    length = int.from_bytes(whole[:4], "little")
    header = json.loads(whole[4 : 4 + length])
    arrays = {}
    for name, place in header["arrays"].items():
        count = int(np.prod(place["shape"]))
        values = np.frombuffer(whole, place["type"], count, 4 + length + place["at"])
        arrays[name] = values.reshape(place["shape"])
    return header, arrays


@cache
def run(name, epochs=6):
    data = DATASETS[name].make(24)
    rng = np.random.default_rng(0)
    training, test = data.split(0.25, rng)
    network = suited(data, (3,), rng)
    history = train(network, training.x, training.y, epochs=epochs, batch_size=8, seed=0, test=(test.x, test.y))
    return history, training, test


def shown(name, theme=LIGHT):
    return unpacked(playback(theme, *run(name)).packed())
