"""Memory that is given back: what visitors no longer use goes back to the system.

The C library keeps freed blocks in its heaps, among others that are still used. Fifty visitors with the largest
network left two gigabytes behind in that way, of which not one byte was in use.
"""

import ctypes
import gc
import sys
import threading
from collections.abc import Callable
from typing import Any

from engine.memory import SHARED

# of malloc.h: blocks from this size on are mapped on their own, whatever sizes were freed before
M_MMAP_THRESHOLD, SIZE = -3, 64 * 1024
# seconds between two times at which sessions that have ended and smaller blocks are given back
OFTEN = 20.0


def give_back(alone: Callable[[], bool]) -> None:
    """Let the C library give memory back, where it is one that can be told so (glibc).

    What is remembered for everybody goes as well when the process is `alone`, that is nobody is connected to it.
    """
    library: Any = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
    if not hasattr(library, "mallopt") or not hasattr(library, "malloc_trim"):
        return
    library.mallopt(M_MMAP_THRESHOLD, SIZE)
    # modules are never garbage: without them a collection takes milliseconds, in which nobody else computes
    gc.freeze()
    threading.Thread(target=_clear_often, args=(library, alone), name="give memory back", daemon=True).start()


def _clear_often(library: Any, alone: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not pause.wait(OFTEN):
        if alone():
            SHARED.clear()
        # a session that has ended is a circle of objects, which Python by itself looks for when it has made many more
        gc.collect()
        library.malloc_trim(0)
