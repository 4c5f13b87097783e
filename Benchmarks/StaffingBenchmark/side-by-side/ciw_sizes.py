"""Times PyPI ciw on larger M/M/c+M queues than it can live five hours through, and prints both sides' microseconds a call.

    { StaffingBenchmark queue --advisers 500 …; StaffingBenchmark queue --advisers 2000 …; } | python ciw_sizes.py

The peer is given the first 10,000 calls or so of the same queue, from empty; times are of the processor.
"""

import csv
import sys
import time

import ciw


def main() -> None:
    print(f"{'advisers':>8} {'calls, ours':>12} {'calls, ciw':>12} {'ours us':>9} {'ciw us':>9} {'times':>6}")
    for row in csv.reader(sys.stdin):
        calls, handling, advisers, patience, _, hours, runs, ours = map(float, row[:8])
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(calls / 3600)],
            service_distributions=[ciw.dists.Exponential(1 / handling)],
            reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
            number_of_servers=[int(advisers)])
        ciw.seed(1)
        before = time.process_time()
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(max(10_000 / calls * 3600, 6 * handling))
        done = len(simulation.get_all_records())
        theirs = (time.process_time() - before) / done * 1e6
        own = ours / (calls * hours * runs) * 1e6
        print(f"{advisers:8g} {calls * hours * runs:12,.0f} {done:12,} {own:9.2f} {theirs:9.1f} {theirs / own:6.0f}", flush=True)


main()
