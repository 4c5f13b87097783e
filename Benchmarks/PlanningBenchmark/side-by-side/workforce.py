"""Asks PyPI pyworkforce what our benchmark was asked, and prints both answers and times side by side.

    PlanningBenchmark erlang | python workforce.py

The peer's Erlang A needs a minute for 420 advisers with patient customers and five for 4,340, so the longest question is asked
only with `--long`. Its search for the fewest advisers is not asked where one answer takes over a second.
"""

import csv
import platform
import sys
import time
from importlib.metadata import version

from pyworkforce.queuing import ErlangA, ErlangC


def measured(work) -> tuple[float, float]:
    """The answer, and the mean of the runs within a second, in microseconds."""
    start, runs = time.perf_counter(), 0
    while runs == 0 or time.perf_counter() - start < 1:
        answer = work()
        runs += 1
    return answer, (time.perf_counter() - start) / runs * 1e6


def main() -> None:
    print(f"pyworkforce {version('pyworkforce')}, Python {platform.python_version()}")
    print(f"{'question':58} {'ours':>12} {'peer':>12} {'ours us':>10} {'peer us':>14} {'times':>9}")
    for row in csv.reader(list(sys.stdin)[1:]):
        calls, per, aht, within, patience, agents, level, spent, fewest, longer = map(float, row)
        given = dict(transactions=calls, aht=aht, asa=within, interval=per, shrinkage=0.0)
        peer = ErlangA(**given, patience=patience) if patience else ErlangC(**given)
        what = f"{calls:g} calls in {per:g} min of {aht:g} min, patience {patience or 'endless'}, {agents:g} advisers"
        if patience and agents > 4000 and "--long" not in sys.argv:
            print(f"{what:58} {level:12.9f} {'--long':>12} {spent:10.1f}")
            continue
        theirs, took = measured(lambda: peer.service_level(int(agents)))
        print(f"{what:58} {level:12.9f} {theirs:12.9f} {spent:10.1f} {took:14.1f} {took / spent:9.0f}", flush=True)
        if took < 1e6:
            found, took = measured(lambda: peer.required_positions(service_level=0.8, max_occupancy=1.0)["raw_positions"])
            print(f"{'  fewest for 80 %':58} {fewest:12.0f} {found:12} {longer:10.1f} {took:14.1f} {took / longer:9.0f}", flush=True)


main()
