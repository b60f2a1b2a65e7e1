"""What a message is made of, counted from its bytes: as many parts as protobuf finds, and never for long."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from pages.widgets.bounds.parts import parts

FOR_EVER = 10**9


def counted(data: bytes, most: int = FOR_EVER) -> int:
    return parts(data, BackMsg.DESCRIPTOR, most)


def found(message: Message) -> int:
    """The same by what protobuf has made of the message."""
    return sum(_of_field(field, value) for field, value in message.ListFields())


def _of_field(field: FieldDescriptor, value: Any) -> int:
    values = list(value) if field.is_repeated else [value]
    if field.message_type:
        return sum(1 + found(one) for one in values)
    return 1 + len(value) if field.is_repeated and isinstance(values[0], int) else len(values)


@st.composite
def requests(draw: st.DrawFn) -> BackMsg:
    """Requests for a run, with values of several kinds."""
    message = BackMsg()
    wanted = message.rerun_script
    wanted.query_string = draw(st.text(max_size=300))
    wanted.cached_message_hashes.extend(draw(st.lists(st.text(max_size=5), max_size=5)))
    wanted.context_info.timezone_offset = draw(st.integers(-(2**31), 2**31 - 1))
    for id_ in draw(st.lists(st.text(max_size=40), max_size=5)):
        state = wanted.widget_states.widgets.add(id=id_)
        kind = draw(st.sampled_from(["double", "bool", "ints", "texts", "file", "nothing"]))
        if kind == "double":
            state.double_value = draw(st.floats(allow_nan=False))
        elif kind == "bool":
            state.trigger_value = draw(st.booleans())
        elif kind == "ints":
            # one byte each
            state.int_array_value.data.extend(draw(st.lists(st.integers(-64, 63), min_size=1, max_size=9)))
        elif kind == "texts":
            state.string_array_value.data.extend(draw(st.lists(st.text(max_size=9), max_size=9)))
        elif kind == "file":
            state.file_uploader_state_value.uploaded_file_info.add(name="a").file_urls.upload_url = "/b"
    return message


@given(requests())
def test_as_many_parts_are_counted_as_protobuf_finds(message: BackMsg) -> None:
    assert counted(message.SerializeToString()) == found(message)


def widgets() -> bytes:
    message = BackMsg()
    for _ in range(100_000):
        message.rerun_script.widget_states.widgets.add()
    return message.SerializeToString()


def hashes() -> bytes:
    message = BackMsg()
    message.rerun_script.cached_message_hashes.extend([""] * 100_000)
    return message.SerializeToString()


def names() -> bytes:
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 100_000)
    return message.SerializeToString()


def numbers() -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add().int_array_value.data.extend([0] * 100_000)
    return message.SerializeToString()


def unknown() -> bytes:
    """Fields that no message has, which protobuf keeps one by one."""
    return b"\xf8\x07\x01" * 100_000


def merged() -> bytes:
    """The same request over and over, which protobuf makes one of."""
    message = BackMsg()
    message.rerun_script.is_auto_rerun = True
    return message.SerializeToString() * 100_000


@pytest.mark.parametrize("made", [widgets, hashes, names, unknown, merged])
def test_of_a_hundred_thousand_parts_no_more_are_walked_than_the_most_and_one(made: Callable[[], bytes]) -> None:
    data = made()
    assert counted(data) >= 100_000
    assert counted(data, 50) == 51


def test_numbers_that_are_packed_count_by_their_bytes_at_once() -> None:
    assert counted(numbers(), 50) == 100_000 + 5


def test_a_message_of_one_long_text_is_few_parts() -> None:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="a", string_value="x" * 900_000)
    assert counted(message.SerializeToString()) == 5


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff" * 1_000_000, id="a number without an end"),
        pytest.param(b"\x0a\x05abc", id="a text beyond the message"),
        pytest.param(b"\x0a", id="no value"),
        pytest.param(b"\x09\x00", id="eight bytes of which one is there"),
        pytest.param(b"\x0b\x0c", id="a group"),
        pytest.param(b"\x0f\x00", id="a way of writing that does not exist"),
        pytest.param(b"\x82\x80\x80\x80\x80\x01\x00", id="the number of a field beyond 32 bits"),
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="A "):
        counted(data)


def test_a_field_does_not_reach_beyond_the_message_that_it_is_in() -> None:
    # the request says that it has one byte, in which a text of two begins
    text = ClientState.DESCRIPTOR.fields_by_name["query_string"].number << 3 | 2
    head = BackMsg(rerun_script=ClientState()).SerializeToString()[:-1]
    with pytest.raises(ValueError, match="beyond"):
        counted(head + bytes([2, text, 2]) + b"ab")


@given(st.binary(max_size=60))
def test_any_bytes_are_counted_or_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert counted(data) <= len(data)
