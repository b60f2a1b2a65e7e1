"""The app in a process of its own, as Streamlit runs it."""

from collections.abc import Iterator

import pytest

from tests.hosting.rig import Replica, running_replicas


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """The app, running; what went wrong in it is an error at the end."""
    with running_replicas(tmp_path_factory.mktemp("bounds"), 1) as (replica,):
        yield replica
        said = replica.log.read_text()
        assert "Traceback" not in said and "not bounded" not in said
