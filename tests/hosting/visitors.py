"""Visitors of the load test: each opens the page and edits a weight every few seconds, and keeps count."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.edits import Typist
from tests.hosting.protocol import Session

# the presets' first layers have at least these
WEIGHTS = ("w.1.1.1", "w.1.1.2", "w.1.2.1", "w.1.2.2")


@dataclass
class Tally:
    """What all visitors measured, in seconds, and what went wrong."""

    loads: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def shown_exceptions(messages: list[ForwardMsg]) -> list[str]:
    """The exception boxes that a run drew."""
    elements = [said.delta.new_element for said in messages if said.HasField("delta")]
    return [element.exception.type for element in elements if element.HasField("exception")]


async def visit(url: str, tally: Tally, arrival: float, until: float, every: float, seed: int) -> None:
    """One visitor: arrives, loads the page, edits a weight every so often, leaves at `until` (of time.monotonic)."""
    random_ = random.Random(seed)
    await asyncio.sleep(arrival)
    try:
        async with Session.at(url) as session:
            await timed(session, tally, tally.loads)
            typist = Typist()
            due = time.monotonic() + random_.uniform(0, every)
            while due < until:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                typed = {random_.choice(WEIGHTS): f"{random_.uniform(-2, 2):.9f}"}
                before = session.query
                session.set("weights", json_value=typist.message(typed))
                await timed(session, tally, tally.edits)
                if session.query == before:
                    tally.errors.append("an edit changed nothing")
                due += every
    except Exception as error:  # whatever it is, it is counted
        tally.errors.append(f"{type(error).__name__}: {error}"[:200])


async def timed(session: Session, tally: Tally, times: list[float]) -> None:
    since, bytes_before = time.perf_counter(), session.bytes_received
    messages = await session.run()
    times.append(time.perf_counter() - since)
    tally.received.append(session.bytes_received - bytes_before)
    tally.errors.extend(shown_exceptions(messages))
