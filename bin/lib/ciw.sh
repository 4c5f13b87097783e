# PyPI ciw, which simulates queues too: installed for bin/bench staffing in a folder of its own, never in the product.

bench_staffing="$root/.build/bench-staffing"

need_ciw() {
    local wanted=Benchmarks/StaffingBenchmark/side-by-side/requirements.txt made="$bench_staffing/venv/made-from.txt"
    need_debian python3-venv
    if ! cmp -s "$wanted" "$made"; then
        say "Making the Python environment of the peer"
        rm -rf "$bench_staffing/venv"
        /usr/bin/python3 -m venv "$bench_staffing/venv"
        "$bench_staffing/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
        cp "$wanted" "$made"
    fi
}

# Ours, and the peer beside it on the same queue; then what the peer is not asked: a large day, and its cliff.
beside_ciw() {
    "$1" queue | "$bench_staffing/venv/bin/python" -B Benchmarks/StaffingBenchmark/side-by-side/ciw_queue.py
    "$1" day
    "$1" cliff
}
