"""`touchdown plan staff` gives the trade's figures, and answers questions without sense with a sentence."""

import json
import random

import pytest

HOUR = ["staff", "--calls", "100", "--per", "30m", "--aht", "180s", "--within", "20s"]
SURGE = ["staff", "--calls", "2000", "--per", "1h", "--aht", "828s", "--within", "300s", "--patience", "57m"]


def plan(folder, *words) -> dict:
    return json.loads(folder.plan(*words, "--json").stdout)


def test_the_published_example(folder):
    answer = plan(folder, *HOUR, "--target", "0.8", "--shrinkage", "30%")

    assert answer["agents"] == 14
    assert answer["probabilityOfWait"] == pytest.approx(0.1741319336, abs=1e-9)
    assert answer["serviceLevel"]["offered"] == pytest.approx(0.8883500192, abs=1e-9)
    assert answer["averageSpeedOfAnswerSeconds"] == pytest.approx(7.8359370118, abs=1e-9)
    assert answer["occupancy"] == pytest.approx(0.7142857143, abs=1e-9)
    assert answer["abandonment"] == 0
    assert answer["rosteredAgents"] == 20
    assert answer["goalsMet"] is True
    assert set(answer["serviceLevel"].values()) == {answer["serviceLevel"]["offered"]}


def test_the_four_formulas_with_patience(folder):
    level = plan(folder, *HOUR, "--patience", "5m", "--agents", "9")["serviceLevel"]

    assert level["offered"] == pytest.approx(0.3662485521, abs=1e-9)
    assert level["excludingShortAbandons"] == pytest.approx(0.3831417069, abs=1e-9)
    assert level["shortAbandonsAsSuccess"] == pytest.approx(0.4103396925, abs=1e-9)
    assert level["answeredOnly"] == pytest.approx(0.4377099312, abs=1e-9)


def test_the_cliff_at_460_erlangs(folder):
    offered = {n: plan(folder, *SURGE, "--agents", n)["serviceLevel"]["offered"] for n in [400, 420, 440]}
    assert offered == pytest.approx({400: 0.0148712677, 420: 0.4130756307, 440: 0.9248185349}, abs=1e-9)


@pytest.mark.parametrize("formula", ["offered", "answeredOnly", "excludingShortAbandons", "shortAbandonsAsSuccess"])
def test_the_fewest_keep_the_target_by_the_formula_named(folder, formula):
    ask = [*SURGE, "--formula", formula]
    best = plan(folder, *ask, "--target", "0.8")
    assert best["serviceLevel"][formula] >= 0.8
    assert plan(folder, *ask, "--agents", best["agents"] - 1)["serviceLevel"][formula] < 0.8


def test_chats_at_once_repeats_and_other_goals(folder):
    chats = plan(folder, *HOUR, "--target", "0.8", "--concurrency", "3")
    assert chats["agents"] == 5 and chats["chatsAtOnce"] == 3
    slower = plan(folder, *HOUR, "--target", "0.8", "--concurrency", "3", "--slowdown", "0.4")
    assert 5 < slower["agents"] < 14

    once = plan(folder, *HOUR, "--patience", "60s", "--agents", "8")
    again = plan(folder, *HOUR, "--patience", "60s", "--agents", "8", "--retrying", "0.5")
    assert again["abandonment"] > once["abandonment"]
    assert again["attemptsPerCustomer"] > 1
    assert again["servedInTheEnd"] > 1 - again["abandonment"]

    busy = plan(folder, *HOUR, "--max-occupancy", "0.6", "--max-abandonment", "2%", "--max-asa", "5s", "--patience", "3m")
    assert busy["occupancy"] <= 0.6 and busy["abandonment"] <= 0.02 and busy["averageSpeedOfAnswerSeconds"] <= 5


def test_no_calls_need_nobody(folder):
    answer = plan(folder, "staff", "--calls", "0", "--per", "30m", "--aht", "180s", "--target", "0.8", "--within", "20s")
    assert answer["agents"] == 0 and answer["serviceLevel"]["offered"] == 1 and answer["occupancy"] == 0


def test_a_very_large_body_is_answered_and_a_slip_of_the_keyboard_refused(folder):
    ask = ["staff", "--per", "1h", "--aht", "1h", "--target", "0.8", "--within", "20s", "--calls"]
    assert plan(folder, *ask, "400000")["agents"] > 400_000
    assert "500000" in folder.plan_refused(*ask, "1e6")
    assert "500000" in folder.plan_refused(*HOUR, "--agents", "1000000", code=64)


def test_the_text_for_reading(folder):
    text = folder.plan(*SURGE, "--agents", "420").stdout
    for words in ["420", "460.00 erlangs, by Erlang A", "41.31 %", "within 5:00 min", "offered", "answeredOnly"]:
        assert words in text


@pytest.mark.parametrize("time", ["1800s", "30m", "30 min", "0.5h", "0h30m", "1 hour", "1h0m", "0.0208333333333333333d"])
def test_times_are_read_as_people_write_them(folder, time):
    ask = ["staff", "--calls", "100", "--per", time, "--aht", "3 min", "--within", "20 sec", "--agents", "14"]
    load = plan(folder, *ask)["loadErlangs"]
    assert load == pytest.approx(5 if time.startswith("1") and "h" in time else 10)


def changed(**options) -> list[str]:
    words = dict(calls="100", per="30m", aht="180s", target="0.8", within="20s") | options
    return ["staff", *(word for name, value in words.items() for word in [f"--{name.replace('_', '-')}", value])]


@pytest.mark.parametrize(
    "options, words",
    [
        (dict(calls="-5"), ["--calls", "negative"]),
        (dict(calls="many"), ["--calls", "many"]),
        (dict(calls="nan"), ["--calls", "nan"]),
        (dict(calls="inf"), ["--calls"]),
        (dict(aht="0s"), ["--aht", "0s"]),
        (dict(aht="-3m"), ["--aht"]),
        (dict(aht="180"), ["--aht", "unit"]),
        (dict(per="0m"), ["--per"]),
        (dict(per="1e400h"), ["--per"]),
        (dict(per="ten minutes"), ["--per", "unit"]),
        (dict(target="1"), ["--target", "under 1"]),
        (dict(target="0"), ["--target", "over 0"]),
        (dict(target="80"), ["--target", "80%"]),
        (dict(target="nan"), ["--target"]),
        (dict(within="soon"), ["--within", "soon"]),
        (dict(patience="0s"), ["--patience"]),
        (dict(agents="1000000"), ["--agents", "500000"]),
        (dict(agents="-1"), ["--agents"]),
        (dict(agents="2.5"), ["--agents"]),
        (dict(shrinkage="1"), ["--shrinkage"]),
        (dict(concurrency="0"), ["--concurrency"]),
        (dict(slowdown="2", concurrency="2"), ["--slowdown"]),
        (dict(retrying="0.5"), ["--retrying", "--patience"]),
        ({"max-abandonment": "0.01"}, ["--max-abandonment", "--patience"]),
        (dict(formula="best"), ["formula", "best"]),
    ],
)
def test_options_without_sense_are_named(folder, options, words):
    sentence = folder.plan_refused(*changed(**options), code=64)
    for word in words:
        assert word in sentence


def test_questions_without_an_answer(folder):
    assert "patience" in folder.plan_refused(*changed(agents="10"))
    assert "advisers" in folder.plan_refused(*changed(agents="0"))
    assert "erlangs" in folder.plan_refused(*changed(calls="1e15"))
    nothing = folder.plan_refused("staff", "--calls", "1", "--per", "30m", "--aht", "1m", "--within", "20s", code=64)
    assert "--target" in nothing and "--agents" in nothing


def test_any_words_are_answered_or_refused(folder):
    chance = random.Random(5)
    for _ in range(25):
        name = chance.choice(["calls", "per", "aht", "target", "within", "patience", "shrinkage", "retrying"])
        word = "".join(chance.choice("0123456789.-+e%hmsd :ñ∞") for _ in range(chance.randint(0, 8)))
        process = folder.start(*changed(**{"patience": "5m", name: word}), step="plan")
        out, error = process.communicate(timeout=60)
        assert process.returncode in (0, 64, 65), (name, word, error.decode())
        assert out if process.returncode == 0 else error.decode().startswith("Error: ")


@pytest.mark.parametrize("words, said", [(["--slowdown", "0.4"], "--concurrency"), (["--calls", "0x10"], "--calls is a number")])
def test_what_would_be_read_otherwise_than_meant(folder, words, said):
    ask = ["staff", "--calls", "100", "--per", "30m", "--aht", "4m", "--within", "20s", "--target", "0.8"]
    assert said in folder.plan_refused(*ask, *words, code=64)


def test_a_day_of_over_ninety_per_cent_is_no_plan(folder):
    ask = ["staff", "--calls", "2000", "--per", "1h", "--aht", "828s", "--patience", "57m", "--within", "300s", "--target", "0.8"]
    assert "over 90 % for long" in folder.plan(*ask).stdout
    assert "for long" not in folder.plan(*ask, "--max-occupancy", "0.85").stdout


FORECAST = """start,expected,low,high,handling_seconds
2026-12-07T09:00:00+00:00,100,80,120,240
2026-12-07T09:30:00+00:00,200,170,230,240
2026-12-07T10:00:00+00:00,0,0,0,
2026-12-08T09:00:00+00:00,100,80,120,300
"""
KEEP = ["staff", "--forecast", "f.csv", "--within", "60s", "--target", "0.8", "--patience", "10m"]


def test_every_interval_of_a_forecast_is_staffed_as_it_would_be_alone(folder):
    folder.write("f.csv", FORECAST)
    course = plan(folder, *KEEP, "--shrinkage", "0.3", "--output", "s.csv")
    alone = [
        plan(folder, "staff", "--calls", calls, "--per", "30m", "--aht", f"{aht}s", *KEEP[3:], "--shrinkage", "0.3")
        for calls, aht in (("100", 240), ("200", 240), ("100", 300))]
    busy = [one for one in course["intervals"] if one["expected"]]
    assert [one["agents"] for one in course["intervals"]] == [alone[0]["agents"], alone[1]["agents"], 0, alone[2]["agents"]]
    for one, other in zip(busy, alone):
        assert one["serviceLevel"] == other["serviceLevel"]["offered"] and one["rosteredAgents"] == other["rosteredAgents"]
        assert one["handlingSeconds"] == pytest.approx(240 if one is not busy[2] else 300)
    assert course["intervalSeconds"] == 1800 and course["mostAgents"] == alone[1]["agents"]
    assert course["agentHours"] == sum(one["agents"] for one in alone) / 2
    assert course["rosteredHours"] == sum(one["rosteredAgents"] for one in alone) / 2
    rows = folder.rows("s.csv")
    assert [row["agents"] for row in rows] == [str(one["agents"]) for one in course["intervals"]]
    assert rows[2]["service_level"] == "" and rows[1]["start"] == "2026-12-07T09:30:00+00:00"

    said = folder.plan(*KEEP).stdout
    assert "2026-12-07" in said and "hours at the queue in all" in said


@pytest.mark.parametrize("table, words, code, said", [
    (FORECAST, ["--calls", "5"], 64, "leave out --calls"),
    (FORECAST, ["--zone", "Mars"], 64, "--zone is the name"),
    (FORECAST.replace(",240\n", ",\n"), [], 65, "Say how long, with --aht"),
    (FORECAST.replace(",100,", ",-1,", 1), [], 65, "f.csv, line 2: the expected"),
    (FORECAST + FORECAST.split("\n")[1] + "\n", [], 65, "line 6: the interval 2026-12-07T09:00:00+00:00 stands in line 2 already"),
    ("start,expected\n2026-12-07T09:00:00Z,3\n", ["--aht", "4m"], 65, "At least two are needed"),
    ("when,expected\n2026-12-07T09:00:00Z,3\n", [], 65, "start"),
])
def test_a_forecast_that_cannot_be_staffed(folder, table, words, code, said):
    folder.write("f.csv", table)
    assert said in folder.plan_refused(*KEEP, *words, code=code)


def test_a_forecast_without_handling_times_takes_one_for_all(folder):
    folder.write("f.csv", "start,count\n2026-12-07 09:00,100\n2026-12-07 09:30,100\n")
    assert plan(folder, *KEEP, "--aht", "4m")["intervals"][0]["handlingSeconds"] == pytest.approx(240)


@pytest.mark.parametrize("starts, said", [
    (["09:00", "10:00", "11:00", "11:05"], "f.csv: 2026-12-07 11:05 is off the beat of 60 minutes"),
    (["09:00", "10:00", "11:00", "11:30"], "off the beat of 60 minutes"),
])
def test_intervals_of_several_lengths_are_refused(folder, starts, said):
    folder.write("f.csv", "start,count\n" + "".join(f"2026-12-07 {start},200\n" for start in starts))
    assert said in folder.plan_refused(*KEEP, "--aht", "4m")


def test_days_are_as_long_as_the_others_when_the_clocks_change(folder):
    folder.write("f.csv", "start,count\n" + "".join(f"2026-03-{day},2400\n" for day in (27, 28, 29, 30)))
    course = plan(folder, *KEEP, "--aht", "4m")
    assert course["intervalSeconds"] == 86_400 and course["formula"] == "offered" and course["withinSeconds"] == 60
    assert len({one["agents"] for one in course["intervals"]}) == 1


def test_a_hexadecimal_number_is_a_slip(folder):
    folder.write("f.csv", FORECAST.replace(",100,", ",0x10,", 1))
    assert 'the expected "0x10" is no number' in folder.plan_refused(*KEEP)
