"""Lives through in PyPI ciw the M/M/c+M queue that our benchmark has simulated, and prints both side by side.

    StaffingBenchmark queue | python ciw_queue.py

Both take the same hours, leave out whoever came in the first, and repeat it as often; times are of the processor. The intervals
are 95 % ones of the mean of independent runs.
"""

import platform
import statistics
import sys
import time
from importlib.metadata import version

import ciw

# Student's t, 97.5 %, by degrees of freedom.
BOUNDS = {4: 2.776, 9: 2.262, 19: 2.093, 29: 2.045, 39: 2.023}


def interval(values: list[float]) -> tuple[float, float, float]:
    mean = statistics.mean(values)
    half = BOUNDS.get(len(values) - 1, 2.0) * statistics.stdev(values) / len(values) ** 0.5
    return mean, mean - half, mean + half


def main() -> None:
    numbers = [float(word) for word in sys.stdin.read().strip().split(",")]
    calls, handling, advisers, patience, within, hours, runs, ours = numbers[:8]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(calls / 3600)],
        service_distributions=[ciw.dists.Exponential(1 / handling)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
        number_of_servers=[int(advisers)])
    levels, gone = [], []
    before, began = time.process_time(), time.perf_counter()
    for run in range(int(runs)):
        ciw.seed(run + 1)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(hours * 3600)
        # Who came shortly before the end has not been answered yet, so the last minutes are left out too.
        counted = [r for r in simulation.get_all_records() if 3600 <= r.arrival_date < hours * 3600 - 600]
        answered = [r for r in counted if r.record_type == "service"]
        left = sum(r.record_type == "renege" for r in counted)
        levels.append(sum(r.waiting_time <= within for r in answered) / (len(answered) + left))
        gone.append(left / (len(answered) + left))
    theirs, waited = time.process_time() - before, time.perf_counter() - began

    def shown(figure) -> str:
        return "{:.4f} ({:.4f} to {:.4f})".format(*figure)

    print(f"ciw {version('ciw')}, Python {platform.python_version()}; {calls:g} calls an hour of {handling:g} s, "
          f"{advisers:g} advisers, patience {patience:g} s; {runs:g} times {hours:g} hours")
    print(f"{'':12} {'in ' + format(within, 'g') + ' s, of offered':>30} {'abandoned':>30} {'CPU s':>9}")
    print(f"{'ours':12} {shown(numbers[8:11]):>30} {shown(numbers[11:14]):>30} {ours:9.3f}")
    print(f"{'ciw':12} {shown(interval(levels)):>30} {shown(interval(gone)):>30} {theirs:9.3f}")
    overlap = all(a[1] <= b[2] and b[1] <= a[2] for a, b in
                  [(numbers[8:11], interval(levels)), (numbers[11:14], interval(gone))])
    print(f"intervals {'overlap' if overlap else 'do NOT overlap'}; {theirs / ours:.0f} times the speed of one core")
    cores, elapsed = numbers[14:16]
    print(f"as the program runs it, on {cores:g} cores, by the clock: ours {elapsed:.3f} s, ciw, which knows one, {waited:.3f} s: "
          f"{waited / elapsed:.0f} times")


main()
