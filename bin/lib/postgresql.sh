# A private PostgreSQL for tests: its own cluster in a folder, on a socket there and a free port of this computer.
#
#   . bin/lib/postgresql.sh
#   export TOUCHDOWN_TEST_POSTGRESQL="$(start_postgresql "$folder")"
#   stop_postgresql "$folder"

# Prints where Debian's newest PostgreSQL commands are.
postgresql_commands() {
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

# Runs a command as a user PostgreSQL accepts: it refuses to run as root.
as_postgresql() {
    if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    (cd / && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@")
}

# Starts a cluster in DIR, which must not exist, and prints the address of its database.
start_postgresql() {
    local dir="$1" commands port
    commands="$(postgresql_commands)"
    [ -n "$commands" ] || { echo "PostgreSQL is not installed: apt install postgresql" >&2; return 1; }
    [ ! -e "$dir" ] || { echo "$dir is there already; name a new folder." >&2; return 1; }
    mkdir -p "$dir" || return 1
    if [ "$(id -u)" -eq 0 ]; then
        chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$dir" || return 1
    fi
    as_postgresql "$commands/initdb" --pgdata="$dir/data" --username=touchdown --auth=trust \
        --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; return 1; }
    # Between finding a free port and taking it another may take it, so it is tried a few times.
    for _ in 1 2 3 4 5; do
        port=$(( 20000 + ( $(od -An -N2 -tu2 /dev/urandom) % 20000 ) ))
        if as_postgresql "$commands/pg_ctl" start --pgdata="$dir/data" --wait --silent --log="$dir/server.log" \
            --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir \
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=2000" \
            >/dev/null 2>&1; then
            echo "host=$dir port=$port user=touchdown dbname=postgres"
            return 0
        fi
    done
    cat "$dir/server.log" >&2
    return 1
}

# Stops the cluster in DIR, and only that, and removes it.
stop_postgresql() {
    local dir="$1"
    [ -f "$dir/data/PG_VERSION" ] || return 0
    as_postgresql "$(postgresql_commands)/pg_ctl" stop --pgdata="$dir/data" --mode=immediate --silent >/dev/null 2>&1
    rm -rf "$dir"
}
