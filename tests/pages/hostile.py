"""Messages that no browser sends: values of every kind for any widget, most of the kind that it reads."""

import json
import random
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

DIGITS = "9" * 5_000
NUMBERS = (*map(float, ("nan", "inf", "-inf")), 1e308, -1e308, -1.0, 0.0, 1e-320, 0.5, 1.0, 2.0, 2.5, 3.0, 7.0, 99.0)
STRINGS = ("", " ", "x", "0", "1", "-1", "None", "neuron", "layer", "n.1.1", "w.1.1.1", "n.1." + DIGITS, "n.1.²",
           "w....", "x.1", "b.99.1", "n.0.0", "n.-1.1", "💥" * 50, "\u202e\x00", DIGITS, "a" * 5_000, "nan", "<b>",
           "..", "__class__")  # fmt: skip
# as JSON text: Python writes neither of these itself
LITERALS = ("NaN", "Infinity", "-Infinity", "1e400", "9" * 400, DIGITS, "-0", "1.5", "2", "-1", "null", "true",
            "[]", "{}", '"3"', '""', '"n.1.1"', f'"n.1.{DIGITS}"', f'"{"a" * 5_000}"', "[[1]]",
            '{"rows": 1}')  # fmt: skip
NAMES = ("edits", "client", "id", "gesture", "texts", "before", "at", "block",
         "step", "selected", "snapshot", "chapter", "edited_rows", "added_rows", "deleted_rows", "selection", "rows",
         "columns", "cells", "value", "event", "x", "__class__", "keys", "get", "")  # fmt: skip
COLUMNS = ("x₁", "y₁", "a₁", "bias", "to", "value", "_index", "x", "class", "Activation", "Layer", "nowhere", "", "0")
ROWS = ("0", "1", "99", "-1", "-99", "x", "", "1.5", DIGITS, "²")
PLACES = ("x.1", "x.2", "y.1", "w.1.1.1", "w.1.2.1", "b.1.1", "w.9.9.9", "n.1.1", "", "x." + DIGITS, "__class__")
TYPED = ("1/3", "0,5", "−1e-3", "1e308*10", "((((((((((((((((((((((1", "9" * 101, "a", "", "1" * 190, "e^e^e^e", "0")
BROKEN = ("", "{", "not JSON", "[" * 100_000, '"\\ud800"', "\x00", "{}x")

KINDS = ("trigger_value", "bool_value", "double_value", "int_value", "string_value", "double_array_value",
         "int_array_value", "string_array_value", "json_value", "bytes_value", "arrow_value",
         "file_uploader_state_value", "string_trigger_value", "chat_input_value", "json_trigger_value",
         "none")  # fmt: skip


class Hostile:
    """An endless supply of values for widgets, drawn from one random generator."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def state(self, id_: str, kind: str | None, options: tuple[str, ...] = ()) -> WidgetState:
        """A value for the widget with an id, which reads values of a kind and may know some `options`."""
        other = self.random.random() < 0.25
        chosen = self.random.choice(KINDS) if other or kind is None else kind
        if chosen == "double_value":
            # a field for whole numbers sends them as such
            chosen = self.random.choice(("double_value", "int_value"))
        state = WidgetState(id=id_)
        if chosen != "none":
            self._fill(state, chosen, options)
        return state

    def _fill(self, state: WidgetState, kind: str, options: tuple[str, ...]) -> None:
        pick = self.random.choice
        if kind == "double_array_value":
            state.double_array_value.data.extend(pick(NUMBERS) for _ in range(pick((0, 1, 1, 1, 2, 3))))
        elif kind == "int_array_value":
            state.int_array_value.data.extend(pick((-1, 0, 1, 99, 2**62)) for _ in range(pick((0, 1, 3))))
        elif kind == "string_array_value":
            state.string_array_value.data.extend(pick((*STRINGS, *options * 3)) for _ in range(pick((0, 1, 1, 2, 9))))
        elif kind == "file_uploader_state_value":
            for _ in range(pick((0, 1, 3))):
                info = state.file_uploader_state_value.uploaded_file_info.add()
                info.file_id, info.name, info.size = pick(STRINGS), pick(STRINGS), pick((0, 1, 2**62))
        elif kind in ("string_trigger_value", "chat_input_value"):
            getattr(state, kind).data = pick(STRINGS)
        elif kind == "arrow_value":
            state.arrow_value.data = b"\x00nothing"
        else:
            setattr(state, kind, self._plain(kind, options))

    def _plain(self, kind: str, options: tuple[str, ...]) -> Any:
        pick = self.random.choice
        if kind in ("json_value", "json_trigger_value"):
            return self._json()
        if kind == "string_value":
            return pick((pick(STRINGS), self._json(), *options))
        values = {
            "trigger_value": (True, False),
            "bool_value": (True, False),
            "double_value": NUMBERS,
            "int_value": (-1, 0, 1, 2, 99, 2**62, -(2**62)),
            "bytes_value": (b"", b"\xff" * 100),
        }
        return pick(values[kind])

    def _json(self) -> str:
        """JSON text: of a table's edits, of a selection, of a component's report, of anything, or of nothing."""
        pick = self.random.choice
        makers = (self._edits, self._edits, self._report, self._report, self._typed, self._selection, self._anything)
        return pick(BROKEN) if self.random.random() < 0.1 else pick(makers)()

    def _anything(self, depth: int = 3) -> str:
        kind = self.random.choice(("literal", "literal", "list", "object")) if depth else "literal"
        if kind == "list":
            return "[" + ", ".join(self._anything(depth - 1) for _ in range(self.random.randrange(4))) + "]"
        if kind == "object":
            return self._object(NAMES, depth - 1)
        return self.random.choice(LITERALS)

    def _object(self, names: tuple[str, ...], depth: int = 0) -> str:
        chosen = self.random.choices(names, k=self.random.randrange(4))
        return "{" + ", ".join(f"{json.dumps(name)}: {self._anything(depth)}" for name in chosen) + "}"

    def _report(self) -> str:
        return self._object(("step", "selected", "snapshot", "chapter", "edits"))

    def _typed(self) -> str:
        pick = self.random.choice
        texts = ", ".join(f"{json.dumps(pick(PLACES))}: {json.dumps(pick(TYPED))}" for _ in range(pick((0, 1, 1, 3))))
        pairs = [("id", pick(("1", "2", *LITERALS))), ("gesture", pick(("1", *LITERALS)))]
        pairs += [("texts", pick((f"{{{texts}}}", f"{{{texts}}}", self._anything(1)))), ("before", pick(("{}", "1")))]
        pairs += [("at", json.dumps(pick(PLACES))), ("block", json.dumps(pick((*TYPED, "1\t2\n3\t4", "\n" * 9_999))))]
        edit = "{" + ", ".join(f'"{name}": {value}' for name, value in pairs if self.random.random() < 0.9) + "}"
        return f'{{"edits": {{"client": {json.dumps(pick(("a", "a", DIGITS)))}, "edits": [{edit}, {edit}]}}}}'

    def _selection(self) -> str:
        return f'{{"selection": {self._object(("rows", "columns", "cells"), 2)}}}'

    def _edits(self) -> str:
        pick = self.random.choice
        edited = ", ".join(f"{json.dumps(pick(ROWS))}: {self._object(COLUMNS)}" for _ in range(pick((1, 1, 2))))
        edited = pick((f"{{{edited}}}", f"{{{edited}}}", self._anything(2)))
        parts = [f'"edited_rows": {edited}']
        if self.random.random() < 0.4:
            parts.append(f'"added_rows": {pick((f"[{self._object(COLUMNS)}]", self._anything(2)))}')
        if self.random.random() < 0.3:
            parts.append(f'"deleted_rows": {pick(("[0]", "[99]", "[-1]", self._anything(2)))}')
        return "{" + ", ".join(parts) + "}"
