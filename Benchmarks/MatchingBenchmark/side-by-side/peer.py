"""The peer's side of bin/bench matching: one job of Splink on DuckDB, in a process of its own.

It gets the same files as we do, without the column of the truth, and writes the same: links, clusters, and what the job
took. The settings of a job are those that Splink's own documentation shows for that data.
"""

import argparse
import json
import logging
import os
import resource
import time

import duckdb
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.realtime import compare_records

FLOOR = 0.01
CLUSTERS_FROM = 0.95


class Job:
    """What is compared, which pairs, and how it is trained."""

    def __init__(self, comparisons, blocking, deterministic, recall, runs, pairs=1e6, link_type="dedupe_only", **more):
        self.settings = SettingsCreator(
            link_type=link_type, unique_id_column_name="unique_id", comparisons=comparisons,
            blocking_rules_to_generate_predictions=blocking, **more)
        self.deterministic, self.recall, self.runs, self.pairs = deterministic, recall, runs, pairs

    def train(self, linker):
        training = linker.training
        training.estimate_probability_two_random_records_match(self.deterministic, recall=self.recall)
        training.estimate_u_using_random_sampling(max_pairs=self.pairs, seed=1)
        for rule in self.runs:
            training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True)


def by_frequency(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def fake_1000():
    near = "levenshtein(l.dob, r.dob) <= 1"
    return Job(
        [
            library.ForenameSurnameComparison("first_name", "surname"),
            library.DateOfBirthComparison("dob", input_is_string=True),
            by_frequency(library.ExactMatch("city")),
            library.EmailComparison("email"),
        ],
        [block_on(column) for column in ("first_name", "surname", "dob", "email")],
        [
            f"l.first_name = r.first_name and {near}", f"l.surname = r.surname and {near}",
            "l.first_name = r.first_name and levenshtein(l.surname, r.surname) <= 2", "l.email = r.email",
        ],
        0.7, [block_on("dob"), block_on("email"), block_on("first_name", "surname")])


FEBRL_DATE = {"input_is_string": True, "datetime_format": "%Y%m%d"}
SWAPPED = "l.given_name = r.surname and l.surname = r.given_name"


def febrl3():
    return Job(
        [
            library.NameComparison("given_name"), library.NameComparison("surname"),
            library.DateOfBirthComparison("date_of_birth", **FEBRL_DATE),
            library.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            by_frequency(library.ExactMatch("street_number")), by_frequency(library.ExactMatch("postcode")),
        ],
        [block_on(column) for column in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")],
        [
            block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"),
            f"{SWAPPED} and l.date_of_birth = r.date_of_birth",
        ],
        0.9, [block_on("date_of_birth"), block_on("postcode")])


def febrl4():
    return Job(
        [
            by_frequency(library.NameComparison("given_name")), by_frequency(library.NameComparison("surname")),
            library.DateOfBirthComparison("date_of_birth", invalid_dates_as_null=True, **FEBRL_DATE),
            library.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            by_frequency(library.ExactMatch("street_number")),
            by_frequency(library.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
        ],
        [
            block_on("given_name", "surname"), SWAPPED, block_on("date_of_birth"), block_on("soc_sec_id"),
            block_on("state", "address_1"), block_on("street_number", "address_1"), block_on("postcode"),
        ],
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
        0.8, [block_on("date_of_birth"), block_on("postcode")], link_type="link_only")


PEOPLE_RULES = [
    ("first_name", "surname"), ("surname", "dob"), ("first_name", "dob"), ("postcode", "surname"),
    ("postcode", "first_name"), ("email",), ("dob", "town"), ("phone",),
]
HEAVY_RULES = [
    ("surname", "substr(first_name, 1, 1)"), ("first_name", "dob"), ("surname", "dob"), ("postcode", "surname"),
    ("postcode", "first_name"), ("email",), ("phone",), ("dob", "town"), ("first_name", "town"),
]


def people(rules=PEOPLE_RULES):
    return Job(
        [
            by_frequency(library.JaroWinklerAtThresholds("first_name", [0.9, 0.7])),
            library.JaroWinklerAtThresholds("middle_name", [0.9]),
            by_frequency(library.JaroWinklerAtThresholds("surname", [0.9, 0.7])),
            by_frequency(library.LevenshteinAtThresholds("dob", [1, 2, 4])),
            library.PostcodeComparison("postcode"),
            by_frequency(library.ExactMatch("town")),
            library.EmailComparison("email"),
        ],
        [block_on(*rule) for rule in rules],
        [block_on("first_name", "surname", "dob")], 0.8,
        [block_on("first_name", "surname", "postcode"), block_on("dob", "town")],
        pairs=1e7, max_iterations=20, em_convergence=0.001, retain_matching_columns=False)


JOBS = {"fake_1000": fake_1000, "febrl3": febrl3, "febrl4": febrl4, "people": people}


class Spending:
    """What this process has used, stage by stage."""

    def __init__(self, began):
        self.began, self.stages, self.last = began, {}, (began, 0.0)

    def now(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return time.time(), usage.ru_utime + usage.ru_stime

    def note(self, stage):
        now = self.now()
        self.stages[stage] = {"wall_s": now[0] - self.last[0], "cpu_s": now[1] - self.last[1]}
        self.last = now

    def summary(self):
        with open("/proc/self/status") as status:
            peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
        wall, cpu = self.now()
        return {"wall_s": wall - self.began, "cpu_s": cpu, "peak_mb": peak, "stages": self.stages}


def load(connection, api, paths):
    tables = []
    for number, path in enumerate(paths):
        columns = f"read_csv('{path}', all_varchar = true, header = true)"
        connection.execute(f"create table raw{number} as select * exclude (cluster) from {columns}")
        tables.append(api.register(connection.table(f"raw{number}"), dataset_display_name=f"input{number}"))
    return tables if len(tables) > 1 else tables[0]


def write(connection, frame, columns, path):
    connection.execute(f"copy (select {columns} from {frame.physical_name}) to '{path}' (header, format csv)")


def one_pair(api, connection, model):
    """Seconds of each of some calls that compare two records by a ready model, the first left out."""
    names = connection.table("raw0").columns
    rows = connection.table("raw0").limit(42).fetchall()
    # The caller brings the frequencies of the values.
    shares = {f"tf_{column}": 0.001 for column in ("first_name", "surname", "dob", "town", "email")}
    records = [{**dict(zip(names, row)), **shares} for row in rows]
    seconds = []
    for left, right in zip(records[::2], records[1::2]):
        start = time.perf_counter()
        compare_records(left, right, model, api, sql_cache_key="pair").as_record_list()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds[1:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=[*JOBS, "heavy", "train-heavy", "one-pair"])
    parser.add_argument("--input", action="append", required=True)
    parser.add_argument("--model", help="a trained model instead of training; for train-heavy, where it goes")
    parser.add_argument("--links")
    parser.add_argument("--clusters")
    parser.add_argument("--summary")
    parser.add_argument("--began", type=float, default=time.time())
    options = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    spending = Spending(options.began)
    connection = duckdb.connect()
    connection.execute(f"set threads = {len(os.sched_getaffinity(0))}")
    api = DuckDBAPI(connection=connection)
    inputs = load(connection, api, options.input)
    spending.note("load")
    if options.job == "one-pair":
        finish(options, {"seconds": one_pair(api, connection, options.model)})
        return
    if options.job == "heavy":
        linker = Linker(inputs, options.model)
    else:
        job = people(HEAVY_RULES) if options.job == "train-heavy" else JOBS[options.job]()
        linker = Linker(inputs, job.settings)
        job.train(linker)
        spending.note("train")
    if options.job == "train-heavy":
        linker.misc.save_model_to_json(options.model, overwrite=True)
        return
    links = linker.inference.predict(threshold_match_probability=FLOOR)
    write(connection, links, "unique_id_l, unique_id_r, match_weight, match_probability", options.links)
    spending.note("predict")
    if options.clusters:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            links, threshold_match_probability=CLUSTERS_FROM)
        write(connection, clusters, "unique_id, cluster_id as cluster", options.clusters)
        spending.note("cluster")
    # How many pairs were compared is counted after the clock has stopped.
    summary = spending.summary()
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    summary["pairs"] = connection.execute(f"select count(*) from {blocked.physical_name}").fetchone()[0]
    finish(options, summary)


def finish(options, summary):
    with open(options.summary, "w") as file:
        json.dump(summary, file)


if __name__ == "__main__":
    main()
