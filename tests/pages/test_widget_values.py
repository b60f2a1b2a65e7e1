"""Values that no browser sends, to every widget and component of every page: no exception, and the page recovers.

HYPOTHESIS_PROFILE=explore sends many more; WIDGET_VALUES_SEED another series.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from tests.pages.hostile import Hostile
from tests.pages.scenes import SCENES

# a message carries several values, and a scene is opened anew after so many: its network is another by then
VALUES, MESSAGES, SERIES = 4, 12, settings.default.max_examples // 60
SEED = int(os.environ.get("WIDGET_VALUES_SEED", "0"))
LONGEST_LINE = 300


def session_of(at: AppTest) -> SessionState:
    """Streamlit's own record of the session, with the widgets that the last run drew."""
    state: Any = at.session_state
    while not isinstance(state, SessionState):
        state = object.__getattribute__(state, "_state")
    return state


def kinds(at: AppTest) -> dict[str, str | None]:
    """What kind of value each widget of the page reads, components and unkeyed widgets too, by id."""
    record = session_of(at)._new_widget_state
    return {id_: record.widget_metadata[id_].value_type for id_ in record.states if id_ in record.widget_metadata}


def options(proto: Any) -> tuple[str, ...]:
    return tuple(getattr(option, "content", option) for option in getattr(proto, "options", ()))


def drawn(at: AppTest) -> dict[str, Any]:
    return {node.proto.id: node.proto for node in at._tree if getattr(getattr(node, "proto", None), "id", "")}


def send(at: AppTest, states: list[WidgetState]) -> AppTest:
    """Run the page with what it holds, and these values for some of its widgets."""
    message = WidgetStates()
    replaced = {state.id for state in states}
    message.widgets.extend(s for s in at._tree.get_widget_states().widgets if s.id not in replaced)
    message.widgets.extend(states)
    return at._run(message)


def not_allowed(at: AppTest) -> Iterator[str]:
    """The widgets that hold a value that is not among their options or not within their bounds."""
    record = session_of(at)
    for id_, proto in drawn(at).items():
        metadata = record._new_widget_state.widget_metadata.get(id_)
        if metadata is None or id_ not in record:
            continue
        value, name = record[id_], proto.DESCRIPTOR.name
        shown = metadata.serializer(value)
        if name in ("Selectbox", "Radio") and proto.options and shown not in options(proto):
            yield f"{id_} shows {shown!r:.60}"
        if name == "ButtonGroup" and not (set(shown) <= set(options(proto)) and (shown or not proto.required)):
            yield f"{id_} shows {shown!r:.60}"
        if name == "NumberInput" and not ((proto.min if proto.has_min else -1e300) <= value <= (
            proto.max if proto.has_max else 1e300)):  # fmt: skip
            yield f"{id_} shows {value!r:.60}"
        if name == "Slider" and proto.type != proto.SELECT_SLIDER and not proto.min <= value <= proto.max:
            yield f"{id_} shows {value!r:.60}"


class Log(logging.Handler):
    """Keeps what Streamlit and the app log."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(logging.Formatter().format(record))


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    # Streamlit's loggers do not hand on what they log
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


def check(at: AppTest, after: object) -> None:
    found = [f"{shown.message}\n{''.join(shown.stack_trace)[-1500:]}" for shown in at.exception]
    assert found == [], f"{found[0]}\nafter {after!s:.3000}"


@pytest.mark.parametrize("scene", SCENES)
def test_no_value_of_a_widget_breaks_a_page(scene: str, log: Log) -> None:
    for series in range(SERIES):
        hostile = Hostile(crc32(scene.encode()) + 1000 * SEED + series)
        at = SCENES[scene]()
        for _ in range(MESSAGES):
            known, protos = kinds(at), drawn(at)
            some = hostile.random.choices(list(known), k=hostile.random.randint(1, VALUES))
            states = [hostile.state(id_, known[id_], options(protos.get(id_))) for id_ in dict.fromkeys(some)]
            check(send(at, states), states)
            check(at._run(), states)
            assert list(not_allowed(at)) == [], states
            check(at.run(), states)
    long = [line for line in log.said if "Traceback" in line or len(line) > LONGEST_LINE]
    assert long == []
