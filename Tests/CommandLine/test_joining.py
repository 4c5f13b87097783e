"""New, corrected and withdrawn records find their place in the clusters there are, as if all had been linked at once."""

import json
import os
import random
import signal

import pytest

from conftest import COLUMNS, people

# Frequencies are left out, so that a weight is a matter of the two records alone.
MODEL = """
links: {links}
prior: 0.002
blocking: [surname, born]
comparisons:
  - forename: {{compare: jaro-winkler, at: [0.9, 0.7], m: [0.75, 0.15, 0.05, 0.05], u: [0.06, 0.01, 0.03, 0.9]}}
  - surname: {{compare: exact, m: [0.85, 0.15], u: [0.06, 0.94]}}
  - born: {{compare: date, within: [1 month], format: "%Y-%m-%d", m: [0.8, 0.1, 0.04, 0.06], u: [0.003, 0.004, 0.003, 0.99]}}
  - town: {{compare: exact, m: [0.7, 0.3], u: [0.2, 0.8]}}
{more}
"""
OUT = ["--output-clusters", "c2.csv", "--output-history", "h2.csv"]
JOIN = ["join", "--model", "model.yaml", "--input", "old.csv", "--new", "new.csv", "--clusters", "c1.csv", "--when", "monday", *OUT]


def model(folder, links="dedupe", more=""):
    folder.write("model.yaml", MODEL.format(links=links, more=more))


def run(folder, *tables, to="c1.csv", links="l1.csv"):
    folder.match("run", "--model", "model.yaml", "--input", *tables, "--output-links", links, "--output-clusters", to)


def partition(folder, name):
    """The clusters as sets of records, whatever they are called."""
    clusters = {}
    for row in folder.rows(name):
        clusters.setdefault(row["cluster"], set()).add((row.get("source_dataset"), row["unique_id"]))
    return sorted(map(sorted, clusters.values()), key=str)


def names(folder, name):
    return {row["unique_id"]: row["cluster"] for row in folder.rows(name)}


def events(folder, name, *keys):
    return [tuple(row[key] for key in keys) for row in folder.rows(name)]


def changed(rows, chance):
    """The same people with another value here and there."""
    again = []
    for row in rows:
        key = chance.choice(["forename", "surname", "town"])
        again.append(row | {key: chance.choice(rows)[key]})
    return again


@pytest.fixture
def town(folder):
    """old.csv and its clusters, new.csv, and the two together as all.csv."""
    model(folder)
    rows = people(400, seed=3)
    random.Random(4).shuffle(rows)
    folder.table("old.csv", rows[:400])
    folder.table("new.csv", rows[400:])
    folder.table("all.csv", rows)
    run(folder, "old.csv")
    return folder


def test_joining_gives_the_clusters_of_linking_everything_at_once(town):
    run(town, "all.csv", to="whole.csv", links="wholelinks.csv")
    summary = json.loads(town.match(*JOIN, "--links", "l1.csv", "--output-links", "l2.csv", "--json").stdout)
    plain = town.contents()
    town.match(*JOIN)

    assert partition(town, "c2.csv") == partition(town, "whole.csv")
    assert town.contents()["c2.csv"] == plain["c2.csv"] and town.contents()["h2.csv"] == plain["h2.csv"]
    assert sorted(town.rows("l2.csv"), key=str) == sorted(town.rows("wholelinks.csv"), key=str)
    before, now = names(town, "c1.csv"), names(town, "c2.csv")
    merged = {other: cluster for what, cluster, other in events(town, "h2.csv", "what", "cluster", "other") if what == "merge"}
    for record, cluster in before.items():
        while cluster in merged:
            cluster = merged[cluster]
        assert now[record] == cluster
    assert summary["newRecords"] == summary["history"]["births"] + summary["history"]["growths"] == len(now) - len(before)
    assert summary["clusters"]["count"] == len(set(now.values()))
    assert summary["history"]["growths"] > 20 and summary["records"] == len(now)


@pytest.mark.parametrize("seed", range(6))
def test_a_week_of_deliveries_ends_where_linking_everything_ends(folder, seed):
    """New records, corrections and withdrawals, night after night, with and without links."""
    model(folder)
    chance = random.Random(seed)
    rows = people(250, seed=seed + 20)
    chance.shuffle(rows)
    current = {row["unique_id"]: row for row in rows[:150]}
    folder.table("old.csv", rows[:150])
    run(folder, "old.csv", to="c0.csv", links="l0.csv")
    tables, waiting = ["old.csv"], rows[150:]
    for night in range(1, 5):
        new, waiting = waiting[:25], waiting[25:]
        again = changed(chance.sample(list(current.values()), 12), chance)
        gone = chance.sample(sorted(set(current) - {row["unique_id"] for row in again}), 8)
        folder.table(f"d{night}.csv", again + new)
        folder.write(f"gone{night}.csv", "unique_id\n" + "".join(f"{name}\n" for name in gone))
        ask = ["join", "--model", "model.yaml", "--input", *tables, "--new", f"d{night}.csv", "--clusters", f"c{night - 1}.csv",
               "--withdraw", f"gone{night}.csv", "--when", f"night {night}",
               "--output-clusters", f"c{night}.csv", "--output-history", f"h{night}.csv"]
        if night > 1:
            ask += ["--history", f"h{night - 1}.csv"]
        folder.match(*ask)
        alone = folder.contents()
        folder.match(*ask, "--links", f"l{night - 1}.csv", "--output-links", f"l{night}.csv")
        assert folder.contents()[f"c{night}.csv"] == alone[f"c{night}.csv"]
        assert folder.contents()[f"h{night}.csv"] == alone[f"h{night}.csv"]

        tables.append(f"d{night}.csv")
        for row in again + new:
            current[row["unique_id"]] = row
        for name in gone:
            del current[name]
        folder.table("all.csv", list(current.values()))
        run(folder, "all.csv", to="whole.csv", links="whole-links.csv")
        assert partition(folder, f"c{night}.csv") == partition(folder, "whole.csv")
    # What every record's last line says is where it is.
    merged, homes = {}, names(folder, "c0.csv")
    for what, cluster, other, record in events(folder, "h4.csv", "what", "cluster", "other", "record"):
        if what == "merge":
            homes = {name: cluster if home == other else home for name, home in homes.items()}
        elif what == "erasure":
            del homes[record]
        elif what != "end":
            homes[record] = cluster
    assert homes == names(folder, "c4.csv")
    assert [row["number"] for row in folder.rows("h4.csv")] == [str(n + 1) for n in range(len(folder.rows("h4.csv")))]


@pytest.mark.parametrize("method", ["method: bridges", "method: best-link", "most-records: 2"])
def test_other_methods_need_the_links_and_give_the_same_as_linking_everything(town, method):
    model(town, more=f"clusters: {{{method}}}")
    run(town, "old.csv")
    run(town, "all.csv", to="whole.csv", links="whole-links.csv")
    assert "--links" in town.refused(*JOIN)

    town.match(*JOIN, "--links", "l1.csv", "--output-links", "l2.csv")
    assert partition(town, "c2.csv") == partition(town, "whole.csv")
    # And once more, with what was written.
    town.write("more.csv", "unique_id,forename,surname,born,town\nx1,amina,abel,1980-01-02,delft\n")
    again = ["join", "--model", "model.yaml", "--input", "all.csv", "--new", "more.csv", "--clusters", "c2.csv", "--history", "h2.csv",
             "--links", "l2.csv", "--output-clusters", "c3.csv", "--output-history", "h3.csv"]
    town.match(*again)
    assert names(town, "c3.csv").keys() == names(town, "c2.csv").keys() | {"x1"}


def test_one_to_one_between_two_tables(folder):
    model(folder, links="link", more="clusters: {method: one-to-one}")
    rows = people(300, seed=8)
    half = len(rows) // 2
    folder.table("tax.csv", rows[:half - 20])
    folder.table("aid.csv", rows[half:-20])
    folder.table("newtax.csv", rows[half - 20:half])
    folder.table("newaid.csv", rows[-20:])
    folder.table("alltax.csv", rows[:half])
    folder.table("allaid.csv", rows[half:])
    run(folder, "tax.csv", "aid.csv")
    run(folder, "tax=alltax.csv", "aid=allaid.csv", to="whole.csv", links="wl.csv")

    ask = ["join", "--model", "model.yaml", "--input", "tax.csv", "aid.csv", "--clusters", "c1.csv", "--links", "l1.csv", *OUT, "--new"]
    assert "--new tax=newtax.csv" in folder.refused(*ask, "newtax.csv")
    folder.match(*ask, "tax=newtax.csv", "aid=newaid.csv")

    assert partition(folder, "c2.csv") == partition(folder, "whole.csv")
    assert {row["source_dataset"] for row in folder.rows("h2.csv")} <= {"tax", "aid"}


def test_a_record_that_bridges_two_clusters_merges_them(folder):
    model(folder)
    head = "unique_id,forename,surname,born,town\n"
    folder.write("old.csv", head + "a,amina,okafor,1984-02-29,delft\nb,amina,keller,1990-01-01,delft\nc,bram,smith,1971-05-24,leeds\n")
    folder.write("new.csv", head + "d,amina,okafor,1990-01-01,delft\ne,zoe,jansen,2001-12-31,lyon\n")
    run(folder, "old.csv")
    folder.match(*JOIN, "--threshold", "0.05")

    assert names(folder, "c2.csv") == {"a": "1", "b": "1", "c": "3", "d": "1", "e": "4"}
    assert folder.rows("h2.csv")[0] == {"number": "1", "when": "monday", "what": "merge", "cluster": "1", "other": "2", "record": ""}
    assert events(folder, "h2.csv", "what", "cluster", "record")[1:] == [("growth", "1", "d"), ("birth", "4", "e")]


def test_the_same_delivery_twice_changes_nothing_more(town):
    town.match(*JOIN)
    again = ["--clusters", "c2.csv", "--history", "h2.csv", "--output-clusters", "c3.csv", "--output-history", "h3.csv"]
    ask = ["join", "--model", "model.yaml", "--new", "new.csv", *again, "--input", "old.csv"]
    # Whoever forgot to add the delivery to the old tables has it compared once more, with the same outcome.
    for tables in [["new.csv"], []]:
        summary = json.loads(town.match(*ask, *tables, "--json").stdout)
        assert summary["newRecords"] == 0 and summary["withdrawnRecords"] == 0
        assert (summary["pairsCompared"] == 0) == bool(tables)
        assert (town / "c3.csv").read_bytes() == (town / "c2.csv").read_bytes()
        assert (town / "h3.csv").read_bytes() == (town / "h2.csv").read_bytes()


def test_a_corrected_record_keeps_its_cluster_or_leaves_it(folder):
    model(folder)
    head = "unique_id,forename,surname,born,town\n"
    folder.write("old.csv", head + "a,amina,okafor,1984-02-29,delft\nb,amina,okafor,1984-02-29,delft\nc,bram,smith,1971-05-24,leeds\n"
                 "d,femi,ito,1999-09-09,lyon\n")
    run(folder, "old.csv")
    assert names(folder, "c1.csv") == {"a": "1", "b": "1", "c": "2", "d": "3"}
    # One is another person than was thought, one has moved, one came as it was.
    folder.write("new.csv", head + "b,bram,smith,1971-05-24,leeds\nc,bram,smith,1971-05-24,turin\nd,femi,ito,1999-09-09,lyon\n")
    summary = json.loads(folder.match(*JOIN, "--json").stdout)

    assert [summary[key] for key in ["newRecords", "correctedRecords", "unchangedRecords"]] == [0, 2, 1]
    assert names(folder, "c2.csv") == {"a": "1", "b": "2", "c": "2", "d": "3"}
    assert events(folder, "h2.csv", "what", "cluster", "other", "record") == [("split", "2", "1", "b")]


def test_withdrawn_records_leave_and_may_be_left_in_the_tables(folder):
    model(folder)
    head = "unique_id,forename,surname,born,town\n"
    # The one in the middle alone holds the two others together.
    folder.write("old.csv", head + "a,amina,okafor,1984-02-29,delft\nm,amina,okafor,1990-01-01,delft\nb,amina,keller,1990-01-01,delft\n"
                 "z,zoe,jansen,2001-12-31,lyon\n")
    folder.match("run", "--model", "model.yaml", "--input", "old.csv", "--threshold", "0.05", "--output-links", "l1.csv",
                 "--output-clusters", "c1.csv")
    assert names(folder, "c1.csv") == {"a": "1", "m": "1", "b": "1", "z": "2"}
    folder.write("gone.csv", "unique_id\nm\nz\n")
    leave = ["join", "--model", "model.yaml", "--input", "old.csv", "--threshold", "0.05", "--withdraw", "gone.csv", "--when", "now"]
    folder.match(*leave, "--clusters", "c1.csv", *OUT)

    assert names(folder, "c2.csv") == {"a": "1", "b": "3"}
    assert sorted(events(folder, "h2.csv", "what", "cluster", "record")) == [
        ("end", "2", ""), ("erasure", "1", "m"), ("erasure", "2", "z"), ("split", "3", "b")]
    # The same list once more: they left already, and the old table still has them.
    more = ["--clusters", "c2.csv", "--history", "h2.csv", "--output-clusters", "c3.csv", "--output-history", "h3.csv"]
    folder.match(*leave, *more)
    assert (folder / "c3.csv").read_bytes() == (folder / "c2.csv").read_bytes()
    assert (folder / "h3.csv").read_bytes() == (folder / "h2.csv").read_bytes()
    # Who comes back is new, under a new name.
    folder.write("new.csv", head + "z,zoe,jansen,2001-12-31,lyon\n")
    back = ["join", "--model", "model.yaml", "--input", "old.csv", "--threshold", "0.05", "--new", "new.csv", "--when", "later", *more]
    folder.match(*back)
    assert names(folder, "c3.csv") == {"a": "1", "b": "3", "z": "4"}


def test_a_dry_run_counts_and_writes_nothing(town):
    before = town.contents()
    plan = json.loads(town.match(*JOIN, "--dry-run", "--json").stdout)
    words = town.match(*JOIN, "--dry-run").stdout
    assert town.contents() == before
    done = json.loads(town.match(*JOIN, "--json").stdout)

    assert plan["pairsCompared"] == done["pairsCompared"] > 0
    assert plan["newRecords"] == done["newRecords"]
    assert "would be compared" in words and "clusters" not in plan


def test_any_number_of_cores_gives_the_same_bytes(town):
    town.match(*JOIN, "--output-links", "l2.csv")
    first = town.contents()
    for words in [["--cores", 1], ["--cores", 5], ["--memory", "4m"]]:
        town.match(*JOIN, "--output-links", "l2.csv", *words)
        assert {name: sorted(text.splitlines()) for name, text in town.contents().items()} == {
            name: sorted(text.splitlines()) for name, text in first.items()}


def test_the_day_stands_in_the_history_unless_something_else_is_said(town):
    ask = [word for word in JOIN if word not in ["--when", "monday"]]
    town.match(*ask)
    assert len({row["when"] for row in town.rows("h2.csv")}) == 1
    assert len(town.rows("h2.csv")[0]["when"]) == len("2026-01-31")


HEADER = "unique_id,forename,surname,born,town\n"
AMINA = ",amina,abel,1980-01-02,delft\n"


@pytest.mark.parametrize(
    "file, text, more, words",
    [
        ("new.csv", HEADER + "n1" + AMINA + "n2" + AMINA + "n1" + AMINA, [], ["new.csv, row 3", "n1", "new twice"]),
        ("new.csv", HEADER + AMINA, [], ["new.csv", "Record 1", "no identifier"]),
        ("new.csv", "unique_id,forename\nn1,amina\n", [], ["new.csv", "surname"]),
        ("old.csv", HEADER + "n1" + AMINA, [], ['"n1"', "in no cluster", "--new"]),
        ("c1.csv", "unique_id,cluster\nnobody,1\n", [], ["p", "in no cluster"]),
        ("c1.csv", "unique_id,cluster\np1,one\n", [], ["c1.csv, row 1", '"one"']),
        ("c1.csv", "unique_id,cluster\np1,1\np1,2\n", [], ["c1.csv, row 2", "p1", "already"]),
        ("c1.csv", "unique_id,group\np1,1\n", [], ["c1.csv", "cluster", "unique_id, group"]),
        ("c1.csv", "unique_id,cluster\np1,1\np2,3\n", [], ["no cluster 2", "--history"]),
        ("gone.csv", "unique_id\nnobody\n", ["--withdraw", "gone.csv"], ["gone.csv, row 1", '"nobody"', "in no cluster"]),
        ("gone.csv", "name\nnobody\n", ["--withdraw", "gone.csv"], ["gone.csv", "unique_id"]),
        ("h.csv", "number,when\n1,now\n", ["--history", "h.csv"], ["h.csv", "what"]),
        ("h.csv", "number,when,what,cluster,other,record\n1,now,birth,999999,,nobody\n", ["--history", "h.csv"],
         ["h.csv", "do not belong together", '"nobody"', "999999"]),
        ("h.csv", "number,when,what,cluster,other,record\n2,now,end,999999,,\n", ["--history", "h.csv"], ["must be 1"]),
        ("h.csv", "number,when,what,cluster,other,record\n1,now,party,999999,,\n", ["--history", "h.csv"], ["'party'"]),
        ("l.csv", "unique_id_l,unique_id_r,match_probability\nx,y,0.99\n", ["--links", "l.csv"], ["l.csv", '"x"', "in no cluster"]),
        ("l.csv", "unique_id_l,unique_id_r,match_probability\n", ["--links", "l.csv"], ["l.csv", "does not give the clusters", "apart"]),
        ("l1.csv", None, ["--links", "l1.csv", "--threshold", "1"], ["does not give the clusters", "1.0", "apart"]),
        ("plain.yaml", "blocking: [surname]\ncomparisons: [forename, surname]\n", ["--model", "plain.yaml"], ["no trained numbers"]),
        ("here", None, ["--output-history", "no/h.csv"], ["no folder"]),
        ("here", None, ["--output-history", "old.csv"], ["one of the inputs"]),
        ("here", None, ["--output-clusters", "new.csv"], ["one of the inputs"]),
        ("here", None, ["--output-clusters", "c1.csv"], ["one of the inputs"]),
    ],
)
def test_what_does_not_belong_together_is_refused_with_a_sentence(town, file, text, more, words):
    if text is not None:
        town.write(file, text)
    ask = [*JOIN]
    if more and more[0] in ask:
        place = ask.index(more[0])
        del ask[place:place + 2]
    sentence = town.refused(*ask, *more)
    for word in words:
        assert word in sentence


def test_whoever_is_withdrawn_cannot_come_at_the_same_time(town):
    town.write("gone.csv", "unique_id\n" + town.rows("old.csv")[0]["unique_id"] + "\n")
    town.table("new.csv", town.rows("old.csv")[:1])
    assert "to be withdrawn" in town.refused(*JOIN, "--withdraw", "gone.csv")


@pytest.mark.parametrize("words", [["--threshold", "2"], ["--when", ""], ["--output-history", "c2.csv"]])
def test_a_wrong_call_of_join_is_64(town, words):
    ask = [*JOIN]
    if words[0] in ask:
        place = ask.index(words[0])
        del ask[place:place + 2]
    assert town.refused(*ask, *words, code=64)
    assert "--new" in town.refused("join", "--model", "model.yaml", "--input", "old.csv", "--clusters", "c1.csv", *OUT, code=64)


def test_a_signal_leaves_nothing(town):
    os.mkfifo(town / "pipe")
    before = town.names()
    ask = [word.replace("new.csv", "pipe") for word in JOIN]
    process = town.start(*ask)
    pipe = os.open(town / "pipe", os.O_WRONLY)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=10)
    os.close(pipe)

    assert process.returncode == 130, error
    assert town.names() == before


def test_columns_are_those_of_the_tables(town):
    assert list(town.rows("old.csv")[0]) == COLUMNS
    town.match(*JOIN)
    assert list(town.rows("c2.csv")[0]) == ["unique_id", "cluster"]
    assert list(town.rows("h2.csv")[0]) == ["number", "when", "what", "cluster", "other", "record"]
