"""The load test: `python -m tests.hosting.load --sessions 100 --seconds 120 --replicas 1` (make load).

It starts the replicas itself, on loopback, and prints a line of numbers, which docs/scaling.md explains.
"""

import argparse
import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

from tests.hosting.rig import Replica, running_nginx, running_replicas
from tests.hosting.visitors import Tally, visit

TICKS = os.sysconf("SC_CLK_TCK")
MB = 1024 * 1024
# in seconds: more edits than any cache of the app holds
WARM_UP = 20


def memory(replicas: tuple[Replica, ...]) -> float:
    """Resident memory of all replicas, in MB."""
    pages = sum(int(Path(f"/proc/{pid(replica)}/statm").read_text().split()[1]) for replica in replicas)
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def processor_time(replicas: tuple[Replica, ...]) -> float:
    """Processor time that the replicas have used, in seconds."""
    fields = [Path(f"/proc/{pid(replica)}/stat").read_text().rsplit(")", 1)[1].split() for replica in replicas]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def pid(replica: Replica) -> int:
    assert replica.process
    return replica.process.pid


@contextmanager
def served(count: int) -> Iterator[tuple[str, tuple[Replica, ...]]]:
    """One process reached directly, or several behind nginx."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="load-")))
        folder.chmod(0o755)
        replicas = stack.enter_context(running_replicas(folder, count))
        if count == 1:
            yield replicas[0].url, replicas
        else:
            site = stack.enter_context(running_nginx(folder, replicas, PER_ADDRESS="10000", OPENINGS="10000"))
            yield site.url, replicas


async def crowd(url: str, options: argparse.Namespace) -> Tally:
    tally = Tally()
    arriving = options.sessions / options.arrivals
    until = time.monotonic() + arriving + options.seconds
    visitors = [
        visit(url, tally, number / options.arrivals, until, options.every, seed=number, drags=number < options.drag)
        for number in range(options.sessions)
    ]
    await asyncio.gather(*visitors)
    return tally


async def warmed(replicas: tuple[Replica, ...]) -> None:
    """Visit each replica until its imports are made and its caches full, which does not count as the visitors'."""
    for replica in replicas:
        tally = Tally()
        await visit(replica.url, tally, 0, time.monotonic() + WARM_UP, 0.05, seed=0)
        assert not tally.errors, tally.errors


def percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else sum(values)


def measure(options: argparse.Namespace) -> dict[str, object]:
    with served(options.replicas) as (url, replicas):
        asyncio.run(warmed(replicas))
        empty, cpu = memory(replicas), processor_time(replicas)
        gc.freeze()  # a pause of the measuring side would count as one of the server's
        tally = asyncio.run(crowd(url, options))
        full, cpu = memory(replicas), processor_time(replicas) - cpu
        left = again = None
        if options.leave:
            time.sleep(options.leave)
            asyncio.run(warmed(replicas))  # Streamlit forgets those who left when the next ones come
            left = round(memory(replicas) - empty)
            tally.errors += asyncio.run(crowd(url, options)).errors
            again = round(memory(replicas) - full)
        runs = len(tally.loads) + len(tally.edits)
        return {
            "sessions": options.sessions,
            "replicas": options.replicas,
            "of them drag": options.drag,
            "edits": len(tally.edits),
            "edit p50 s": round(percentile(tally.edits, 50), 3),
            "edit p95 s": round(percentile(tally.edits, 95), 3),
            "edit max s": round(max(tally.edits), 3),
            "load p95 s": round(percentile(tally.loads, 95), 3),
            "CPU ms a run": round(1000 * cpu / runs),
            "kB a run": round(sum(tally.received) / runs / 1000),
            "empty MB": round(empty),
            "MB a session": round((full - empty) / options.sessions, 2),
            "MB kept after leaving": left,
            "MB more for the next": again,
            "errors": len(tally.errors),
            "first errors": sorted(set(tally.errors))[:3],
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=30, help="for how long they edit once all have arrived")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--every", type=float, default=5, help="seconds between a session's edits")
    parser.add_argument("--drag", type=int, default=0, help="sessions that drag a number between their edits")
    parser.add_argument("--arrivals", type=float, default=5, help="sessions that arrive in a second")
    parser.add_argument("--leave", type=float, default=0, help="seconds until as many come again")
    options = parser.parse_args()
    for name, value in measure(options).items():
        print(f"{name:>22}  {value}")


if __name__ == "__main__":
    main()
