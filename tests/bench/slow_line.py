"""A line to a server on which everything takes a while, as no setting of a browser delays its WebSockets."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from urllib.parse import urlsplit


@contextmanager
def slow_line(url: str, round_trip: float) -> Iterator[str]:
    """The address of a server behind a line whose round trip takes so many seconds longer."""
    told: Queue[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Queue()

    async def serve() -> None:
        over, host = asyncio.Event(), urlsplit(url)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            other_reader, other_writer = await asyncio.open_connection(host.hostname, host.port)
            await asyncio.gather(
                _carry(reader, other_writer, round_trip / 2), _carry(other_reader, writer, round_trip / 2)
            )

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        told.put((asyncio.get_running_loop(), over, server.sockets[0].getsockname()[1]))
        await over.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # what was closed is gone a moment later
        await asyncio.sleep(0.1)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    loop, over, port = told.get()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Hand on what comes, in its order and each piece so many seconds later."""
    loop, pieces = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()

    async def hand_on() -> None:
        while True:
            at, piece = await pieces.get()
            await asyncio.sleep(at - loop.time())
            if not piece:
                return
            writer.write(piece)

    handing = asyncio.create_task(hand_on())
    piece = b"any"
    try:
        with contextlib.suppress(ConnectionError):
            while piece:
                piece = await reader.read(1 << 16)
                pieces.put_nowait((loop.time() + seconds, piece))
        await handing
    finally:
        writer.close()
