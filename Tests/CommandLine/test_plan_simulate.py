"""`touchdown plan simulate` and `plan cliff` live scenarios through, and say what is wrong with one."""

import json
import os
import signal

import pytest

CENTRE = """
name: Small
measure: {measure}
queues:
  - name: Taxes
    open: 00:00-12:00
    arrivals: {arrivals}
    handling: {{mean: 180s}}
    patience: {{mean: 5m}}
    target: 20s
teams:
  - {{name: Leeds, shifts: [{{from: 00:00, to: 12:00, advisers: {advisers}}}]}}
"""


def centre(folder, name="s.yaml", advisers="13", arrivals="{total: 2400}", measure="02:00-12:00", more=""):
    return folder.write(name, CENTRE.format(advisers=advisers, arrivals=arrivals, measure=measure) + more)


def simulate(folder, *words, scenario="s.yaml") -> dict:
    return json.loads(folder.plan("simulate", "--scenario", scenario, "--seed", "1", *words, "--json").stdout)


def test_figures_with_their_intervals(folder):
    centre(folder)
    answer = simulate(folder, "--replications", "20")

    level = answer["total"]["serviceLevel"]["offered"]
    # Erlang A: 10 erlangs, 13 advisers, patience of five minutes.
    assert level["low"] < 0.858178 < level["high"]
    assert answer["total"]["abandonment"]["value"] == pytest.approx(0.025, abs=0.01)
    assert answer["replications"] == 20 and answer["paidHours"] == 156
    intervals = answer["queues"][0]["intervals"]
    assert [one["start"] for one in intervals[:2]] == ["02:00", "02:15"] and len(intervals) == 40
    assert intervals[0]["figures"]["staff"]["value"] == pytest.approx(13)
    assert set(answer["total"]["serviceLevel"]) == {
        "offered", "answeredOnly", "excludingShortAbandons", "shortAbandonsAsSuccess"}


def test_the_same_seed_gives_the_same_on_any_number_of_cores(folder):
    centre(folder)
    one = simulate(folder, "--replications", "4", "--cores", "1")
    assert one == simulate(folder, "--replications", "4", "--cores", "3")


def test_a_single_day_has_no_interval(folder):
    centre(folder)
    answer = simulate(folder, "--replications", "1")["total"]
    assert answer["abandonment"]["value"] > 0 and answer["abandonment"]["low"] is None
    # Nobody was promised a callback, so nobody waited for one.
    assert answer["callbackDelaySeconds"] == {"value": None, "low": None, "high": None}


def test_two_plans_meet_the_same_customers(folder):
    centre(folder)
    centre(folder, "more.yaml", advisers="14")
    answer = simulate(folder, "--replications", "10", "--against", "more.yaml")

    gain = answer["difference"]["serviceLevel"]["offered"]
    assert 0 < gain["low"] < gain["value"] < gain["high"]
    assert answer["difference"]["offered"] == {"value": 0, "low": 0, "high": 0}
    assert answer["queues"][0]["name"] == "Taxes"

    shown = folder.plan("simulate", "--scenario", "s.yaml", "--against", "more.yaml", "--replications", "5").stdout
    assert "A: Small (s.yaml)" in shown and "B: Small (more.yaml)" in shown
    level = next(line for line in shown.splitlines() if line.startswith("in time, of offered"))
    assert level.count("%") == 2 and level.count("+") == 3 and "points" in level
    assert "-0.0" not in shown


def test_the_words_for_people(folder):
    centre(folder)
    shown = folder.plan("simulate", "--scenario", "s.yaml", "--replications", "3").stdout
    assert "Taxes, in time is within 20 s" in shown and "in time, of offered" in shown


@pytest.mark.parametrize("column", ["count", "expected"])
def test_arrivals_from_a_table(folder, column):
    rows = [f"2026-12-0{day}T{hour:02}:{minute:02}:00Z,{day}" for day in (7, 8) for hour in range(12) for minute in (0, 30)]
    folder.write("calls.csv", f"start,{column}\n" + "\n".join(rows) + "\n")
    centre(folder, arrivals="{file: calls.csv}", more="day: 2026-12-08\n")
    answer = simulate(folder, "--replications", "50")
    assert answer["total"]["offered"]["low"] < 20 * 8 < answer["total"]["offered"]["high"]

    # An hour that the clock passes twice is in the table twice.
    hours = [f"2026-10-25T{hour:02}:00:00+01:00,8" for hour in range(2)]
    hours += [f"2026-10-25T{hour:02}:00:00+00:00,8" for hour in range(1, 12)]
    folder.write("long.csv", f"start,{column}\n" + "\n".join(hours) + "\n")
    centre(folder, arrivals="{file: long.csv}", more="day: 2026-10-25\n")
    answer = simulate(folder, "--replications", "50")
    # From two o'clock on ten hours of eight.
    assert answer["total"]["offered"]["low"] < 10 * 8 < answer["total"]["offered"]["high"]

    centre(folder, arrivals="{file: calls.csv}")
    assert "holds 2 days" in folder.plan_refused("simulate", "--scenario", "s.yaml")


def test_a_table_is_read_by_the_clock_of_the_scenarios_zone(folder):
    # From midnight to noon by New York's clock is from 5 to 17 in London's winter.
    hours = [f"{hour:02}:{minute:02}" for hour in range(12) for minute in (0, 30)]
    folder.write("wall.csv", "start,count\n" + "".join(f"2026-12-08 {hour},10\n" for hour in hours))
    folder.write("ahead.csv", "start,count\n" + "".join(f"2026-12-08T{hour}:00-05:00,10\n" for hour in hours))
    for name in ["wall.csv", "ahead.csv"]:
        centre(folder, arrivals=f"{{file: {name}}}", more="day: 2026-12-08\nzone: America/New_York\n")
        offered = simulate(folder, "--replications", "50")["total"]["offered"]
        assert offered["low"] < 20 * 10 < offered["high"]
    # By London's clock, most of it comes after closing.
    centre(folder, arrivals="{file: ahead.csv}", more="day: 2026-12-08\n")
    folder.plan_refused("simulate", "--scenario", "s.yaml")
    centre(folder, more="zone: Mars/Olympus\n")
    assert "Mars/Olympus" in folder.plan_refused("simulate", "--scenario", "s.yaml")


def test_a_cliff_with_its_chart(folder):
    centre(folder)
    words = ["cliff", "--scenario", "s.yaml", "--from", "8", "--to", "16", "--step", "4", "--replications", "4"]
    for chart in ["c.svg", "c.html"]:
        points = json.loads(folder.plan(*words, "--chart", chart, "--json").stdout)["points"]
        assert [point["advisers"] for point in points] == [8, 12, 16]
        shares = [point["answeredInTime"]["value"] for point in points]
        assert shares == sorted(shares) and shares[0] < 0.5 < shares[2]
    shown = folder.plan(*words).stdout
    assert "the scenario has 13" in shown and "Taxes 20 s" in shown and "80 % are answered in time from about" in shown
    assert (folder / "c.svg").read_text().startswith("<?xml")
    assert "<table>" in (folder / "c.html").read_text()


@pytest.mark.parametrize("change, sentence", [
    ({"arrivals": "{total: -5}"}, "make no sense"),
    ({"advisers": "1000000"}, "1000000 advisers make no sense"),
    ({"advisers": "0"}, "Nobody is there to answer"),
    ({"arrivals": "{file: none.csv}"}, "none.csv"),
    ({"more": "teem: 1\n"}, "no key \"teem\""),
    ({"arrivals": "{per: 12h, counts: [2400], total: 50}"}, "counts and total both say who comes"),
    ({"arrivals": "{file: calls.csv, counts: [3], per: 1h}"}, "file and counts both say who comes"),
    ({"arrivals": "{counts: [3], per: 1h, shape: [1]}"}, "shape says nothing"),
    ({"more": "day: 2026-02-31\n", "arrivals": "{file: none.csv}"}, "\"2026-02-31\" is no day"),
    ({"measure": "02:00-26:00"}, "not within the day"),
])
def test_a_scenario_without_sense_is_refused(folder, change, sentence):
    centre(folder, **change)
    said = folder.plan_refused("simulate", "--scenario", "s.yaml")
    assert sentence in said
    assert "s.yaml" in said or "none.csv" in said


def test_a_file_that_is_not_there_is_named(folder):
    assert "nowhere.yaml" in folder.plan_refused("simulate", "--scenario", "nowhere.yaml")
    assert "This is a folder" in folder.plan_refused("simulate", "--scenario", ".")


def test_the_mark_that_some_editors_begin_with_is_no_matter(folder):
    centre(folder)
    (folder / "s.yaml").write_bytes(b"\xef\xbb\xbf" + (folder / "s.yaml").read_bytes())
    assert simulate(folder, "--replications", "1")["scenario"] == "Small"


@pytest.mark.parametrize("words, sentence", [
    (["--replications", "0"], "--replications"), (["--seed", "x"], "--seed"), (["--cores", "0"], "--cores"),
])
def test_wrong_calls_are_refused(folder, words, sentence):
    centre(folder)
    assert sentence in folder.plan("simulate", "--scenario", "s.yaml", *words, gives=64).stderr


@pytest.mark.parametrize("step", [
    ["simulate", "--scenario", "s.yaml"], ["cliff", "--scenario", "s.yaml", "--from", "8", "--to", "16", "--chart", "c.svg"],
])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_nothing(folder, number, step):
    os.mkfifo(folder / "pipe")
    centre(folder, arrivals="{file: pipe}")
    folder.write("c.svg", "old")
    before = folder.names()
    process = folder.start(*step, step="plan")
    # Whoever has opened the pipe listens for signals by now.
    pipe = os.open(folder / "pipe", os.O_WRONLY)
    process.send_signal(number)
    _, error = process.communicate(timeout=20)
    os.close(pipe)

    assert process.returncode == 130, error
    assert b"Stopped" in error
    assert folder.names() == before
    assert (folder / "c.svg").read_text() == "old"


NIGHT = """
name: Night
day: 2026-06-01
queues:
  - name: Night line
    open: "22:00-30:00"
    arrivals: {file: night.csv}
    handling: {mean: 3m}
    patience: {mean: 30m}
teams:
  - {name: Few, shifts: [{from: "22:00", to: "30:00", advisers: 5}]}
"""


def hours(folder, name, first, count, day=1):
    rows = [f"2026-06-{day + hour // 24:02d} {hour % 24:02d}:00,10" for hour in range(first, first + count)]
    return folder.write(name, "start,count\n" + "\n".join(rows) + "\n")


def test_a_night_line_has_the_next_mornings_arrivals(folder):
    hours(folder, "night.csv", 0, 48)
    folder.write("s.yaml", NIGHT)
    assert simulate(folder, "--replications", "20")["total"]["offered"]["value"] == pytest.approx(80, abs=8)


def test_a_row_that_stands_twice_is_no_second_load(folder):
    hours(folder, "night.csv", 22, 8)
    text = (folder / "night.csv").read_text()
    folder.write("night.csv", text + text.split("\n")[1] + "\n")
    folder.write("s.yaml", NIGHT)
    sentence = folder.plan_refused("simulate", "--scenario", "s.yaml")
    assert "night.csv, line 10: the interval 2026-06-01 22:00 stands in line 2 already" in sentence


def test_plans_that_cannot_be_compared_are_refused_or_said(folder):
    centre(folder, "a.yaml")
    centre(folder, "b.yaml", measure="04:00-12:00")
    sentence = folder.plan_refused("simulate", "--scenario", "a.yaml", "--against", "b.yaml")
    assert "measure other hours" in sentence
    folder.write("b.yaml", (folder / "a.yaml").read_text().replace("Taxes", "Duties"))
    answer = folder.plan("simulate", "--scenario", "a.yaml", "--against", "b.yaml", "--replications", "2").stdout
    assert "Only in A, so in nothing but all queues: Taxes." in answer


@pytest.mark.parametrize("old, new, said", [
    ("name: Small", 'name: "Small\\e[31m"', "A name is a text of one line."),
    ("patience: {mean: 5m}", "patience: {mean: 5m, measured: [[0, 0s], [1, 9m]]}", "mean says nothing beside measured"),
])
def test_scenarios_that_say_too_much(folder, old, new, said):
    centre(folder)
    folder.write("s.yaml", (folder / "s.yaml").read_text().replace(old, new))
    assert said in folder.plan_refused("simulate", "--scenario", "s.yaml")
