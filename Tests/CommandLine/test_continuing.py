"""A run that keeps what is done goes on where it was stopped, and ends with the same bytes as one in one go.

The links go to a pipe of which nobody reads all: that holds the program among its pairs, so nothing depends on timing.
"""

import os
import signal

import pytest

from conftest import people
from program import until

FILES = ["--output-links", "links.csv", "--output-clusters", "clusters.csv"]
WORK = ["--memory", "1m", "--work-folder", "work"]
RUN = ["run", "--model", "model.yaml", "--input", "people.csv", *WORK]
KEPT = "work/touchdown-run"


@pytest.fixture
def town(folder):
    """So many people that their links do not fit into a pipe; and what a run in one go makes of them."""
    rows = people(12_000)
    for row in rows:
        row["surname"] += str(row["cluster"] % 300)
    folder.table("people.csv", rows)
    (folder / "work").mkdir()
    folder.match(*RUN, *FILES)
    for name in ("links.csv", "clusters.csv"):
        (folder / name).rename(folder / f"straight-{name}")
    os.mkfifo(folder / "pipe")
    return folder


def held(folder, *more, command=RUN):
    """Begins a run that keeps what is done, and holds it once some of its links are kept."""
    process = folder.start(*command, "--continue", *more)
    pipe = os.open(folder / "pipe", os.O_RDONLY)
    os.read(pipe, 1)
    log = folder / KEPT / "links"
    until(lambda: log.exists() and log.stat().st_size > 1000, what="links that are kept")
    return process, pipe


def stopped(folder, number=signal.SIGKILL, **more):
    process, pipe = held(folder, "--output-links", "pipe", "--output-clusters", "clusters.csv", **more)
    process.send_signal(number)
    _, error = process.communicate(timeout=20)
    os.close(pipe)
    return process.returncode, error.decode()


def goes_on(folder):
    """Runs it to its end: the same files as in one go, and nothing is kept any more."""
    answer = folder.match(*RUN, "--continue", *FILES)
    for name in ("links.csv", "clusters.csv"):
        assert (folder / name).read_bytes() == (folder / f"straight-{name}").read_bytes()
    assert list((folder / "work").iterdir()) == []
    return answer.stderr


def test_after_a_kill_it_goes_on_to_the_same_bytes(town):
    stopped(town)
    assert "Going on with the run" in goes_on(town)


def test_after_control_c_it_goes_on_to_the_same_bytes(town):
    code, error = stopped(town, signal.SIGINT)

    assert code == 130
    assert "goes on from there" in error
    goes_on(town)


def test_without_a_stop_nothing_is_kept_either(town):
    assert "Going on" not in goes_on(town)


def test_predict_goes_on_too(town):
    predict = ["predict", "--model", "model.yaml", "--input", "people.csv", *WORK]
    process, pipe = held(town, "--output", "pipe", command=predict)
    process.kill()
    process.communicate(timeout=20)
    os.close(pipe)

    town.match(*predict, "--continue", "--output", "links.csv")

    assert (town / "links.csv").read_bytes() == (town / "straight-links.csv").read_bytes()
    assert list((town / "work").iterdir()) == []


@pytest.mark.parametrize("file", ["codes", "texts-0-bytes", "records", "links", "run"])
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_kept_file_that_is_not_whole_is_made_again(town, file, harm):
    stopped(town)
    place = town / KEPT / file
    content = bytearray(place.read_bytes())
    if harm == "cut":
        content = content[: len(content) * 2 // 3]
    else:
        content[len(content) // 2] ^= 4
    place.write_bytes(content)

    goes_on(town)


@pytest.mark.parametrize("file, words", [("people.csv", "the table people, people.csv, is not as it was"), ("model.yaml", "the model model.yaml is not as it was")])
def test_a_changed_input_is_refused(town, file, words):
    stopped(town)
    with open(town / file, "a") as changed:
        changed.write("x1,a,b,1980-01-02,c\n" if file == "people.csv" else "# other\n")

    assert words in town.refused(*RUN, "--continue", *FILES)


def test_two_at_a_time_are_refused(town):
    process, pipe = held(town, "--output-links", "pipe", "--output-clusters", "clusters.csv")

    assert "Another run" in town.refused(*RUN, "--continue", *FILES)

    process.kill()
    process.communicate(timeout=20)
    os.close(pipe)


def test_it_needs_a_work_folder(crowd):
    assert "--work-folder" in crowd.refused(*RUN[:5], "--continue", *FILES, code=64)


def test_an_input_that_can_be_read_once_only_is_refused(town):
    sentence = town.refused("run", "--model", "model.yaml", "--input", "people=pipe", *WORK, "--continue", *FILES)

    assert "can be read once only" in sentence
