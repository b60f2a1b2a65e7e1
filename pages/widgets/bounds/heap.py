"""Memory that is given back: large arrays that are let go of go back to the system at once.

The C library keeps freed blocks of many megabytes in its heap, among others that are still used. Fifty visitors with
the largest network left two gigabytes behind in that way, of which not one byte was in use.
"""

import ctypes
import sys

# of malloc.h: blocks from this size on are mapped on their own, whatever sizes were freed before
M_MMAP_THRESHOLD = -3
SIZE = 256 * 1024


def give_back() -> None:
    """Let the C library give large blocks back, where it is one that can be told so (glibc)."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, SIZE)
