"""What each command gives out, and that it is the same however it is asked for."""

import json

import pytest

from conftest import people

PREDICT = ["predict", "--model", "model.yaml", "--input", "people.csv"]
RUN = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "links.csv", "--output-clusters", "clusters.csv"]


def test_help_names_every_command(folder):
    words = folder.match("--help").stdout
    for command in ["check", "train", "predict", "cluster", "run", "join", "explain", "evaluate"]:
        assert command in words
        assert "--json" in folder.match(command, "--help").stdout


def test_run_links_and_clusters_people(crowd):
    summary = json.loads(crowd.match(*RUN, "--json").stdout)

    links, clusters = crowd.rows("links.csv"), crowd.rows("clusters.csv")
    assert list(links[0]) == ["unique_id_l", "unique_id_r", "match_weight", "match_probability"]
    assert [row["unique_id"] for row in clusters] == [row["unique_id"] for row in crowd.rows("people.csv")]
    assert summary["records"] == len(clusters)
    assert summary["links"] == len(links) > 100
    assert summary["sources"] == {"people": len(clusters)}
    sizes = {}
    for row in clusters:
        sizes[row["cluster"]] = sizes.get(row["cluster"], 0) + 1
    assert summary["clusters"]["count"] == len(sizes)
    assert summary["clusters"]["withSeveralRecords"] == sum(size > 1 for size in sizes.values())
    assert summary["clusters"]["largest"] == max(sizes.values())


def test_a_link_has_the_probability_of_its_weight(crowd):
    crowd.match(*PREDICT, "--output", "links.csv", "--threshold", "0.2")

    for link in crowd.rows("links.csv"):
        weight, probability = float(link["match_weight"]), float(link["match_probability"])
        assert probability == pytest.approx(1 / (1 + 2**-weight))
        assert probability >= 0.2
        assert link["unique_id_l"] < link["unique_id_r"]


def test_the_same_run_twice_gives_the_same_bytes_on_any_number_of_cores(crowd):
    crowd.match(*RUN)
    first = crowd.contents()

    for cores in [1, 2, 5]:
        crowd.match(*RUN, "--cores", cores)
        assert crowd.contents() == first


@pytest.mark.parametrize("method", ["connected", "bridges", "best-link"])
def test_predict_and_cluster_are_run(crowd, method):
    crowd.model(more=f"clusters: {{method: {method}, threshold: 0.9}}")
    crowd.match(*RUN)

    crowd.match(*PREDICT, "--output", "other-links.csv")
    crowd.match(
        "cluster", "--links", "other-links.csv", "--input", "people.csv", "--output", "other.csv", "--method", method,
        "--threshold", "0.9")

    assert (crowd / "other-links.csv").read_bytes() == (crowd / "links.csv").read_bytes()
    assert (crowd / "other.csv").read_bytes() == (crowd / "clusters.csv").read_bytes()


def test_cluster_without_tables_writes_the_records_that_have_links(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    summary = json.loads(crowd.match("cluster", "--links", "links.csv", "--output", "clusters.csv", "--json").stdout)

    linked = {link[side] for link in crowd.rows("links.csv") for side in ["unique_id_l", "unique_id_r"]}
    clusters = crowd.rows("clusters.csv")
    assert {row["unique_id"] for row in clusters} == linked
    assert summary["records"] == len(linked)
    assert summary["clusters"] == len({row["cluster"] for row in clusters})


def test_no_links_are_no_clusters_of_several(crowd):
    crowd.match(*PREDICT, "--output", "links.csv", "--threshold", "1")
    assert crowd.rows("links.csv") == []

    crowd.match("cluster", "--links", "links.csv", "--input", "people.csv", "--output", "clusters.csv")
    clusters = crowd.rows("clusters.csv")
    assert len({row["cluster"] for row in clusters}) == len(clusters)
    figures = json.loads(crowd.match("evaluate", "--links", "links.csv", "--truth", "truth.csv", "--json").stdout)
    assert figures["links"] == 0 and "best" not in figures


def test_a_cluster_is_no_larger_than_asked(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    wide = ["cluster", "--links", "links.csv", "--output", "clusters.csv", "--threshold", "0.01", "--json"]

    assert json.loads(crowd.match(*wide).stdout)["largest"] > 3
    assert json.loads(crowd.match(*wide, "--most-records", "3").stdout)["largest"] == 3


def test_explain_adds_up_to_the_weight_that_predict_writes(crowd):
    crowd.model(more="calibration: {slope: 0.9, offset: -0.5}")
    crowd.match(*PREDICT, "--output", "links.csv")

    for link in crowd.rows("links.csv")[::40]:
        pair = [link["unique_id_l"], link["unique_id_r"]]
        found = json.loads(crowd.match("explain", "--json", "--model", "model.yaml", "--input", "people.csv", *pair).stdout)
        total = found["prior"] + sum(part["weight"] + part["frequencyWeight"] for part in found["parts"])
        assert total == pytest.approx(float(link["match_weight"]), abs=1e-9)
        assert found["matchWeight"] == pytest.approx(total)
        assert found["calibratedWeight"] == pytest.approx(0.9 * total - 0.5)
        assert found["matchProbability"] == pytest.approx(float(link["match_probability"]))
        assert [found["left"], found["right"]] == pair


def test_explain_takes_identifiers_before_and_after_options(crowd):
    start = ["explain", "--model", "model.yaml"]
    at_the_end = crowd.match(*start, "--input", "people.csv", "p0", "p1").stdout

    assert "match weight" in at_the_end and "match probability" in at_the_end
    assert crowd.match(*start, "p0", "p1", "--input", "people.csv").stdout == at_the_end
    assert crowd.match(*start, "--input", "people.csv", "--cores", 1, "p1", "p0").stdout == at_the_end


def test_evaluate_counts_as_one_counts_by_hand(folder):
    # Given three true pairs, of which two have a link, and one link that is wrong.
    folder.write("truth.csv", "unique_id,cluster\na,1\nb,1\nc,2\nd,2\ne,3\nf,3\n")
    folder.write(
        "links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\nc,d,0.6\na,c,0.6\na,z,0.99\na,b,0.2\n")

    ask = ["evaluate", "--links", "links.csv", "--truth", "truth.csv", "--thresholds", "0.5", "0.8", "--json"]
    figures = json.loads(folder.match(*ask).stdout)

    assert (figures["links"], figures["matchesAmongLinks"], figures["truePairs"]) == (3, 2, 3)
    assert (figures["linksNotJudged"], figures["repeatedLinks"]) == (1, 1)
    at_half, at_more = figures["thresholds"]
    assert [at_half[key] for key in ["threshold", "truePositives", "falsePositives", "falseNegatives"]] == [0.5, 2, 1, 1]
    assert [at_more[key] for key in ["threshold", "precision", "recall"]] == [0.8, 1, pytest.approx(1 / 3)]
    assert figures["brier"] == pytest.approx((0.1**2 + 0.4**2 + 0.6**2) / 3)


def test_pairs_are_a_truth_too_whether_or_not_both_files_name_sources(folder):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\nc,d,0.6\n")
    folder.write(
        "labels.csv",
        "unique_id_l,source_dataset_l,unique_id_r,source_dataset_r,clerical_match_score\na,x,b,x,1\nc,x,d,x,0\n")

    ask = ["evaluate", "--links", "links.csv", "--truth", "labels.csv", "--json"]
    figures = json.loads(folder.match(*ask).stdout)
    assert (figures["links"], figures["matchesAmongLinks"], figures["truePairs"]) == (2, 1, 1)


def test_labels_that_name_wrong_pairs_too_are_a_sample_and_others_are_not_judged(folder):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\nc,d,0.6\ne,f,0.8\n")
    ask = ["evaluate", "--links", "links.csv", "--truth", "labels.csv", "--json"]

    folder.write("labels.csv", "unique_id_l,unique_id_r\na,b\n")
    listed = json.loads(folder.match(*ask).stdout)
    folder.write("labels.csv", "unique_id_l,unique_id_r,clerical_match_score\nb,a,1\nc,d,0\n")
    sampled = json.loads(folder.match(*ask).stdout)

    assert (listed["links"], listed["linksNotJudged"], listed["matchesAmongLinks"]) == (3, 0, 1)
    assert (sampled["links"], sampled["linksNotJudged"], sampled["matchesAmongLinks"]) == (2, 1, 1)


def test_training_writes_a_model_that_predicts(crowd):
    trained = crowd.match("train", "--model", "model.yaml", "--input", "people.csv", "--output-model", "trained.yaml")
    crowd.match("train", "--model", "model.yaml", "--input", "people.csv", "--output-model", "again.yaml", "--cores", 1)

    assert "trained.yaml" in trained.stderr
    assert (crowd / "again.yaml").read_bytes() == (crowd / "trained.yaml").read_bytes()
    crowd.match("predict", "--model", "trained.yaml", "--input", "people.csv", "--output", "links.csv")
    assert len(crowd.rows("links.csv")) > 50


def test_run_trains_a_model_without_numbers_and_writes_it(crowd):
    crowd.write("plain.yaml", "blocking: [surname, born]\ncomparisons: [forename, born]\ntraining: {runs: [surname, born], pairs: 20000}\n")
    crowd.match(*[word.replace("model.yaml", "plain.yaml") for word in RUN], "--output-model", "trained.json")

    model = json.loads((crowd / "trained.json").read_text())
    assert any("m_probability" in level for one in model["comparisons"] for level in one["comparison_levels"])


def test_check_and_a_dry_run_say_the_plan_and_write_nothing(crowd):
    before = crowd.names()
    check = json.loads(crowd.match("check", "--model", "model.yaml", "--input", "people.csv", "--json").stdout)
    dry = json.loads(crowd.match(*RUN, "--dry-run", "--json").stdout)

    assert crowd.names() == before
    assert check.keys() == dry.keys()
    assert check["records"] == dry["records"] == len(crowd.rows("people.csv"))
    assert check["columns"] == dry["columns"]
    assert {column["name"] for column in check["columns"]} >= {"forename", "surname", "born", "town"}
    assert check["isTrained"] and len(check["rules"]) == 2
    assert "pairs would be compared" in crowd.match(*RUN, "--dry-run").stdout


def test_charts_open_by_themselves(crowd):
    given = ["--model", "model.yaml", "--input", "people.csv"]
    crowd.match(*PREDICT, "--output", "links.csv")
    crowd.match("check", *given, "--chart", "blocking.html")
    crowd.match("train", *given, "--output-model", "trained.yaml", "--chart", "weights.svg")
    crowd.match("explain", *given, "--chart", "waterfall.html", "p0", "p1")
    crowd.match("evaluate", "--links", "links.csv", "--truth", "truth.csv", "--chart", "reliability.html")
    crowd.match("cluster", "--links", "links.csv", "--output", "clusters.csv", "--chart", "sizes.svg")

    for name in ["blocking.html", "weights.svg", "waterfall.html", "reliability.html", "sizes.svg"]:
        text = (crowd / name).read_text()
        assert text.rstrip().endswith("</html>" if name.endswith("html") else "</svg>")
        assert "<script" not in text and "src=" not in text


def test_the_standard_input_and_output_are_files_too(crowd):
    crowd.match(*PREDICT, "--output", "links.csv")
    through = ["predict", "--model", "model.yaml", "--input", "-", "--output", "-"]

    assert crowd.match(*through, stdin=(crowd / "people.csv").read_bytes()).stdout == (crowd / "links.csv").read_text()
    assert crowd.match(
        "cluster", "--links", "-", "--output", "-", stdin=(crowd / "links.csv").read_bytes()
    ).stdout.startswith("unique_id,cluster\n")


def test_two_tables_are_linked_by_their_names(folder):
    rows = people(200)
    firsts = {row["cluster"]: row["unique_id"] for row in reversed(rows)}
    folder.table("one.csv", [row for row in rows if firsts[row["cluster"]] == row["unique_id"]])
    folder.table("other.csv", [row for row in rows if firsts[row["cluster"]] != row["unique_id"]])
    folder.table("truth.csv", rows, ["unique_id", "cluster"])
    folder.model(links="link", more="clusters: {method: one-to-one, threshold: 0.5}")
    tables = ["--input", "tax=one.csv", "benefits=other.csv"]

    run = ["run", "--model", "model.yaml", *tables, "--output-links", "links.csv", "--output-clusters", "clusters.csv"]
    summary = json.loads(folder.match(*run, "--json").stdout)
    assert set(summary["sources"]) == {"tax", "benefits"}
    for link in folder.rows("links.csv"):
        assert {link["source_dataset_l"], link["source_dataset_r"]} == {"tax", "benefits"}
    seen = [(row["cluster"], row["source_dataset"]) for row in folder.rows("clusters.csv")]
    assert len(seen) == len(set(seen)), "one-to-one has at most one record of each table in a cluster"

    cluster = ["cluster", "--links", "links.csv", "--method", "one-to-one", "--threshold", "0.5"]
    folder.match(*cluster, *tables, "--output", "other-clusters.csv")
    assert (folder / "other-clusters.csv").read_bytes() == (folder / "clusters.csv").read_bytes()

    figures = json.loads(folder.match("evaluate", "--links", "links.csv", "--truth", "truth.csv", "--json").stdout)
    assert figures["matchesAmongLinks"] > 30
    one, other = folder.rows("one.csv")[0]["unique_id"], folder.rows("other.csv")[0]["unique_id"]
    explain = ["explain", "--json", "--model", "model.yaml", *tables]
    assert folder.match(*explain, f"tax:{one}", f"benefits:{other}").stdout == folder.match(*explain, one, other).stdout
    assert "benefits" in folder.refused("explain", "--model", "model.yaml", *tables, "tax:nobody", other)


def test_summaries_go_to_the_standard_error_and_json_to_the_standard_output(crowd):
    plain = crowd.match(*RUN)
    assert plain.stdout == "" and "Clusters: clusters.csv" in plain.stderr
    asked = crowd.match(*RUN, "--json")
    assert asked.stderr == "" and json.loads(asked.stdout)["linksFile"] == "links.csv"


def test_check_counts_the_pairs_that_predict_compares(crowd):
    plan = json.loads(crowd.match("check", "--model", "model.yaml", "--input", "people.csv", "--json").stdout)
    done = json.loads(crowd.match(*PREDICT, "--output", "links.csv", "--json").stdout)

    assert plan["pairs"] == done["pairsCompared"] == sum(rule["newPairs"] for rule in plan["rules"])
    by_surname = [row["surname"] for row in crowd.rows("people.csv")]
    sizes = {name: by_surname.count(name) for name in set(by_surname)}
    assert plan["rules"][0]["pairs"] == sum(size * (size - 1) // 2 for size in sizes.values())
    largest = plan["rules"][0]["largestBlock"]
    assert largest == max(sizes.values()) and sizes[plan["rules"][0]["largestBlockKey"][0]] == largest


def test_evaluate_measures_clusters_too(folder):
    # Given one cluster that is right, one that mixes two people, and a person torn apart by it.
    folder.write("truth.csv", "unique_id,cluster\na,1\nb,1\nc,2\nd,2\ne,3\n")
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.99\nd,e,0.99\n")
    folder.match("cluster", "--links", "links.csv", "--output", "clusters.csv")

    ask = ["evaluate", "--links", "links.csv", "--truth", "truth.csv", "--clusters", "clusters.csv"]
    figures = json.loads(folder.match(*ask, "--json").stdout)["clusters"]

    assert [figures[key] for key in ["records", "found", "inTruth", "exact", "mixed", "split"]] == [5, 3, 3, 1, 1, 1]
    assert [figures[key] for key in ["pairPrecision", "pairRecall"]] == [0.5, 0.5]
    assert figures["bCubedPrecision"] == pytest.approx((1 + 1 + 1 + 0.5 + 0.5) / 5)
    assert figures["bCubedRecall"] == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert "B-cubed" in folder.match(*ask).stdout


def test_few_records_are_compared_also_where_no_rule_brings_them(folder):
    # A model without a training plan learns from the pairs of its rules, and keeps what it learned for the others.
    rows = people(120)
    folder.table("people.csv", rows)
    folder.write("plain.yaml", "blocking: [surname, born]\ncomparisons: [forename, surname, born, town]\n")
    run = [word.replace("model.yaml", "plain.yaml") for word in RUN]

    summary = json.loads(folder.match(*run, "--output-model", "trained.yaml", "--json").stdout)
    predict = [word.replace("model.yaml", "trained.yaml") for word in PREDICT]
    again = json.loads(folder.match(*predict, "--output", "again.csv", "--json").stdout)

    assert summary["pairsCompared"] == again["pairsCompared"] == len(rows) * (len(rows) - 1) // 2
    assert (folder / "again.csv").read_bytes() == (folder / "links.csv").read_bytes()
    plan = json.loads(
        folder.match("check", "--model", "trained.yaml", "--input", "people.csv", "--json").stdout)
    assert plan["pairs"] + plan["otherPairs"] == again["pairsCompared"]
    folder.write("off.yaml", (folder / "plain.yaml").read_text() + "training: {rest: false}\n")
    off = [word.replace("model.yaml", "off.yaml") for word in RUN]
    assert json.loads(folder.match(*off, "--json").stdout)["pairsCompared"] < summary["pairsCompared"]

    link = folder.rows("again.csv")[0]
    pair = [link["unique_id_l"], link["unique_id_r"]]
    found = json.loads(
        folder.match("explain", "--json", "--model", "trained.yaml", "--input", "people.csv", *pair).stdout)
    assert found["found"].startswith("found by ")
    assert found["prior"] + sum(part["weight"] + part["frequencyWeight"] for part in found["parts"]) == pytest.approx(
        float(link["match_weight"]), abs=1e-6)


def test_a_calibration_fitted_to_labels_makes_links_right(crowd):
    crowd.match(*PREDICT, "--output", "links.csv", "--threshold", "0")
    ask = ["evaluate", "--links", "links.csv", "--truth", "truth.csv", "--json"]
    before = json.loads(crowd.match(*ask, "--calibrate").stdout)
    fit = before["calibration"]
    crowd.model(more=f"calibration: {{slope: {fit['slope']}, offset: {fit['offset']}}}")

    crowd.match(*PREDICT, "--output", "links.csv", "--threshold", "0")
    after = json.loads(crowd.match(*ask).stdout)

    assert fit["brierBefore"] == pytest.approx(before["brier"])
    assert after["brier"] == pytest.approx(fit["brierAfter"], abs=1e-9)
    assert after["brier"] < before["brier"]
    assert "calibrated model" in crowd.refused(*ask, "--calibrate")
