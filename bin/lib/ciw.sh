# PyPI ciw, which simulates queues too: installed for bin/bench staffing in a folder of its own, never in the product.

bench_staffing="$root/.build/bench-staffing"

need_ciw() { need_environment "$bench_staffing/venv" Benchmarks/StaffingBenchmark/side-by-side/requirements.txt; }

# Ours, and the peer beside it on the same queue in three sizes; then what the peer is not asked: a large day, and its cliff.
beside_ciw() {
    local ours="$1" advisers
    for advisers in 50 500 2000; do
        "$ours" queue --advisers "$advisers" --calls $((advisers * 288 / 5)) --replications $((advisers == 50 ? 20 : 5)) |
            "$bench_staffing/venv/bin/python" -B Benchmarks/StaffingBenchmark/side-by-side/ciw_queue.py
    done
    "$ours" day
    "$ours" cliff
}
