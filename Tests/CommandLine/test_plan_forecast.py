"""`touchdown plan forecast` says what will come, how far off it has been, and what is wrong with a history."""

import json
import math
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

LONDON = ZoneInfo("Europe/London")


def expected(local: datetime, size: float = 60) -> float:
    """Open from 8 to 18 on weekdays, by the clock on the wall."""
    if local.weekday() > 4 or not 8 <= local.hour < 18:
        return 0.0
    return size * [1.3, 1.1, 1, 0.95, 0.9][local.weekday()] * (0.4 + 0.6 * math.sin((local.hour + local.minute / 60 - 8) / 10 * math.pi))


def moments(first: str, days: int, minutes: int = 30):
    now = datetime.fromisoformat(first).replace(tzinfo=LONDON).astimezone(timezone.utc)
    end = (datetime.fromisoformat(first) + timedelta(days=days)).replace(tzinfo=LONDON).astimezone(timezone.utc)
    while now < end:
        yield now
        now += timedelta(minutes=minutes)


def history(folder, name="h.csv", first="2026-06-01", days=84, seed=None, handling=None, local=False, minutes=30, factor=None):
    chance = random.Random(seed)
    lines = ["start,count,handled_seconds" if handling else "start,count"]
    for moment in moments(first, days, minutes):
        wall = moment.astimezone(LONDON)
        mean = expected(wall) * (factor or {}).get(wall.date().isoformat(), 1)
        count = mean if seed is None else max(0, round(chance.gauss(mean, math.sqrt(mean))))
        start = wall.strftime("%Y-%m-%d %H:%M") if local else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        lines.append(f"{start},{count}" + (f",{count * handling}" if handling else ""))
    return folder.write(name, "\n".join(lines) + "\n")


def forecast(folder, *words) -> dict:
    return json.loads(folder.plan("forecast", "--history", "h.csv", *words, "--json").stdout)


def error(answer: dict) -> float:
    truth = [expected(datetime.fromisoformat(one["start"])) for one in answer["forecast"]]
    return sum(abs(one["expected"] - true) for one, true in zip(answer["forecast"], truth)) / sum(truth)


def test_a_forecast_with_its_bounds_and_errors(folder):
    history(folder, seed=1, handling=300)
    answer = forecast(folder, "--horizon", "14d")

    assert len(answer["forecast"]) == 14 * 48
    assert error(answer) < 0.1
    assert answer["forecast"][0]["start"] == "2026-08-24T00:00:00+01:00"
    busy = [one for one in answer["forecast"] if one["expected"] > 0]
    assert len(busy) == 10 * 20
    assert all(one["low"] <= one["expected"] <= one["high"] for one in busy)
    assert all(one["handlingSeconds"] == pytest.approx(300) for one in busy)

    bands = answer["backTest"]["horizons"]
    assert [(band["fromDay"], band["toDay"]) for band in bands] == [(1, 1), (2, 7), (8, 14)]
    for band in bands:
        assert 0.8 < band["coverage"] < 0.97
        used = {score["model"]: score for score in band["scores"]}[band["model"]]
        baseline = band["scores"][0]
        assert baseline["model"] == "seasonal moving average over 4 weeks"
        assert used["meanAbsoluteError"] <= baseline["meanAbsoluteError"]
        assert used["rootMeanSquareError"] <= 1.01 * baseline["rootMeanSquareError"]
    handling = answer["handlingBackTest"]["horizons"]
    assert answer["model"] and handling
    assert not any("coverage" in band for band in handling), "handling times have no bounds"


def test_the_same_as_a_table_and_for_reading(folder):
    history(folder, seed=2)
    answer = forecast(folder, "--horizon", "2d", "--output", "f.csv")
    rows = folder.rows("f.csv")
    assert [row["start"] for row in rows] == [one["start"] for one in answer["forecast"]]
    assert [float(row["high"]) for row in rows] == pytest.approx([one["high"] for one in answer["forecast"]])

    text = folder.plan("forecast", "--history", "h.csv", "--horizon", "2d").stdout
    assert "seasonal moving average over 4 weeks" in text and "2026-08-24" in text and "back-test" in text
    assert "only" not in text
    cut = folder.plan("forecast", "--history", "h.csv", "--horizon", "30h").stdout
    assert "from 00:00 to 06:00 only" in cut


@pytest.mark.parametrize("first", ["2026-02-02", "2026-08-31"])
@pytest.mark.parametrize("local", [True, False])
def test_changes_of_the_clock_in_the_history_and_ahead(folder, first, local):
    history(folder, first=first, days=70, local=local)
    assert error(forecast(folder, "--horizon", "14d")) < 1e-6
    history(folder, first=first, days=50, local=local)
    answer = forecast(folder, "--horizon", "14d")
    assert error(answer) < 1e-6
    # Fourteen days of the calendar, of which one has an hour less or more.
    assert len(answer["forecast"]) == 14 * 48 + (2 if first > "2026-06" else -2)


def test_special_days_are_not_learnt_from_and_forecast_by_their_kind(folder):
    history(folder, factor={"2026-07-14": 0.2, "2026-08-03": 3})
    folder.write("special.csv", "day,kind,factor\n2026-07-14,feast,\n2026-08-03,deadline,\n2026-08-25,feast,\n2026-08-27,,0.5\n")
    answer = forecast(folder, "--horizon", "7d", "--special", "special.csv")
    factors = {"2026-08-25": 0.2, "2026-08-27": 0.5}
    for one in answer["forecast"]:
        local = datetime.fromisoformat(one["start"])
        assert one["expected"] == pytest.approx(expected(local) * factors.get(one["start"][:10], 1), abs=1e-6)
    assert answer["specialDays"] == 4


def test_a_new_scheme_like_an_earlier_one(folder):
    history(folder, first="2020-04-20", days=28)
    ask = ["--horizon", "28d", "--launch", "2026-12-07", "--earlier-launch", "2020-04-20", "--population", "1000000"]
    answer = forecast(folder, *ask, "--contact-rate", "0.2..0.4")
    assert sum(one["expected"] for one in answer["forecast"]) == pytest.approx(300_000)
    assert answer["forecast"][0]["start"].startswith("2026-12-07T00:00:00")
    assert answer["notes"] and "backTest" not in answer

    twice = forecast(folder, *ask[:-1], "2000", "--earlier-population", "1000")
    first = sum(expected(moment.astimezone(LONDON)) for moment in moments("2020-04-20", 28))
    assert sum(one["expected"] for one in twice["forecast"]) == pytest.approx(2 * first)


@pytest.mark.parametrize(
    "contents, words",
    [
        (None, ["h.csv", "no such file"]),
        ("", ["h.csv", "empty"]),
        ("start,count\n", ["h.csv", "no rows"]),
        ("when,many\n1,2\n", ["h.csv", '"start"', "when, many"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:30,many\n", ["h.csv, line 3", "many"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:30,-1\n", ["h.csv, line 3", "negative"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:30,\n", ["h.csv, line 3", "missing"]),
        ("start,count\n2026-06-01 00:00,5\nsoon,5\n", ["h.csv, line 3", "soon"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-31 00:00,5\n", ["h.csv, line 3", "2026-06-31"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 25:00,5\n", ["h.csv, line 3", "25:00"]),
        ("start,count\n2026-03-29 00:30,5\n2026-03-29 01:30,5\n", ["h.csv, line 3", "never showed"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:00,5\n", ["h.csv, line 3", "2026-06-01 00:00", "line 2 already"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:30,5\n2026-06-01 01:00,5\n2026-06-01 01:15,5\n", ["h.csv, line 5"]),
        ("start,count\n2026-06-01 00:00," + "9" * 1000 + "x\n", ["h.csv, line 2", "no number"]),
        ("start,count\n2026-06-01 00:00,5\n2026-06-01 00:07,5\n2026-06-01 00:14,5\n", ["h.csv", "divide a day"]),
        ("start,count\n2026-06-01 00:00,5\n", ["h.csv", "history"]),
        ("start,count\n2026-06-01 00:00,5,7\n", ["h.csv, line 2", "3 values"]),
        ('start,count\n2026-06-01 00:00,"5\n', ["h.csv, line 2", "never closed"]),
        ("start,count\n2026-06-01 00:00,nan\n", ["h.csv, line 2", "nan"]),
        ("start,count\n2026-06-01 00:00,1e300\n", ["h.csv, line 2", "1e300", "too many"]),
        ("start,count,handled_seconds\n2026-06-01 00:00,5,-3\n", ["h.csv, line 2", "handled_seconds"]),
        ("start,count\n0001-06-01 00:00,5\n2026-06-01 00:00,5\n", ["h.csv, line 2"]),
    ],
)
def test_a_history_that_is_none(folder, contents, words):
    if contents is not None:
        folder.write("h.csv", contents)
    sentence = folder.plan_refused("forecast", "--history", "h.csv", "--horizon", "14d", "--output", "f.csv")
    for word in words:
        assert word in sentence


@pytest.mark.parametrize(
    "options, words",
    [
        (["--horizon", "two weeks"], ["--horizon"]),
        (["--horizon", "0d"], ["--horizon"]),
        (["--horizon", "-1d"], ["--horizon"]),
        (["--horizon", "1d", "--zone", "Mars/Olympus"], ["--zone", "Mars"]),
        (["--horizon", "1d", "--coverage", "1"], ["--coverage"]),
        (["--horizon", "1d", "--launch", "2026-12-07"], ["--earlier-launch", "--population"]),
        (["--horizon", "1d", "--population", "5"], ["--launch"]),
    ],
)
def test_options_without_sense(folder, options, words):
    history(folder, days=15)
    sentence = folder.plan_refused("forecast", "--history", "h.csv", *options, code=64)
    for word in words:
        assert word in sentence


def test_questions_that_the_history_does_not_answer(folder):
    history(folder, days=15)
    ask = ["forecast", "--history", "h.csv", "--horizon"]
    assert "730" in folder.plan_refused(*ask, "800d")
    assert "interval" in folder.plan_refused(*ask, "5m")
    scheme = ["--launch", "2026-12-07", "--population", "10", "--contact-rate", "0.1", "--earlier-launch"]
    assert "2031-01-01" in folder.plan_refused(*ask, "7d", *scheme, "2031-01-01")
    assert "h.csv" in folder.plan_refused(*ask, "7d", "--output", "h.csv")
    folder.write("special.csv", "day,factor\n2026-12-25,-1\n")
    assert "special.csv, line 2" in folder.plan_refused(*ask, "7d", "--special", "special.csv")
    folder.write("special.csv", "day\n2026-12-25\nChristmas\n")
    assert "special.csv, line 3" in folder.plan_refused(*ask, "7d", "--special", "special.csv")


def test_broken_histories_never_crash(folder):
    chance = random.Random(11)
    whole = (folder / history(folder, days=20)).read_bytes()[:3000]
    for _ in range(40):
        bytes_ = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
        folder.write("h.csv", bytes(bytes_))
        process = folder.start("forecast", "--history", "h.csv", "--horizon", "1d", "--json", step="plan")
        out, err = process.communicate(timeout=60)
        assert process.returncode in (0, 65), err.decode()
        assert out if process.returncode == 0 else err.decode().startswith("Error: ")
