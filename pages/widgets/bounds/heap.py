"""Memory that is given back: what visitors no longer use goes back to the system.

The C library keeps freed blocks in its heaps, among others that are still used. Fifty visitors with the largest
network left two gigabytes behind in that way, of which not one byte was in use.
"""

import ctypes
import gc
import sys
import threading
from typing import Any

# of malloc.h: blocks from this size on are mapped on their own, whatever sizes were freed before
M_MMAP_THRESHOLD, SIZE = -3, 256 * 1024
# seconds between two times at which sessions that have ended and smaller blocks are given back
OFTEN = 20.0


def give_back() -> None:
    """Let the C library give memory back, where it is one that can be told so (glibc)."""
    library: Any = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
    if not hasattr(library, "mallopt") or not hasattr(library, "malloc_trim"):
        return
    library.mallopt(M_MMAP_THRESHOLD, SIZE)
    # modules are never garbage: without them a collection takes milliseconds, in which nobody else computes
    gc.freeze()
    threading.Thread(target=_clear_often, args=(library,), name="give memory back", daemon=True).start()


def _clear_often(library: Any) -> None:
    pause = threading.Event()
    while not pause.wait(OFTEN):
        # a session that has ended is a circle of objects, which Python by itself looks for when it has made many more
        gc.collect()
        library.malloc_trim(0)
