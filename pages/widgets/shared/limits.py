"""The size up to which a network is trained and cut through on a page, so that a page stays quick and small."""

from engine import Network

MOST_PARAMETERS = 2_000


def too_large(network: Network) -> str:
    """Return why a network is too large for the page, in words; nothing if it is not."""
    count = network.parameter_count
    if count <= MOST_PARAMETERS:
        return ""
    return f"it has {count:,} weights and biases, and this page takes up to {MOST_PARAMETERS:,}"
