# How bin/test counts: every part adds what passed and failed, and the last line adds them up.

passed=0
failed=0

count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
}

# Runs one check; its output is shown only when it fails.
check() {
    local sentence="$1" output
    shift
    if output="$("$@" 2>&1)"; then
        count 1 0
        printf '  %sok%s    %s\n' "$green" "$plain" "$sentence"
    else
        count 0 1
        printf '  %sWRONG%s %s\n' "$red" "$plain" "$sentence"
        printf '%s\n' "$output" | tail -n 40 | sed 's/^/        /'
    fi
}

# counted READER SECONDS COMMAND…: runs a command and adds what READER finds in its output. A command that fails
# without saying what, runs no test, or takes too long counts as one failure.
counted() {
    local reader="$1" limit="$2" output="$scratch/$1.out" status=0 good bad
    shift 2
    timeout --kill-after=30 "$limit" "$@" 2>&1 | tee "$output" || status=$?
    read -r good bad < <("$reader" "$output")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        say "It ended with $status after $good tests."
        bad=1
    fi
    count "$good" "$bad"
}

# What `swift test` says of each test, once: not of its cases, its suite or the whole run. A skipped one is neither.
swift_tests() {
    local one='^[^ ]+ Test (".*"|[^ "]+\(.*\))( with [0-9]+ test cases?)?'
    echo "$(grep -cE "$one passed after " "$1" || true) $(grep -cE "$one failed after " "$1" || true)"
}

# What pytest's last line says. An error in setting up is a failure.
pytest_tests() {
    tail -n 1 "$1" | awk '{
        for (i = 2; i <= NF; i++) {
            if ($i ~ /^passed/) good += $(i - 1)
            if ($i ~ /^(failed|error|errors)(,|$)/) bad += $(i - 1)
        }
    } END { print good + 0, bad + 0 }'
}

run_part() {
    local began=$SECONDS good=$passed bad=$failed
    say "== $1"
    "$1"
    say "== $1: $((passed - good)) passed, $((failed - bad)) failed, $((SECONDS - began)) s"
}

verdict() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

need_python() { need_environment .venv Tests/requirements.txt; }

# Samples of what the test programs print are read as what they say.
counting_counts() {
    [ "$(swift_tests bin/lib/samples/swift-tests.txt)" = "1 4" ] || { swift_tests bin/lib/samples/swift-tests.txt; return 1; }
    [ "$(pytest_tests bin/lib/samples/pytest.txt)" = "3 2" ] || { pytest_tests bin/lib/samples/pytest.txt; return 1; }
}
