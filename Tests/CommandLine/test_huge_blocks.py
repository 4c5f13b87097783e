"""A value that brings too many pairs together is refused, split by what else agrees, or skipped; and it is said."""

import json

import pytest

from conftest import people

PREDICT = ["predict", "--model", "model.yaml", "--input", "people.csv", "--output", "links.csv"]
LOW = ["--most-block-pairs", "2000"]


@pytest.fixture
def filled(folder):
    """Every third person has a filler for a surname."""
    rows = people(400)
    for row in rows:
        if row["cluster"] % 3 == 0:
            row["surname"] = "unknown"
    folder.table("people.csv", rows)
    folder.rows_of = {row["unique_id"]: row for row in rows}
    return folder


def pairs(folder, name):
    return {(row["unique_id_l"], row["unique_id_r"]) for row in folder.rows(name)}


def test_a_huge_block_is_refused_unless_something_else_is_said(filled):
    sentence = filled.refused(*PREDICT, *LOW)
    assert '"unknown"' in sentence and "split" in sentence
    assert "--huge-blocks" in filled.refused(*PREDICT, "--huge-blocks", "burn", code=64)
    check = ["check", "--model", "model.yaml", "--input", "people.csv"]
    assert "too large" in filled.match(*check, *LOW).stdout
    assert "too large" not in filled.match(*check).stdout


def test_split_blocks_bring_the_pairs_that_agree_in_one_thing_more(filled):
    filled.match(*PREDICT, "--threshold", "0")
    all_pairs = pairs(filled, "links.csv")
    summary = json.loads(filled.match(*PREDICT, *LOW, "--threshold", "0", "--huge-blocks", "split", "--json").stdout)
    found = filled.rows("links.csv")

    block = next(block for block in summary["splitBlocks"] if block["key"] == ["unknown"])
    assert summary["pairsCompared"] == len(found) == len(pairs(filled, "links.csv"))
    assert block["comparedPairs"] < 2000 < block["pairs"] and 'l."born" = r."born"' in block["also"]
    assert any('"unknown"' in note for note in summary["notes"])
    columns = [also.split(".")[-1].strip('"') for also in block["also"]]
    person = filled.rows_of
    kept = set()
    for left, right in all_pairs:
        one, other = person[left], person[right]
        if one["born"] == other["born"] or one["surname"] == other["surname"] != "unknown":
            kept.add((left, right))
        elif one["surname"] == other["surname"] and any(one[name] == other[name] != "" for name in columns):
            kept.add((left, right))
    assert pairs(filled, "links.csv") == kept


def test_skipped_blocks_are_left_to_the_other_rules(filled):
    filled.match(*PREDICT, *LOW, "--threshold", "0", "--huge-blocks", "skip")
    person = filled.rows_of
    for left, right in pairs(filled, "links.csv"):
        one, other = person[left], person[right]
        assert one["born"] == other["born"] or one["surname"] == other["surname"] != "unknown"


@pytest.mark.parametrize("way", ["split", "skip"])
def test_check_tells_what_predict_does_and_run_what_both_do(filled, way):
    ask = [*LOW, "--huge-blocks", way, "--json"]
    done = json.loads(filled.match(*PREDICT, *ask).stdout)
    plan = json.loads(filled.match("check", "--model", "model.yaml", "--input", "people.csv", *ask).stdout)
    run = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "l.csv", "--output-clusters", "c.csv"]
    both = json.loads(filled.match(*run, *ask).stdout)

    assert plan["pairs"] == done["pairsCompared"] == both["pairsCompared"]
    assert plan["splitBlocks"] == done["splitBlocks"] == both["splitBlocks"] != []
    words = filled.match("check", "--model", "model.yaml", "--input", "people.csv", *ask[:-1]).stdout
    assert '"unknown"' in words
    assert (filled / "l.csv").read_bytes() == (filled / "links.csv").read_bytes()


def test_training_splits_as_well(filled):
    filled.write("plain.yaml", "blocking: [surname, born]\ncomparisons: [forename, surname, born, town]\ntraining: {rest: false}\n")
    run = ["run", "--model", "plain.yaml", "--input", "people.csv", "--output-links", "l.csv", "--output-clusters", "c.csv"]
    assert '"unknown"' in filled.refused(*run, *LOW)
    summary = json.loads(filled.match(*run, *LOW, "--huge-blocks", "split", "--output-model", "m.yaml", "--json").stdout)
    again = filled.match("predict", "--model", "m.yaml", "--input", "people.csv", "--output", "l2.csv", *LOW, "--huge-blocks", "split",
                         "--cores", "1", "--json")

    assert summary["links"] > 20 and json.loads(again.stdout)["links"] == summary["links"]
    assert (filled / "l.csv").read_bytes() == (filled / "l2.csv").read_bytes()


def test_new_records_join_split_blocks_as_if_all_were_linked_at_once(filled):
    rows = list(filled.rows_of.values())
    filled.table("old.csv", rows[:480])
    filled.table("new.csv", rows[480:])
    ways = [*LOW, "--huge-blocks", "split"]
    filled.write("model.yaml", (filled / "model.yaml").read_text().replace(", frequencies: true", ""))
    for table, to in [("old.csv", "c1.csv"), ("people.csv", "whole.csv")]:
        filled.match("run", "--model", "model.yaml", "--input", table, "--output-links", "l.csv", "--output-clusters", to, *ways)
    filled.match("join", "--model", "model.yaml", "--input", "old.csv", "--new", "new.csv", "--clusters", "c1.csv", *ways,
                 "--output-clusters", "c2.csv", "--output-history", "h2.csv")

    def partition(name):
        clusters = {}
        for row in filled.rows(name):
            clusters.setdefault(row["cluster"], set()).add(row["unique_id"])
        return sorted(map(sorted, clusters.values()))

    assert partition("c2.csv") == partition("whole.csv")
