# PyPI pyworkforce, which knows Erlang's formulas too: installed for bin/bench erlang and staffing in a folder of its
# own, never in the product.

bench_planning="$root/.build/bench-planning"

# Its Erlang A needs Python 3.12 or newer; prints the first that there is.
workforce_python() {
    local python
    for python in python3.14 python3.13 python3.12 /usr/bin/python3 python3 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python; do
        command -v "$python" >/dev/null 2>&1 || continue
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
            command -v "$python"
            return 0
        fi
    done
    return 1
}

need_workforce() {
    local python
    python="$(workforce_python)" &&
        need_environment "$bench_planning/venv" Benchmarks/PlanningBenchmark/side-by-side/requirements.txt "$python"
}

# Ours, and the peer beside it where there is a Python for it; --long asks the peer also what takes it minutes.
beside_workforce() {
    local ours="$1"
    shift
    if need_workforce; then
        "$ours" erlang | "$bench_planning/venv/bin/python" -B Benchmarks/PlanningBenchmark/side-by-side/workforce.py "$@"
    else
        echo "The peer is left out: it needs Python 3.12 or newer, and pip must be able to install it."
        "$ours" erlang
    fi
}
