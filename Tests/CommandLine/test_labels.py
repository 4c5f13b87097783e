"""Training by what is known to be true, and what looks wrong in a model."""

import json

import pytest

TRAIN = ["train", "--model", "model.yaml", "--input", "people.csv", "--output-model", "trained.json"]


def matches(rows):
    """The pairs of rows that are one person."""
    return [(one, other) for place, one in enumerate(rows) for other in rows[place + 1:] if one["cluster"] == other["cluster"]]


def m_of(folder, name):
    model = json.loads((folder / "trained.json").read_text())
    comparison = next(one for one in model["comparisons"] if one["output_column_name"] == name)
    return [level["m_probability"] for level in comparison["comparison_levels"] if not level.get("is_null_level")]


@pytest.fixture
def truth(crowd):
    clusters = {row["unique_id"]: row["cluster"] for row in crowd.rows("truth.csv")}
    return matches([row | dict(cluster=clusters[row["unique_id"]]) for row in crowd.rows("people.csv")])


def share_of_same_town(pairs):
    towns = [(one["town"], other["town"]) for one, other in pairs if one["town"] and other["town"]]
    return sum(one == other for one, other in towns) / len(towns)


def test_m_and_the_prior_are_those_of_the_clusters(crowd, truth):
    summary = json.loads(crowd.match(*TRAIN, "--truth", "truth.csv", "--json").stdout)

    assert m_of(crowd, "town")[0] == pytest.approx(share_of_same_town(truth))
    records = len(crowd.rows("people.csv"))
    assert summary["prior"] == pytest.approx(len(truth) / (records * (records - 1) / 2))


def test_m_is_that_of_the_labelled_pairs_and_few_labels_are_told(crowd, truth):
    lines = [f"{other['unique_id']},{one['unique_id']},1" for one, other in truth[:40]] + ["p0,p9,0.2", "p1,stranger,1"]
    crowd.write("labels.csv", "unique_id_l,unique_id_r,clerical_match_score\n" + "\n".join(lines) + "\n")

    told = crowd.match(*TRAIN, "--truth", "labels.csv").stderr

    assert m_of(crowd, "town")[0] == pytest.approx(share_of_same_town(truth[:40]))
    assert "born: too few labels for " in told


@pytest.mark.parametrize("text, words", [
    ("unique_id,cluster\nx,1\ny,1\n", "labels.csv knows none of the records"),
    ("unique_id_l,unique_id_r,match\np0,p1,0\n", "nothing to learn from"),
    ("unique_id_l,unique_id_r,match\np0,p1,2\n", "is no number from 0 to 1"),
    ("name\nx\n", "has neither the columns unique_id and cluster"),
])
def test_labels_that_say_nothing_are_refused(crowd, text, words):
    crowd.write("labels.csv", text)

    assert words in crowd.refused(*TRAIN, "--truth", "labels.csv")


def test_numbers_that_do_not_sum_to_one_are_told_and_impossible_ones_refused(crowd):
    model = (crowd / "model.yaml").read_text()
    crowd.write("model.yaml", model.replace("m: [0.7, 0.3]", "m: [0.7, 0.4]"))
    told = crowd.match("predict", "--model", "model.yaml", "--input", "people.csv", "--output", "links.csv").stderr
    assert 'model.yaml: comparisons[3] "town": its m sum to 1.1 where they should sum to 1' in told

    crowd.write("model.yaml", model.replace("m: [0.7, 0.3]", "m: [0.9, 0.8]"))
    sentence = crowd.refused("predict", "--model", "model.yaml", "--input", "people.csv", "--output", "links.csv")
    assert 'model.yaml: comparisons[3] "town": its m sum to 1.7' in sentence
