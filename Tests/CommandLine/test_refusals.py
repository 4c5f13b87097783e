"""Bad input gets a sentence that names the file, the place and what to do, exit code 65 or 64, and changes nothing."""

import subprocess

import pytest

from program import program

HEADER = "unique_id,forename,surname,born,town\n"
PREDICT = ["predict", "--model", "model.yaml", "--output", "links.csv", "--input"]
RUN = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "links.csv"]


@pytest.mark.parametrize(
    "contents, words",
    [
        pytest.param(None, ["people.csv", "no such file"], id="missing file"),
        pytest.param("", ["people.csv", "empty"], id="empty file"),
        pytest.param(HEADER, ["people.csv", "no rows"], id="no rows"),
        pytest.param("unique_id,forename,town\na,b,c\n", ["people.csv", '"surname"', "unique_id, forename, town"], id="missing column"),
        pytest.param("number,forename,surname,born,town\na,b,c,d,e\n", ["people.csv", '"unique_id"'], id="missing identifier"),
        pytest.param(HEADER + "a,b,c,,\nz,b,c,,\na,b,c,,\n", ["people.csv", "1 and 3", '"a"'], id="identifier twice"),
        pytest.param(HEADER + "a,b,c,,\n,b,c,,\n", ["people.csv", "Record 2", "no identifier"], id="empty identifier"),
        pytest.param(HEADER.encode() + b"a,Jos\xe9,c,,\n", ["people.csv, line 2", "UTF-8", "iconv"], id="Latin-1"),
        pytest.param(HEADER.encode("utf-16"), ["people.csv", "UTF-16"], id="UTF-16"),
        pytest.param(HEADER + "a,b,c\n", ["people.csv, line 2", "3 values", "5 columns"], id="ragged row"),
        pytest.param(HEADER + 'a,"b,c,,\n', ["people.csv, line 2", "never closed"], id="open quote"),
        pytest.param("unique_id,forename,surname,born,town,town\n", ["people.csv", '"town"'], id="column twice"),
        pytest.param(b"\x1f\x8b\x08\x00\x00", ["people.csv", "gzip"], id="gzip cut short"),
        pytest.param(b"PK\x03\x04abcdefghijklmnop", ["people.csv"], id="zip"),
    ],
)
def test_a_table_that_is_none(folder, contents, words):
    if contents is not None:
        folder.write("people.csv", contents)
    sentence = folder.refused(*PREDICT, "people.csv")
    for word in words:
        assert word in sentence


@pytest.mark.parametrize(
    "contents, words",
    [
        pytest.param(None, ["model.yaml", "cannot be read"], id="missing"),
        pytest.param("", ["model.yaml"], id="empty"),
        pytest.param("unique_id,town\n1,delft\n", ["model.yaml"], id="a table"),
        pytest.param("comparisons: [", ["model.yaml", "line"], id="broken YAML"),
        pytest.param('{"link_type": 3}', ["model.yaml", "link_type", "comparisons"], id="broken JSON model"),
        pytest.param("comparisons: [town]\nblokcing: [town]\n", ["model.yaml", "blokcing"], id="unknown key"),
        pytest.param("comparisons: [town]\nprior: 2\n", ["model.yaml", "prior"], id="prior 2"),
        pytest.param("comparisons: [town]\nprior: .nan\n", ["model.yaml", "prior"], id="prior nan"),
    ],
)
def test_a_model_that_is_none(crowd, contents, words):
    (crowd / "model.yaml").unlink()
    if contents is not None:
        crowd.write("model.yaml", contents)
    sentence = crowd.refused(*PREDICT, "people.csv")
    for word in words:
        assert word in sentence


def test_sources_that_do_not_fit_the_model(crowd):
    crowd.write("others.csv", HEADER + "x,y,z,,\n")
    both = ["people.csv", "others.csv"]
    assert "dedupe" in crowd.refused(*PREDICT, *both)

    crowd.model(links="link")
    assert "one was given" in crowd.refused(*PREDICT, "people.csv")

    crowd.model(links="link", more="sources: {tax: {}, benefits: {}}")
    sentence = crowd.refused(*PREDICT, "tax=people.csv", "others.csv")
    assert '"benefits"' in sentence and "--input benefits=" in sentence
    assert "first=" in crowd.refused(*PREDICT, "people.csv", "people.csv")


def test_outputs_that_cannot_be_are_found_before_anything_is_read(folder):
    # There is no table to read, so whoever speaks of the outputs has not tried.
    (folder / "sub").mkdir()
    ask = ["run", "--model", "model.yaml", "--input", "nothing.csv"]
    assert "no folder" in folder.refused(*ask, "--output-links", "no/links.csv", "--output-clusters", "c.csv")
    assert "no folder" in folder.refused(*ask, "--output-links", "l.csv", "--output-clusters", "no/c.csv")
    assert "no folder" in folder.refused(
        *ask, "--output-links", "l.csv", "--output-clusters", "c.csv", "--output-model", "no/m.yaml")
    assert "folder" in folder.refused(*ask, "--output-links", "sub", "--output-clusters", "c.csv")
    assert ".xlsx" in folder.refused(*ask, "--output-links", "l.xlsx", "--output-clusters", "c.csv")
    assert "no folder" in folder.refused(
        "train", "--model", "model.yaml", "--input", "nothing.csv", "--output-model", "no/m.yaml")


def test_an_input_is_never_replaced(crowd):
    crowd.match(*RUN, "--output-clusters", "clusters.csv")

    assert "one of the inputs" in crowd.refused(*RUN, "--output-clusters", "people.csv")
    assert "one of the inputs" in crowd.refused(*RUN, "--output-clusters", "./people.csv")
    assert "one of the inputs" in crowd.refused(*RUN, "--output-clusters", "c.csv", "--output-model", "model.yaml")
    assert "one of the inputs" in crowd.refused("cluster", "--links", "links.csv", "--output", "links.csv")
    assert "one of the inputs" in crowd.refused(
        "evaluate", "--links", "links.csv", "--truth", "truth.csv", "--chart", "truth.csv")
    assert "the same file" in crowd.refused(*RUN, "--output-clusters", "./links.csv")


@pytest.mark.parametrize(
    "words",
    [
        ["predict"],
        [*PREDICT, "people.csv", "--threshold", "2"],
        [*PREDICT, "people.csv", "--threshold", "nan"],
        [*PREDICT, "people.csv", "--threshold", "some"],
        [*PREDICT, "people.csv", "--cores", "0"],
        [*PREDICT, "people.csv", "--delimiter", "ab"],
        [*PREDICT, "people.csv", "--colour", "red"],
        [*RUN, "--output-clusters", "links.csv"],
        ["cluster", "--links", "links.csv", "--output", "c.csv", "--method", "magic"],
        ["cluster", "--links", "links.csv", "--output", "c.csv", "--most-records", "0"],
        ["cluster", "--links", "links.csv", "--output", "-", "--json"],
        ["evaluate", "--links", "links.csv", "--truth", "truth.csv", "--thresholds", "0.5", "1.5"],
        ["explain", "--model", "model.yaml", "--input", "people.csv"],
        ["explain", "--model", "model.yaml", "--input", "people.csv", "--cores", "1", "p0"],
        ["guess"],
    ],
    ids=lambda words: " ".join(words)[-40:],
)
def test_a_wrong_call_is_64(crowd, words):
    assert crowd.refused(*words, code=64)


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "--port", "99999"], ["demo", "--staff", "1"], ["demo", "--host", "192.0.2.1"],
        ["demo", "--data", "people.csv/no"], ["import", "staff", "nowhere.csv"], ["import", "staff"], ["password"],
        ["backup"], ["check", "--port", "x"], ["version", "--colour"],
        *(["match", step] for step in ["check", "train", "predict", "cluster", "run", "join", "explain", "evaluate"]),
        ["match", "join", "--model", "m", "--input", "i", "--clusters", "c", "--output-clusters", "d", "--output-history", "h"],
        ["match", "run", "--model", "m", "--input", "i", "--output-links", "l", "--output-clusters", "l"],
        *(["plan", step] for step in ["staff", "history", "forecast", "simulate", "cliff"]),
        ["plan", "history", "--output", "h.csv", "--from", "soon"],
        ["plan", "simulate", "--scenario", "s.yaml", "--seed", "x"],
        ["plan", "cliff", "--scenario", "s.yaml", "--from", "9", "--to", "8"],
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_wrong_call_shows_the_usage_of_what_was_called(crowd, words):
    said = crowd.refused(*words[1:], code=64, step=words[0])
    called = [word for word in words[:2] if word.isalpha()]
    assert f"Usage: touchdown {' '.join(called)}" in said
    assert f"See 'touchdown {' '.join(called)} --help'" in said


def test_records_that_are_not_there_or_are_one(crowd):
    ask = ["explain", "--model", "model.yaml", "--input", "people.csv"]
    assert '"nobody"' in crowd.refused(*ask, "p0", "nobody")
    assert "one and the same" in crowd.refused(*ask, "p0", "p0")


@pytest.mark.parametrize(
    "text, words",
    [
        ("a,b\n1,2\n", ["unique_id_l", "a, b"]),
        ("unique_id_l,unique_id_r\n1,2\n", ["match_probability", "unique_id_l, unique_id_r"]),
        ("unique_id_l,unique_id_r,match_probability\n1,2,1.5\n", ["row 1", "1.5"]),
        ("unique_id_l,unique_id_r,match_probability\n1,2,nan\n", ["row 1", "nan"]),
        ("unique_id_l,unique_id_r,match_probability\n1,2,0.5\n1,2,\n", ["row 2", "missing"]),
        ("unique_id_l,unique_id_r,match_weight\n1,,4\n", ["row 1", "identifier"]),
    ],
)
def test_links_that_are_none(folder, text, words):
    folder.write("links.csv", text)
    sentence = folder.refused("cluster", "--links", "links.csv", "--output", "clusters.csv")
    for word in ["links.csv", *words]:
        assert word in sentence


def test_one_to_one_needs_sources(folder):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\n1,2,0.5\n")
    ask = ["cluster", "--links", "links.csv", "--output", "clusters.csv"]
    assert "source_dataset_l" in folder.refused(*ask, "--method", "one-to-one")


def test_clusters_of_other_tables_than_those_linked(folder):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\n")
    folder.write("people.csv", "unique_id\na\nc\n")
    assert '"b"' in folder.refused("cluster", "--links", "links.csv", "--input", "people.csv", "--output", "c.csv")


@pytest.mark.parametrize(
    "text, words",
    [
        ("unique_id,cluster\nx,1\ny,1\n", ["knows none", '"a"']),
        ("unique_id_l,unique_id_r\nx,y\n", ["knows none"]),
        ("unique_id,group\na,1\n", ["unique_id, group"]),
        ("unique_id,cluster\na,1\na,2\n", ["row 2", "already"]),
        ("unique_id_l,unique_id_r,match\na,b,maybe\n", ["row 1", "maybe"]),
    ],
)
def test_a_truth_that_is_none(folder, text, words):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\n")
    folder.write("truth.csv", text)
    sentence = folder.refused("evaluate", "--links", "links.csv", "--truth", "truth.csv")
    for word in ["truth.csv", *words]:
        assert word in sentence


def test_namesakes_of_several_tables_need_a_truth_that_tells_them_apart(folder):
    folder.write(
        "links.csv",
        "unique_id_l,unique_id_r,match_probability,source_dataset_l,source_dataset_r\n1,1,0.9,tax,benefits\n")
    folder.write("truth.csv", "unique_id,cluster\n1,1\n2,1\n")
    assert "source_dataset" in folder.refused("evaluate", "--links", "links.csv", "--truth", "truth.csv")


def test_a_standard_output_that_is_full(crowd):
    for words in [[*PREDICT[:-3], "--input", "people.csv", "--output", "-"],
                  ["explain", "--model", "model.yaml", "--input", "people.csv", "p0", "p1"],
                  ["check", "--model", "model.yaml", "--input", "people.csv", "--json"]]:
        with open("/dev/full", "w") as full:
            answer = subprocess.run(
                [program().resolve(), "match", *words], cwd=crowd.path, stdout=full, stderr=subprocess.PIPE)
        assert answer.returncode == 65
        assert b"The disk is full" in answer.stderr


@pytest.mark.parametrize("full", ["links", "clusters"])
def test_a_full_disk_changes_nothing(crowd, full):
    # A disk of a few pages, in a namespace of its own that goes with the process.
    (crowd / "small").mkdir()
    (crowd / "large").mkdir()
    crowd.write("large/links.csv", "old links")
    crowd.write("large/clusters.csv", "old clusters")
    links, clusters = ("small", "large") if full == "links" else ("large", "small")
    script = f"""
        mount -t tmpfs -o size=4k touchdown-test small || exit 99
        "$0" match run --model model.yaml --input people.csv \
            --output-links {links}/links.csv --output-clusters {clusters}/clusters.csv
        code=$?
        ls -A small
        exit $code
    """
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, program().resolve()]
    answer = subprocess.run(command, cwd=crowd.path, capture_output=True, text=True)
    if answer.returncode in (1, 99):
        pytest.skip("a small disk cannot be mounted here")

    assert answer.returncode == 65
    assert f"small/{full}.csv" in answer.stderr and "The disk is full" in answer.stderr
    assert answer.stdout == ""
    assert (crowd / "large/links.csv").read_text() == "old links"
    assert (crowd / "large/clusters.csv").read_text() == "old clusters"
    assert {one.name for one in (crowd / "large").iterdir()} == {"links.csv", "clusters.csv"}


def test_a_value_that_too_many_records_share_is_refused_by_name(crowd):
    sentence = crowd.refused(*PREDICT, "people.csv", "--most-block-pairs", "50")
    assert "blocking rule 1" in sentence and "more than 50" in sentence


def test_clusters_are_measured_against_clusters(folder):
    folder.write("links.csv", "unique_id_l,unique_id_r,match_probability\na,b,0.9\n")
    folder.write("pairs.csv", "unique_id_l,unique_id_r\na,b\n")
    folder.write("truth.csv", "unique_id,cluster\na,1\nb,1\n")
    ask = ["evaluate", "--links", "links.csv"]
    assert "pairs.csv" in folder.refused(*ask, "--truth", "pairs.csv", "--clusters", "truth.csv")
    assert "pairs.csv" in folder.refused(*ask, "--truth", "truth.csv", "--clusters", "pairs.csv")
