"""What docs/planning.md says is what `touchdown plan` does."""

import json
import re

import pytest

from program import ROOT
from test_plan_forecast import history

TEXT = (ROOT / "docs/planning.md").read_text()
SURGE = ["staff", "--calls", "2000", "--per", "1h", "--aht", "828s", "--patience", "57m", "--within", "300s"]


def keys(value) -> set[str]:
    if isinstance(value, list):
        return {key for one in value for key in keys(one)}
    return set(value) | {key for one in value.values() for key in keys(one)} if isinstance(value, dict) else set()


def test_every_key_of_the_json_is_described(folder):
    history(folder, seed=1, handling=300)
    folder.write("special.csv", "day\n2026-08-25\n")
    printed = [
        folder.plan(*SURGE, "--target", "0.8", "--shrinkage", "0.3", "--retrying", "0.2", "--json"),
        folder.plan(*SURGE, "--target", "0.8", "--concurrency", "3", "--json"),
        folder.plan("forecast", "--history", "h.csv", "--horizon", "14d", "--special", "special.csv", "--json"),
    ]
    (folder / "s.yaml").write_text((ROOT / "docs/examples/surge.yaml").read_text())
    few = ["--scenario", "s.yaml", "--replications", "1", "--json"]
    printed += [
        folder.plan("simulate", *few, "--against", "s.yaml"),
        folder.plan("cliff", *few, "--from", "1500", "--to", "2500", "--step", "1000"),
    ]
    folder.write("f.csv", "start,expected\n2026-12-07 09:00,100\n2026-12-07 09:30,90\n")
    printed.append(folder.plan("staff", "--forecast", "f.csv", "--aht", "4m", "--within", "60s", "--target", "0.8",
                               "--shrinkage", "0.3", "--json"))
    described = set(re.findall(r"`(\w+)`", TEXT))
    for answer in printed:
        assert keys(json.loads(answer.stdout)) <= described


def test_the_table_of_the_cliff(folder):
    rows = re.findall(r"\| (?:advisers|answered in time) \| \d.*", TEXT)
    agents, shares = (re.findall(r"[\d.]+", row) for row in rows)
    for count, share in zip(agents, shares):
        level = json.loads(folder.plan(*SURGE, "--agents", count, "--json").stdout)["serviceLevel"]["offered"]
        assert level * 100 == pytest.approx(float(share), abs=0.051)


def test_the_example_of_the_four_formulas(folder):
    ask = ["staff", "--calls", "200", "--per", "1h", "--aht", "180s", "--patience", "5m", "--within", "20s", "--agents", "9"]
    level = json.loads(folder.plan(*ask, "--json").stdout)["serviceLevel"]
    said = re.search(r"has ([\d.]+) %, ([\d.]+) %, ([\d.]+) % and ([\d.]+) %", TEXT).groups()
    order = ["offered", "excludingShortAbandons", "shortAbandonsAsSuccess", "answeredOnly"]
    assert [f"{level[name] * 100:.1f}" for name in order] == list(said)
