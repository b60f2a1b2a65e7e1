"""Values that no browser sends, to every widget and component of every page: no exception, and the page recovers.

HYPOTHESIS_PROFILE=explore sends many more; WIDGET_VALUES_SEED another series.
"""

import logging
import os
import sys
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from pages.widgets.shared.frame import PAGES
from tests.pages.hostile import Hostile
from tests.pages.scenes import SCENES, arrived, opened

# a message carries several values, and a scene is opened anew after so many: its network is another by then
VALUES, MESSAGES, SERIES = 4, 8, settings.default.max_examples // 60
SEED = int(os.environ.get("WIDGET_VALUES_SEED", "0"))
LONGEST_LINE = 300
MOST = sys.float_info.max


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
        if name == "NumberInput" and not ((proto.min if proto.has_min else -MOST) <= value <= (
            proto.max if proto.has_max else MOST)):  # fmt: skip
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

    @property
    def long(self) -> list[str]:
        """What is more than a line."""
        return [said for said in self.said if "Traceback" in said or len(said) > LONGEST_LINE]


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


def messages(hostile: Hostile, at: AppTest) -> list[WidgetState]:
    known, protos = kinds(at), drawn(at)
    some = hostile.random.choices(list(known), k=hostile.random.randint(1, VALUES))
    return [hostile.state(id_, known[id_], options(protos.get(id_))) for id_ in dict.fromkeys(some)]


def check_recovered(at: AppTest, after: object) -> None:
    check(at._run(WidgetStates()), after)
    assert list(not_allowed(at)) == [], after
    check(at.run(), after)


@pytest.mark.parametrize("scene", SCENES)
def test_no_value_of_a_widget_breaks_a_page(scene: str, log: Log) -> None:
    for series in range(SERIES):
        hostile = Hostile(crc32(scene.encode()) + 1000 * SEED + series)
        at = SCENES[scene]()
        for _ in range(MESSAGES):
            states = messages(hostile, at)
            check(send(at, states), states)
            check_recovered(at, states)
    assert log.long == []


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_no_value_breaks_a_page_that_the_server_never_drew(page: str, log: Log) -> None:
    """As after the death of a server: the session begins with the values."""
    hostile, drawn_elsewhere = Hostile(crc32(page.encode()) + 1000 * SEED), opened(page)
    for _ in range(MESSAGES * SERIES):
        states, at = messages(hostile, drawn_elsewhere), arrived(page)
        check(at._run(WidgetStates(widgets=states)), states)
        check_recovered(at, states)
    assert log.long == []
