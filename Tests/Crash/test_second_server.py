"""Two servers on one database file would route everybody twice: the second one is sent away."""

import sqlite3
import subprocess

from people import Customer
from program import free_port, program


def test_a_second_server_on_the_same_data_is_refused_with_a_sentence(server):
    customer = Customer(server.url)
    second = subprocess.run(
        [str(program()), "demo", "--quiet", "--port", str(free_port()), "--data", str(server.folder), "--staff", "80"],
        capture_output=True, text=True, timeout=60)
    assert second.returncode != 0, second.stdout
    assert "demo.sqlite is in use by another server." in second.stderr, second.stderr
    assert customer.say("Are you still there?").status_code == 201


def test_a_backup_is_made_while_the_server_serves(server, tmp_path):
    customer = Customer(server.url)
    customer.say("Before the backup")
    copy = tmp_path / "copy.sqlite"
    backup = subprocess.run(
        [str(program()), "backup", str(copy)], capture_output=True, text=True, timeout=60, cwd=tmp_path,
        env={"TOUCHDOWN_DATABASE_URL": f"sqlite:{server.database}", "PATH": "/usr/bin:/bin"})
    assert backup.returncode == 0, backup.stderr
    assert customer.say("After the backup").json()["number"] == 3
    with sqlite3.connect(copy) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        said = database.execute("SELECT text FROM message WHERE contact_id = ? ORDER BY number", (customer.id,)).fetchall()
    assert said == [("Hello?",), ("Before the backup",)]
