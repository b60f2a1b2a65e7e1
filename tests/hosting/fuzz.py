"""The fuzzer: `python -m tests.hosting.fuzz --count 10000 --seed 0` (make fuzz).

Opens damaged links and files in a running app, over its own protocol, and fails for an exception box, a run that does
not end, an HTTP status of 500 or more, a traceback in the log, or memory that keeps growing.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pages.widgets.document import PAGES
from tests.hosting.http import ask
from tests.hosting.load import memory
from tests.hosting.mutations import Mutations
from tests.hosting.protocol import Session, upload
from tests.hosting.rig import Replica, running_replicas
from tests.hosting.visitors import shown_exceptions

# of ten: links, files of networks, tables
PARTS = (6, 3, 1)
NAMES = ["" if page.file == "app.py" else Path(page.file).stem for page in PAGES]
SECONDS, GROWTH = 30.0, 60.0


@dataclass
class Found:
    """What was opened, how long the slowest took, memory on the way, and what went wrong."""

    opened: int = 0
    refused: int = 0
    slowest: tuple[float, str] = (0.0, "")
    memory: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def link(url: str, mutations: Mutations, found: Found) -> None:
    """A visitor arrives by a damaged link."""
    query, name = mutations.query(), mutations.random.choice(NAMES)
    path = "/" + name + "?" + quote(query, safe="=&%?/+")
    if len(path) < 8000:
        check_status((await asyncio.to_thread(ask, url, path)).status, path, found)
    async with Session.at(url) as session:
        session.query = query
        await run(session, f"link {name}?{query}", found, page=name)


async def files(url: str, mutations: Mutations, found: Found, tables: bool, count: int) -> None:
    """A visitor uploads several damaged files."""
    async with Session.at(url) as session:
        page, key = ("training", "training_upload") if tables else ("share", "upload")
        await session.run(page=page)
        if tables:
            session.set("training_data", string_value="A CSV file of your own")
        else:
            session.set("share_as", string_array_value={"data": ["Open a file"]})
        await session.run(page=page)
        for _ in range(count):
            name, content = mutations.table() if tables else mutations.file()
            check_status(await upload(session, key, name, content), f"upload {name}", found)
            await run(session, f"file {name} {content[:300]!r}", found, page)


async def run(session: Session, what: str, found: Found, page: str) -> None:
    since = time.perf_counter()
    found.opened += 1
    try:
        messages = await session.run(page=page, seconds=SECONDS)
    except TimeoutError:
        found.faults.append(f"no end after {SECONDS} s: {what}")
        return
    found.faults.extend(f"{kind}: {what}" for kind in shown_exceptions(messages))
    found.refused += any(True for _ in session.of_kind("Alert"))
    found.slowest = max(found.slowest, (time.perf_counter() - since, what[:200]))


def check_status(status: int, what: str, found: Found) -> None:
    if status >= 500:
        found.faults.append(f"HTTP {status}: {what}")


async def one(url: str, mutations: Mutations, found: Found) -> None:
    """One visitor."""
    kind = mutations.random.choices(("link", "file", "table"), PARTS)[0]
    try:
        if kind == "link":
            await link(url, mutations, found)
        else:
            await files(url, mutations, found, tables=kind == "table", count=10)
    except Exception as error:  # whatever it is, it is a finding
        found.faults.append(f"{kind}: {type(error).__name__}: {error}"[:300])


async def fuzz(replica: Replica, count: int, seed: int) -> Found:
    found, mutations = Found(), Mutations(seed)
    reported = 0
    while found.opened < count:
        await one(replica.url, mutations, found)
        if found.opened >= reported + max(count // 20, 1):
            reported = found.opened
            found.memory.append(memory((replica,)))
            print(f"{found.opened:>6} opened, {found.memory[-1]:.0f} MB, {len(found.faults)} faults", flush=True)
    return found


def grew(found: Found) -> float:
    """By how many MB memory grew over the second half."""
    second = found.memory[len(found.memory) // 2 :]
    return second[-1] - second[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, running_replicas(Path(folder), 1) as (replica,):
        found = asyncio.run(fuzz(replica, options.count, options.seed))
        said = replica.log.read_text(errors="replace")
    if "Traceback" in said:
        found.faults.append(f"the log: {said[said.index('Traceback') :][:3000]}")
    if grew(found) > GROWTH:
        found.faults.append(f"memory grew by {grew(found):.0f} MB over the second half")
    print(f"{found.opened} opened, {found.refused} with a message; memory over the second half {grew(found):+.0f} MB")
    print(f"slowest {found.slowest[0]:.2f} s: {found.slowest[1]!r}")
    print("\n".join(found.faults[:20]) or "no faults")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
