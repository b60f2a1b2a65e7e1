"""What a browser may send: how often, how much and of which kind, in Streamlit as installed."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from pages.widgets.bounds.messages import (
    AT_ONCE,
    BYTES_OF_ONE,
    MOST_PARTS,
    PARTS_OF_ONE,
    PER_SECOND,
    Allowance,
    Incoming,
    limited,
)
from tests.edits import Typist
from tests.hosting.protocol import Session, finished
from tests.hosting.rig import Replica


def test_a_connection_may_send_some_messages_at_once_and_some_more_each_second() -> None:
    allowance = Allowance(since=0.0)
    assert [allowance.take(0.0) for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    assert [allowance.take(1.05) for _ in range(PER_SECOND + 1)] == [True] * PER_SECOND + [False]


def test_a_message_costs_more_the_larger_it_is() -> None:
    allowance = Allowance(since=0.0)
    assert allowance.take(0.0, AT_ONCE - 1) and allowance.take(0.0) and not allowance.take(0.0)


def request(widgets: int = 0, text: str = "") -> BackMsg:
    """A request for a run with the states of so many widgets."""
    message = BackMsg()
    message.rerun_script.query_string = text
    for _ in range(widgets):
        message.rerun_script.widget_states.widgets.add()
    return message


def come_in(message: BackMsg) -> Incoming:
    incoming = Incoming()
    incoming.ParseFromString(message.SerializeToString())
    return incoming


def test_size_and_parts_count_as_messages() -> None:
    assert come_in(request(widgets=30, text="x" * 2_000)).cost == 1
    assert come_in(request(text="x" * 10 * BYTES_OF_ONE)).cost == 11
    assert come_in(request(widgets=2 * PARTS_OF_ONE)).cost == 3


class Client:
    """Stands for a connection."""


def handed_on(*messages: BackMsg | Incoming) -> list[Any]:
    """What Streamlit's own handler is given of these, sent over one connection."""
    given: list[Any] = []

    def handle(_session_id: str, message: Any, **_: object) -> None:
        given.append(message)

    handler, client = limited(handle), Client()
    for message in messages:
        handler("one", message, client=client)
    return given


def test_a_message_arrives_as_it_was_sent() -> None:
    sent = request(widgets=3, text="net=1")
    assert handed_on(come_in(sent)) == [sent]
    # made before the limits were in place
    assert handed_on(sent) == [sent]


def test_a_message_of_too_many_parts_ends_the_connection_and_is_not_parsed() -> None:
    most = MOST_PARTS - 2  # the request and its list are parts too
    assert handed_on(come_in(request(most)))
    too_many = come_in(request(most + 1))
    assert too_many.message == BackMsg()
    with pytest.raises(WebSocketDisconnect):
        handed_on(too_many)


def download(name: str) -> BackMsg:
    """A request for what is made when it is downloaded."""
    message = BackMsg()
    message.backend_operation_request.request_id = name
    message.backend_operation_request.deferred_file.file_id = name
    return message


NEEDED = [BackMsg(stop_script=True), BackMsg(app_heartbeat=True), request(), download("a" * 200)]
OTHERS = [
    BackMsg(clear_cache=True),
    BackMsg(load_git_info=True),
    BackMsg(set_run_on_save=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(),
    download("a" * 201),
]


def test_what_the_pages_send_is_answered_and_nothing_else() -> None:
    assert handed_on(*map(come_in, [*OTHERS, *NEEDED])) == NEEDED


def test_what_is_not_answered_is_counted_all_the_same() -> None:
    with pytest.raises(WebSocketDisconnect):
        handed_on(*[come_in(OTHERS[0])] * (AT_ONCE + 1))


async def flooded(url: str, count: int) -> str:
    """Ask for that many runs at once, see the server end the connection, and return the session's id."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    async with Session.at(url) as session:
        await session.run()
        with suppress(ConnectionClosed):
            for _ in range(count):
                await session.send(message)
            async with asyncio.timeout(5):
                while True:
                    await session.socket.recv()
        return session.id


async def slowest_edit(url: str, edits: int) -> float:
    async with Session.at(url) as session:
        await session.run()
        slowest, typist = 0.0, Typist()
        for number in range(edits):
            session.set("weights", json_value=typist.message({"w.1.1.1": str(number / 100)}))
            since = time.perf_counter()
            await session.run()
            slowest = max(slowest, time.perf_counter() - since)
            await asyncio.sleep(0.1)
        return slowest


async def ended_by(url: str, message: BackMsg) -> bool:
    """Whether a message ends its connection within two seconds."""
    async with Session.at(url) as session:
        await session.run()
        await session.send(message)
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                try:
                    while True:
                        await session.socket.recv()
                except ConnectionClosed:
                    return True
        return False


def many_widgets() -> BackMsg:
    return request(widgets=100_000)


def many_hashes() -> BackMsg:
    message = request()
    message.rerun_script.cached_message_hashes.extend([""] * 100_000)
    return message


def many_files() -> BackMsg:
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 100_000)
    return message


@pytest.mark.parametrize("made", [many_widgets, many_hashes, many_files])
def test_one_message_of_a_hundred_thousand_parts_ends_its_connection(
    replica: Replica, made: Callable[[], BackMsg]
) -> None:
    assert finished(ended_by(replica.url, made()))


async def answers(url: str, *messages: BackMsg) -> list[str]:
    """The kinds of what the server says to messages, up to its answer to a heartbeat after them."""
    async with Session.at(url) as session:
        await session.run()
        for message in [*messages, BackMsg(app_heartbeat=True)]:
            await session.send(message)
        kinds = [""]
        async with asyncio.timeout(10):
            while kinds[-1] != "heartbeat_ack":
                kinds.append(str(ForwardMsg.FromString(bytes(await session.socket.recv())).WhichOneof("type")))
        return kinds


def test_the_server_says_nothing_of_its_repository_and_runs_nothing_for_others(replica: Replica) -> None:
    operation = BackMsg()
    operation.backend_operation_request.request_id = "named in the log" * 1_000
    said = finished(answers(replica.url, operation, *OTHERS))
    assert not {"git_info_changed", "backend_operation_response"} & set(said)
    assert "named in the log" not in replica.log.read_text()


async def edits_beside_a_flood(url: str) -> float:
    slowest, _ = await asyncio.gather(slowest_edit(url, 10), flooded(url, 2_000))
    return slowest


def test_two_thousand_messages_end_their_connection_and_keep_nobody_waiting(replica: Replica) -> None:
    finished(slowest_edit(replica.url, 3))  # imports what the first edit needs
    # 3.5 s without the limit
    assert finished(edits_beside_a_flood(replica.url)) < 1.5


async def came_back(url: str) -> tuple[str, str]:
    first = await flooded(url, AT_ONCE + 50)
    async with Session.at(url, existing=first) as again:
        await again.run()
    return first, again.id


def test_a_connection_that_was_ended_finds_its_session_again(replica: Replica) -> None:
    first, second = finished(came_back(replica.url))
    assert first == second
