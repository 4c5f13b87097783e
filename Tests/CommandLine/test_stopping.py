"""Control-C leaves nothing, kill -9 at most a hidden draft, and neither ever a wrong output.

A pipe that nobody fills, or nobody empties, holds the program at a known place, so nothing depends on timing.
"""

import os
import signal

import pytest

from program import until

EARLY = ["predict", "--model", "model.yaml", "--input", "people=pipe", "--output", "links.csv"]
# The clusters go to a pipe that nobody reads: by then all links are written, but not yet under their name.
LATE = ["run", "--model", "model.yaml", "--input", "people.csv", "--output-links", "links.csv", "--output-clusters", "pipe"]


@pytest.fixture
def piped(crowd):
    os.mkfifo(crowd / "pipe")
    crowd.write("links.csv", "old")
    return crowd


def draft_of_links(folder):
    """Whether links are written. Before it begins the program tries each output with an empty draft, which goes at once."""
    return any(draft.name.startswith(".links.csv") and size(draft) > 0 for draft in folder.path.iterdir())


def size(file):
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def held_early(folder):
    process = folder.start(*EARLY)
    pipe = os.open(folder / "pipe", os.O_WRONLY)
    os.write(pipe, b"unique_id,forename,surname,born,town\na,b,c,1980-01-02,d\n")
    return process, pipe


def held_late(folder):
    process = folder.start(*LATE)
    until(lambda: draft_of_links(folder), what="the draft of the links")
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_waiting_for_rows_ends_it_and_leaves_nothing(piped, number):
    before = piped.names()
    process, pipe = held_early(piped)
    # Whoever has opened the pipe listens for signals by now.
    process.send_signal(number)
    _, error = process.communicate(timeout=10)
    os.close(pipe)

    assert process.returncode == 130, error
    assert b"Stopped" in error
    assert piped.names() == before
    assert (piped / "links.csv").read_text() == "old"


def test_a_signal_while_writing_ends_it_and_leaves_nothing(piped):
    before = piped.names()
    process = held_late(piped)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=10)

    assert process.returncode == 130, error
    assert piped.names() == before
    assert (piped / "links.csv").read_text() == "old"


def test_a_kill_while_writing_leaves_a_hidden_draft_at_most(piped):
    before = piped.names()
    process = held_late(piped)
    process.kill()
    process.communicate(timeout=10)

    left = piped.names() - before
    assert len(left) <= 1 and all(name.startswith(".links.csv.") for name in left)
    assert (piped / "links.csv").read_text() == "old"


def test_what_was_killed_can_be_done_again(piped):
    process = held_late(piped)
    process.kill()
    process.communicate(timeout=10)

    (piped / "pipe").unlink()
    piped.match(*LATE)
    assert len(piped.rows("links.csv")) > 50


def test_a_reader_that_leaves_ends_it(crowd):
    process = crowd.start("predict", "--model", "model.yaml", "--input", "people.csv", "--output", "-")
    process.stdout.close()
    process.wait(timeout=20)
    assert process.returncode != 0
    assert b"Fatal" not in process.stderr.read()
    process.stderr.close()
