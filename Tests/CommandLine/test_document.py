"""What docs/matching.md says is what the program does."""

import json
import re

import pytest

from conftest import people
from program import ROOT

TEXT = (ROOT / "docs/matching.md").read_text()


def test_the_example_comes_out_as_written(folder):
    table, model, answer = (re.search(rf"```{kind}\n(.*?)```", TEXT, re.S)[1] for kind in ["csv", "yaml", "text"])
    folder.write("people.csv", table)
    folder.write("people.yaml", model)

    found = folder.match("explain", "--model", "people.yaml", "--input", "people.csv", "1", "2").stdout
    # The last digits of a logarithm are the machine's own.
    exact = re.compile(r"(?<=match probability )\S+")
    assert exact.sub("p", found) == exact.sub("p", answer)
    assert float(exact.search(found)[0]) == pytest.approx(float(exact.search(answer)[0]))


def keys(value) -> set[str]:
    if isinstance(value, list):
        return {key for one in value for key in keys(one)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {key for name, one in value.items() if name != "sources" for key in keys(one)}


def test_every_key_of_the_json_is_described(folder):
    rows = people(60)
    folder.model(more="calibration: {slope: 0.9, offset: 0}")
    folder.table("people.csv", rows)
    folder.table("truth.csv", rows, ["unique_id", "cluster"])
    given = ["--model", "model.yaml", "--input", "people.csv", "--json"]

    folder.write("plain.yaml", "blocking: [surname, born]\ncomparisons: [forename, surname, born, town]\n")
    folder.match("train", "--model", "plain.yaml", "--input", "people.csv", "--output-model", "strata.yaml")

    folder.match("predict", *given[2:], "--model", "strata.yaml", "--output", "raw.csv", "--threshold", "0")

    printed = [
        folder.match("check", *given),
        folder.match("train", *given, "--output-model", "trained.yaml"),
        folder.match("predict", *given, "--output", "links.csv"),
        folder.match("run", *given, "--output-links", "links.csv", "--output-clusters", "clusters.csv"),
        folder.match("cluster", "--links", "links.csv", "--output", "clusters.csv", "--json"),
        folder.match("explain", *given, "p0", "p1"),
        folder.match("explain", "--json", "--model", "strata.yaml", "--input", "people.csv", "p0", "p1"),
        folder.match("evaluate", "--links", "links.csv", "--truth", "truth.csv", "--clusters", "clusters.csv", "--json"),
        folder.match("evaluate", "--links", "raw.csv", "--truth", "truth.csv", "--calibrate", "--json"),
    ]

    described = set(re.findall(r"`(\w+)`", TEXT.split("## What --json says")[1]))
    for answer in printed:
        assert keys(json.loads(answer.stdout)) <= described
