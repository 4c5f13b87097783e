"""`touchdown plan history` writes an installation's past as `plan forecast` reads it."""

import json
import os
import subprocess
from datetime import datetime, timezone

import pytest

from program import Server, program


@pytest.fixture(scope="module")
def body():
    server = Server(history=3000).start()
    server.stop()
    yield server
    server.away()


def plan(body, folder, *words, gives=0) -> subprocess.CompletedProcess:
    own = {"TOUCHDOWN_DATABASE_URL": f"sqlite:{body.database}"}
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
