"""Little memory changes neither links nor clusters, leaves nothing behind, and says what it lacks."""

import os

import pytest

from conftest import people

RUN = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "links.csv", "--output-clusters", "clusters.csv"]


@pytest.fixture
def town(folder):
    """More people than a megabyte holds, under many surnames so that they are soon compared."""
    rows = people(12_000)
    for row in rows:
        row["surname"] += str(row["cluster"] % 300)
    folder.table("people.csv", rows)
    return folder


def test_columns_in_files_give_the_same_links_and_clusters(town):
    folder = town
    folder.match(*RUN)
    links, clusters = sorted(folder.rows("links.csv"), key=str), folder.rows("clusters.csv")
    (folder / "work").mkdir()

    folder.match(*RUN, "--memory", "1m", "--work-folder", "work")

    assert sorted(folder.rows("links.csv"), key=str) == links
    assert folder.rows("clusters.csv") == clusters
    assert list((folder / "work").iterdir()) == []


def test_the_usual_folder_is_needed_only_for_columns_that_outgrow_memory(town):
    elsewhere = os.environ | {"TMPDIR": "/nowhere/at/all"}
    for memory, gives in [("100m", 0), ("1m", 65)]:
        process = town.start(*RUN, "--memory", memory, env=elsewhere)
        assert process.communicate(timeout=60)[1].count(b'"/nowhere/at/all"') == (gives == 65)
        assert process.returncode == gives


@pytest.mark.parametrize("place, reason", [("nowhere", "No such file or directory"), ("people.csv", "Not a directory")])
def test_a_work_folder_that_is_none_is_refused_before_anything_is_read(crowd, place, reason):
    sentence = crowd.refused(*RUN, "--work-folder", place)

    assert f'"{place}" ({reason})' in sentence


@pytest.mark.parametrize("size", ["4", "0", "-1g", "much", "4x", "nan", "1e30g"])
def test_a_size_that_is_none(crowd, size):
    assert "--memory" in crowd.refused(*RUN, f"--memory={size}", code=64)


@pytest.mark.parametrize("size", ["600m", "4G", "1.5GiB", "2 gb", "1048576"])
def test_sizes_as_people_write_them(crowd, size):
    crowd.match(*RUN, "--memory", size)
