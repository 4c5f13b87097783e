"""A private PostgreSQL, and a body in it that is set up as an operator sets one up: by import, passwords and plans."""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import httpx

from program import PASSWORD, ROOT, Server, program

GIVEN = "given by somebody else"

STAFF = """\
staff_number,name,username,directorate,site,team,contracted_place,roles,skills
1,Amina Yusuf,amina.yusuf,Helplines,Leeds,Leeds 1,home,adviser,Tax:3
2,Bram de Vries,bram.de.vries,Helplines,Leeds,Leeds 1,office,adviser,Tax:3
3,Dana Okafor,dana.okafor,Helplines,Leeds,,office,planner,
4,Gwen Hughes,gwen.hughes,Helplines,Leeds,,office,administrator,
"""


class Cluster:
    """PostgreSQL in a folder of its own, on a socket there, by the same script as all tests."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="touchdown-pg-"))
        self.folder.chmod(0o711)
        self.address = self._script(f"start_postgresql {shlex.quote(str(self.folder / 'cluster'))}").strip()

    def _script(self, words: str) -> str:
        return subprocess.run(
            ["bash", "-c", f"set -euo pipefail; . bin/lib/postgresql.sh; {words}"], cwd=ROOT, check=True, text=True,
            stdout=subprocess.PIPE).stdout

    @property
    def owner(self) -> tuple[str, str]:
        """Whom its files belong to."""
        data = self.folder / "cluster" / "data"
        return data.owner(), data.group()

    def of(self, database: str) -> str:
        return self.address.replace("dbname=postgres", f"dbname={database}")

    def command(self, name: str, *arguments: str, **more) -> subprocess.CompletedProcess:
        path = self._script("postgresql_commands").strip()
        return subprocess.run([f"{path}/{name}", *arguments], check=True, text=True, capture_output=True, **more)

    def ask(self, sql: str, database: str = "postgres") -> list[str]:
        answer = self.command("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql, self.of(database))
        return answer.stdout.split("\n")[:-1]

    def create(self, database: str, suits: str = "ENCODING 'UTF8' LOCALE 'C'") -> str:
        self.ask(f"CREATE DATABASE {database} TEMPLATE template0 {suits}")
        return self.of(database)

    def away(self):
        self._script(f"stop_postgresql {shlex.quote(str(self.folder / 'cluster'))}")
        shutil.rmtree(self.folder, ignore_errors=True)


def run(address: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess:
    """Runs a command of the program on this database."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOUCHDOWN_")}
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [str(program()), *arguments], input=given, text=True, capture_output=True, timeout=120, cwd=folder,
            env=environment | {"TOUCHDOWN_DATABASE_URL": address})


def serve(address: str) -> Server:
    """A server on this database."""
    server = Server()
    return server.serve({"TOUCHDOWN_DATABASE_URL": address, "TOUCHDOWN_CHAT_STARTS_PER_MINUTE": "100000"})


def set_up(address: str):
    """From an empty database to one in which people can work."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(STAFF)
        file.flush()
        imported = run(address, "import", "staff", file.name)
    assert imported.returncode == 0, imported.stderr
    first = run(address, "password", "gwen.hughes", given=GIVEN + "\n")
    assert first.returncode == 0, first.stderr
    server = serve(address)
    try:
        choose(server.url, "gwen.hughes")
        gwen = signed_in(server.url, "gwen.hughes")
        for person in gwen.get("/staff").raise_for_status().json()["people"]:
            if person["name"] != "Gwen Hughes":
                gwen.post(f"/staff/{person['id']}/password", json={"password": GIVEN}).raise_for_status()
                choose(server.url, person["name"].lower().replace(" ", "."))
        dana = signed_in(server.url, "dana.okafor")
        hours = [{"weekday": day, "opens": "00:00", "closes": "24:00"} for day in range(1, 8)]
        dana.post("/queues", json={"key": "tax", "name": "Tax", "openings": hours,
                                   "needs": [{"skill": 1, "level": 1}]}).raise_for_status()
        dana.put("/wrap-up-codes/answered", json={"title": "Answered"}).raise_for_status()
    finally:
        server.away()


def choose(url: str, username: str):
    """Changes the password that somebody else has given for one of her own, before which she may do nothing else."""
    http = signed_in(url, username, GIVEN)
    assert http.get("/staff").status_code == 403
    http.put("/account/password", json={"present": GIVEN, "password": PASSWORD}).raise_for_status()


def signed_in(url: str, username: str, password: str = PASSWORD) -> httpx.Client:
    http = httpx.Client(base_url=f"{url}/api/v1", timeout=20)
    answer = http.post("/sessions", json={"username": username, "password": password})
    assert answer.status_code == 201, answer.text
    http.headers["authorization"] = f"Bearer {answer.json()['token']}"
    return http
