# PyPI ciw, which simulates queues too: installed for bin/bench staffing in a folder of its own, never in the product.

bench_staffing="$root/.build/bench-staffing"

need_ciw() { need_environment "$bench_staffing/venv" Benchmarks/StaffingBenchmark/side-by-side/requirements.txt; }

# Ours, and the peer beside it on the same queue; both on larger ones, by the call; then what the peer is not asked: a large day, and its cliff.
beside_ciw() {
    local ours="$1" python="$bench_staffing/venv/bin/python" scripts=Benchmarks/StaffingBenchmark/side-by-side advisers
    "$ours" queue | "$python" -B "$scripts/ciw_queue.py"
    for advisers in 500 2000; do
        "$ours" queue --advisers "$advisers" --calls $((advisers * 288 / 5)) --hours 3 --replications 2
    done | "$python" -B "$scripts/ciw_sizes.py"
    "$ours" day
    "$ours" cliff
}
