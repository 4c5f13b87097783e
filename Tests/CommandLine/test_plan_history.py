"""`touchdown plan history` writes an installation's past as `plan forecast` reads it."""

import csv
import io
import json
import os
import sqlite3
import subprocess
from datetime import datetime, timezone

import pytest

from postgresql import Cluster, serve
from program import Server, program


@pytest.fixture(scope="module")
def body():
    server = Server(history=3000).start()
    server.stop()
    yield server
    server.away()


@pytest.fixture(scope="module")
def twin(body):
    """The address of a PostgreSQL that holds the same body, row by row."""
    cluster = Cluster()
    try:
        address = cluster.create("twin")
        serve(address).away()
        copy(body.database, cluster, address)
        yield address
    finally:
        cluster.away()


def copy(database, cluster, address):
    """Copies every row; what refers to what comes in any order, so nothing checks it meanwhile."""
    source = sqlite3.connect(database)
    for name in cluster.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "twin"):
        columns = [row[1] for row in source.execute(f"PRAGMA table_info({name})")]
        if not columns:
            continue
        text = io.StringIO()
        csv.writer(text).writerows(source.execute(f"SELECT {', '.join(columns)} FROM {name}"))
        commands = f"SET session_replication_role = replica; DELETE FROM {name};"
        load = f"COPY {name} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
        cluster.command("psql", "--no-psqlrc", "--quiet", "-c", commands, "-c", load, address, input=text.getvalue())
    source.close()


def plan(body, folder, *words, gives=0, address=None) -> subprocess.CompletedProcess:
    own = {"TOUCHDOWN_DATABASE_URL": address or f"sqlite:{body.database}"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOUCHDOWN_")} | own
    answer = subprocess.run(
        [str(program().resolve()), "plan", *words], cwd=folder.path, env=environment, capture_output=True, text=True, timeout=120)
    assert answer.returncode == gives, answer.stderr
    return answer


def test_a_past_is_written_quarter_by_quarter_and_forecast(body, folder):
    plan(body, folder, "history", "--output", "h.csv")

    rows = folder.rows("h.csv")
    starts = [datetime.fromisoformat(row["start"]) for row in rows]
    today = datetime.now(timezone.utc).date()
    assert all((later - earlier).total_seconds() == 900 for earlier, later in zip(starts, starts[1:]))
    assert all(start.date() <= today for start in starts)
    # Those of today are left out.
    assert 2000 < sum(int(row["count"]) for row in rows) <= 3000
    assert 0 < sum(int(row["handled"]) for row in rows) < sum(int(row["count"]) for row in rows)
    handling = sum(float(row["handled_seconds"]) for row in rows) / sum(int(row["handled"]) for row in rows)
    # The demo's talks are 120 to 900 s, its wrap-ups 10 to 90 s.
    assert 500 < handling < 620

    answer = json.loads(plan(body, folder, "forecast", "--history", "h.csv", "--horizon", "1d", "--json").stdout)
    assert len(answer["forecast"]) in (92, 96, 100)
    times = [one["handlingSeconds"] for one in answer["forecast"] if "handlingSeconds" in one]
    assert times and 130 < sum(times) / len(times) < 990


def test_one_queue_and_some_days(body, folder):
    plan(body, folder, "history", "--output", "all.csv")
    day = folder.rows("all.csv")[300]["start"][:10]
    plan(body, folder, "history", "--queue", "1", "--from", day, "--until", day, "--output", "one.csv")
    rows = folder.rows("one.csv")
    assert len(rows) in (92, 96, 100)
    same = {row["start"]: int(row["count"]) for row in folder.rows("all.csv")}
    assert all(int(row["count"]) <= same[row["start"]] for row in rows)


@pytest.mark.parametrize("words", [[], ["--queue", "1"], ["--queue", "no such"]])
def test_postgresql_says_the_same(body, twin, folder, words):
    code = 65 if "no such" in words else 0
    here = plan(body, folder, "history", "--output", "here.csv", *words, gives=code)
    there = plan(body, folder, "history", "--output", "there.csv", *words, gives=code, address=twin)
    if code:
        assert here.stderr == there.stderr and "no such" in there.stderr
    else:
        assert (folder / "there.csv").read_text() == (folder / "here.csv").read_text()
        assert len(folder.rows("there.csv")) > 96


@pytest.mark.parametrize(
    "words, code, said",
    [
        (["--queue", "no such"], 65, "no such"),
        (["--from", "2150-01-01"], 65, "is over"),
        (["--from", "soon"], 64, "--from"),
    ],
)
def test_what_cannot_be_written(body, folder, words, code, said):
    answer = plan(body, folder, "history", "--output", "h.csv", *words, gives=code)
    assert said in answer.stderr
    assert "h.csv" not in folder.names()
