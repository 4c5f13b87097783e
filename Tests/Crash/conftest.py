"""What crash tests start from: a body of their own, which may be killed."""

import pytest

from postgresql import Cluster
from program import Server


@pytest.fixture
def server():
    server = Server(staff=80, history=0).start()
    yield server
    server.away()


@pytest.fixture(scope="session")
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.away()
