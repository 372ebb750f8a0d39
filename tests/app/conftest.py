"""Clients of the running app, one of them Russian."""

from __future__ import annotations

import pytest
from gradio_client import Client

SHEET = """Name: Tverprom Digital PulseWatch
Audience: maintenance managers
Fact: Takes a new measurement every 10 minutes.
Fact: Warns on average 18 days before a bearing fails.
Price: EUR 1,200 per line per month"""


def connect(address: str, **headers: str) -> Client:
    """Return a client that asks nobody but `address`."""
    return Client(
        address, headers=headers, verbose=False, download_files=False, analytics_enabled=False
    )


@pytest.fixture(scope="package")
def client(site: str) -> Client:
    return connect(site)


@pytest.fixture(scope="package")
def russian(site: str) -> Client:
    return connect(site, **{"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"})


@pytest.fixture
def sheet() -> str:
    return SHEET
