"""Files that are almost right: networks, weights and tables, damaged outside or inside."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from tests import weight_files
from tests.hosting.link_mutations import Links


class Mutations(Links):
    """An endless supply of links, files and tables, drawn from one random generator."""

    def file(self) -> tuple[str, bytes]:
        """A file's name and content."""
        name, make = self.random.choice(FILES)
        content = make(self)
        if self.random.random() < 0.5:
            content = self.damaged(content)
        if self.random.random() < 0.1:
            name = self.random.choice(
                ("x", ".json", "a.npz", "b.safetensors", "c.csv", "\u202ecsv.exe", "n" * 300 + ".json")
            )
        return name, content

    def table(self) -> tuple[str, bytes]:
        """A table's name and content."""
        content = self._csv()
        return "mine.csv", self.damaged(content) if self.random.random() < 0.5 else content

    def _json(self) -> bytes:
        return self.document().encode("utf-8", "surrogatepass")

    def _json_weights(self) -> bytes:
        document: Any = {"weights": [layer.W.tolist() for layer in self.experiment().network.layers]}
        for _ in range(self.random.choice((0, 1, 3))):
            self.change(document)
        return json.dumps(document).encode()

    def _npz(self) -> bytes:
        arrays = dict(weight_files.state_dict(self.experiment().network, self.random.choice(("{}.{}", "layers.{}/{}"))))
        name = self.random.choice(list(arrays))
        odd = (np.array(["a", "b"]), np.array(3.0), np.ones((2, 2, 2)), np.full((2, 2), np.nan), np.zeros((0, 3)),
               np.ones((2, 2), dtype=np.complex128), np.ones((2, 2), dtype=np.float16))  # fmt: skip
        if self.random.random() < 0.5:
            arrays[name] = self.random.choice(odd)
        return weight_files.npz_of(arrays, self.random.random() < 0.5)

    def _npy_header(self) -> bytes:
        kind = self.random.choice(("<f8", "|O", ">f4", "<i8", "|V9", "<U9", "[('a', '<f8')]", "nonsense"))
        shape = self.random.choice(
            ("(2, 3)", "(999999999, 999999999)", "()", "(-1, 3)", "(2,", "(2, 3, 4, 5)", "[2, 3]")
        )
        data = bytes(self.random.choices(range(256), k=self.random.choice((0, 48, 4000))))
        return weight_files.zipped({"W.npy": weight_files.npy(kind, shape, data)})

    def _safetensors(self) -> bytes:
        header = {"a.weight": {"dtype": "F64", "shape": [2, 3], "data_offsets": [0, 48]}}
        for _ in range(self.random.choice((0, 1, 2))):
            self.change(header)
        return weight_files.safetensors(header, bytes(48))

    def _csv(self) -> bytes:
        rows = self.random.choice((0, 1, 2, 30, 400))
        columns = self.random.choice((1, 2, 3, 3, 7, 60))
        cells = ("1", "-2.5", "a", "b", "", "1e400", "nan", "inf", '"', "'", "ü", "=1+1", " 3 ", "1,5", "9" * 300)
        plain = self.random.random() < 0.5
        lines = [",".join(f"c{number}" for number in range(columns))]
        for _ in range(rows):
            row = [f"{self.rng.normal():.2f}" if plain else self.random.choice(cells) for _ in range(columns)]
            lines.append(self.random.choice((",", ",", ";")).join(row))
        return "\n".join(lines).encode()

    def _noise(self) -> bytes:
        return bytes(self.random.choices(range(256), k=self.random.choice((0, 1, 100, 20_000))))


FILES: tuple[tuple[str, Callable[[Mutations], bytes]], ...] = (
    ("mine.json", Mutations._json),
    ("mine.json", Mutations._json_weights),
    ("mine.npz", Mutations._npz),
    ("mine.npz", Mutations._npy_header),
    ("mine.safetensors", Mutations._safetensors),
    ("mine.json", Mutations._noise),
    ("mine.npz", Mutations._noise),
)
