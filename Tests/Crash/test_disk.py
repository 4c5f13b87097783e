"""A disk that is full: a clear refusal, nothing lost, and work goes on when there is room again."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from people import Adviser, Customer, new_id
from postgresql import serve, set_up
from program import Server


@pytest.fixture
def small_disk():
    folder = Path(tempfile.mkdtemp(prefix="touchdown-disk-"))
    mounting = ["mount", "-t", "tmpfs", "-o", "size=24m", "touchdown-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True).returncode != 0:
        shutil.rmtree(folder)
        pytest.skip("a small disk can only be mounted by root")
    folder.chmod(0o711)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def fill(folder: Path) -> Path:
    """Takes all the room that is left."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_a_full_disk_refuses_clearly_and_loses_nothing(small_disk):
    server = Server(small_disk, staff=20, history=0).start()
    try:
        expect_refused_until_there_is_room(server, Customer(server.url), small_disk)
        assert Adviser(server.url, "amina.yusuf").be("available")["status"] == "available"
    finally:
        server.stop()


def test_a_full_postgresql_refuses_clearly_and_loses_nothing(small_disk, cluster):
    # The tables are on the small disk; the server's log of changes is not, or the whole server would stop.
    space = small_disk / "tables"
    space.mkdir()
    shutil.chown(space, *cluster.owner)
    cluster.ask(f"CREATE TABLESPACE small LOCATION '{space}'")
    address = cluster.create("small", "ENCODING 'UTF8' LOCALE 'C' TABLESPACE small")
    set_up(address)
    server = serve(address)
    try:
        expect_refused_until_there_is_room(server, Customer(server.url, queue="tax"), small_disk)
        assert Adviser(server.url, "amina.yusuf").be("available")["status"] == "available"
        assert not server.faults()
    finally:
        server.away()
        # Before the disk goes: a server that misses files of its own can do nothing any more.
        cluster.ask("DROP DATABASE small WITH (FORCE)")
        cluster.ask("DROP TABLESPACE small")


def expect_refused_until_there_is_room(server, customer: Customer, disk: Path):
    filler = fill(disk)
    stored, refused = {1: "Hello?"}, None
    for number in range(2_000):
        text = f"{number:05d} ".translate(str.maketrans("0123456789", "abcdefghij")) * 500
        client_id = new_id()
        answer = customer.say(text, client_id)
        if answer.status_code == 507:
            refused = (text, client_id)
            break
        assert answer.status_code == 201, answer.text
        stored[answer.json()["number"]] = text.strip()
    assert refused, "the disk never was full"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "room" in answer.json()["detail"]
    assert {one["number"]: one["text"] for one in messages(customer)} == stored
    assert customer.http.get(f"/chats/{customer.id}").status_code == 200

    filler.unlink()
    again = customer.say(*refused)
    assert again.status_code == 201, again.text
    assert again.json()["number"] == len(stored) + 1
    assert customer.say(*refused).json()["number"] == len(stored) + 1


def messages(customer: Customer) -> list[dict]:
    """All messages, a thousand at a time."""
    found: list[dict] = []
    while True:
        after = found[-1]["number"] if found else 0
        some = customer.http.get(f"/chats/{customer.id}/messages", params={"after": after}).raise_for_status().json()["messages"]
        if not some:
            return found
        found += some
