"""`touchdown plan inputs` prints what an installation measured as a scenario asks for it."""

import json
import os
import re
import sqlite3
import subprocess

import pytest

from program import Server, program
from test_plan_document import TEXT, keys

WHO_COMES = {"channel": "    open: 08:00-18:00\n    arrivals: {total: 400, per: 1h, shape: [1, 2, 2, 2, 1, 1, 1, 1, 1, 1]}\n"}
WHO_IS_THERE = "    does: {chats: 2}\n    shifts: [{from: 08:00, to: 18:00, advisers: 40}]\n"


@pytest.fixture(scope="module")
def body():
    server = Server(history=600).start()
    server.stop()
    # Of the advisers' time nothing but this is known: eight hours at home with two lost lines.
    with sqlite3.connect(server.database) as database:
        database.execute("DELETE FROM desk_time")
        day, adviser = database.execute(
            "SELECT substr(MAX(at), 1, 10), MAX(adviser_id) FROM contact_event WHERE kind = 'answered' AND at < date('now')").fetchone()
        for start, end, doing in [("08:00", "10:00", "idle"), ("10:00", "10:02", "line_lost"), ("10:02", "14:02", "handling"),
                                  ("14:02", "14:06", "line_lost"), ("14:06", "16:06", "break")]:
            (h1, m1), (h2, m2) = (map(int, t.split(":")) for t in (start, end))
            database.execute(
                "INSERT INTO desk_time (adviser_id, from_at, until_at, doing, place, milliseconds) VALUES (?, ?, ?, ?, 'home', ?)",
                (adviser, f"{day}T{start}:00.000Z", f"{day}T{end}:00.000Z", doing, ((h2 - h1) * 60 + m2 - m1) * 60_000))
    database.close()
    yield server
    server.away()


def inputs(body, folder, *words, gives=0):
    own = {"TOUCHDOWN_DATABASE_URL": f"sqlite:{body.database}"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOUCHDOWN_")} | own
    answer = subprocess.run(
        [str(program().resolve()), "plan", "inputs", *words], cwd=folder.path, env=environment, capture_output=True, text=True,
        timeout=120)
    assert answer.returncode == gives, answer.stderr
    return answer


def test_what_was_measured_is_most_of_a_scenario(body, folder):
    text = inputs(body, folder).stdout
    assert "line: {drops-every: 4h, back-after: {mean: 3m, cv: 0.33}}   # 2 drops in 8h" in text

    lines = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        lines += [more for key, more in WHO_COMES.items() if line.startswith(f"    {key}:")]
        lines += [WHO_IS_THERE] if line.startswith("    place:") else []
    (folder / "day.yaml").write_text("name: As measured\n" + "".join(lines))
    answer = subprocess.run(
        [str(program().resolve()), "plan", "simulate", "--scenario", "day.yaml", "--replications", "2", "--json"], cwd=folder.path,
        capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    figures = json.loads(answer.stdout)["total"]
    assert figures["offered"]["value"] > 1000
    assert figures["drops"]["value"] > 0


def test_programs_get_the_same(body, folder):
    seen = json.loads(inputs(body, folder, "--json").stdout)
    assert keys(seen) <= set(re.findall(r"`(\w+)`", TEXT))
    assert [team["place"] for team in seen["teams"]] == ["home"]
    assert seen["teams"][0]["drops"] == {"count": 2, "meanSeconds": 180, "variation": pytest.approx(1 / 3)}
    assert seen["teams"][0]["dropsEverySeconds"] == 4 * 3600
    queue = seen["queues"][0]
    # The demo's talks are 120 to 900 s, in some queues longer than in others; its wrap-ups 10 to 90 s.
    assert 330 < queue["handling"]["meanSeconds"] < 640 and 0.3 < queue["handling"]["variation"] < 0.6
    assert 40 < queue["wrapUp"]["meanSeconds"] < 60
    if queue["hungUp"]:
        assert queue["patienceSeconds"] == pytest.approx(queue["waitedSeconds"] / queue["hungUp"], abs=0.01)


@pytest.mark.parametrize("words, code, said", [(["--from", "2150-01-01"], 65, "is over"), (["--until", "soon"], 64, "--until")])
def test_days_that_cannot_be_read(body, folder, words, code, said):
    assert said in inputs(body, folder, *words, gives=code).stderr
