# What all scripts here begin with: the repository's folder, how they speak, how they install what is missing.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
cd "$root"

# Build tools and browsers write into HOME; where that cannot be, they get a folder of their own.
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    export HOME="$root/.build/home"
    mkdir -p "$HOME"
fi

if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'; else bold= red= green= plain=; fi

say() { printf '%s\n' "$bold$*$plain"; }

fail() {
    printf '%s\n' "$red$*$plain" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        fail "This needs root, and there is no sudo here. As root: $*"
    fi
}

# Installs those of these Debian packages that are missing, and says which.
need_debian() {
    local package missing=()
    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        [[ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" == ii* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing Debian packages: ${missing[*]}"
    local install=(apt-get install --yes --no-install-recommends "${missing[@]}")
    # The list of packages is fetched only when the one that is there does not do.
    as_root "${install[@]}" || { as_root apt-get update && as_root "${install[@]}"; } ||
        fail "Debian packages could not be installed: ${missing[*]}"
}

# need_environment FOLDER LIST [PYTHON]: a Python environment with the packages of the list, made again when the list changes.
need_environment() {
    local folder="$1" wanted="$2" python="${3:-/usr/bin/python3}"
    ! cmp -s "$wanted" "$folder/made-from.txt" || return 0
    [ "$python" != /usr/bin/python3 ] || need_debian python3-venv
    say "Making the Python environment of $wanted"
    rm -rf "$folder"
    # Whoever asks whether this succeeds switches `set -e` off, so each step asks for the one before.
    "$python" -m venv "$folder" &&
        "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" &&
        cp "$wanted" "$folder/made-from.txt"
}

# What the product is built with and shows.
need_build_packages() {
    need_debian libsqlite3-dev libpq-dev libargon2-dev zlib1g-dev libzstd-dev pkg-config libjs-chart.js
}

# Swift 6.3 or newer.
need_swift() {
    local where="Swift 6.3 or newer is needed: https://www.swift.org/install/linux/"
    command -v swift >/dev/null || fail "There is no \"swift\" here. $where"
    local version major minor
    version="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)"
    read -r major minor <<<"${version:-0 0}"
    [ "$major" -gt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -ge 3 ]; } || fail "This is Swift $major.$minor. $where"
}

# Where `swift build` puts what it builds.
built() { swift build --show-bin-path "$@"; }
