# How the code must be written, as far as a line of it shows. Each check names a rule of STYLE.md.

# nowhere PATTERN PATHSPEC…: succeeds when no tracked file there has it; otherwise shows where.
nowhere() {
    local pattern="$1"
    shift
    ! git grep --untracked -nE -e "$pattern" -- "$@"
}

# only_in FOLDER MODULE: this folder of Sources alone imports the module.
only_in() {
    nowhere "^(@[a-z]+ )?import $2( |$)" 'Sources/*.swift' ":!Sources/$1"
}

layout_holds() {
    nowhere '^(@[a-z]+ )?import (Hummingbird|HummingbirdTesting|HTTPTypes)( |$)' \
        'Sources/Rules/*' 'Sources/Foundations/Values/*' 'Sources/Foundations/Storage/*' 'Sources/Foundations/People/*' &&
        nowhere '^(@[a-z]+ )?import (Storage|People|Web|NIO[A-Za-z0-9]*|Logging|ServiceLifecycle)( |$)' 'Sources/Rules/*'
}

features_are_apart() {
    local feature others
    for feature in Sources/Features/*/; do
        feature="$(basename "$feature")"
        others="$(ls Sources/Features | grep -vx "$feature" | paste -sd '|')"
        [ -n "$others" ] || continue
        case "$feature" in Chat | Calls) others="$(ls Sources/Features | grep -vxE "$feature|Contacts" | paste -sd '|')" ;; esac
        [ -z "$others" ] || nowhere "^(@[a-z]+ )?import ($others)( |$)" "Sources/Features/$feature/*" || return 1
    done
}

# What a person reads: pages, sentences, the API's description, documents. Comments are among ourselves.
nobody_is_she() {
    nowhere '\b([Ss]he|[Hh]er|[Hh]ers|[Hh]erself|[Hh]e|[Hh]im|[Hh]is|[Hh]imself)\b' \
        'Sources/*.mustache' 'Sources/*/openapi.json' README.md CHANGELOG.md ARCHITECTURE.md 'docs/*.md' &&
        nowhere '^[^/]*"[^"]*\b([Ss]he|[Hh]er|[Hh]ers|[Hh]erself)\b' 'Sources/*.swift'
}

no_file_is_long() {
    local file lines long=0
    while IFS= read -r -d '' file; do
        [ -f "$file" ] || continue
        lines="$(wc -l <"$file")"
        if [ "$lines" -gt 400 ]; then echo "$file has $lines lines"; long=1; fi
    done < <(git ls-files -z --cached --others --exclude-standard -- '*.swift' '*.js' '*.css' '*.py' '*.sh' '*.mustache' 'bin/*')
    return "$long"
}

no_folder_without_a_name() {
    ! find Sources Tests -type d | grep -E '/(Core|Common|Utils|Utilities|Helpers|Shared)$'
}

scripts_parse() {
    local file
    for file in bin/demo bin/dev bin/test bin/bench bin/format .ci/run bin/lib/*.sh; do bash -n "$file" || return 1; done
}

checks_of_the_house() {
    check "the code is formatted (bin/format)" \
        swift format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift
    check "GRDB is imported in Storage/SQLite alone" only_in Foundations/Storage/SQLite GRDB
    check "libpq is imported in Storage/PostgreSQL alone" only_in Foundations/Storage/PostgreSQL CPostgreSQL
    check "argon2 is imported in People alone" only_in Foundations/People CArgon2
    check "zlib is imported in Tables alone" only_in Foundations/Tables CZlib
    check "zstd is imported in Tables alone" only_in Foundations/Tables CZstd
    check "Mustache is imported in Web alone" only_in Foundations/Web Mustache
    check "the web is seen by features, Web and App alone" layout_holds
    check "features are apart" features_are_apart
    check "nothing is forced" nowhere '(try|as)!' 'Sources/*.swift' 'Benchmarks/*.swift'
    check "nothing is left to do" nowhere '\b(TODO|FIXME|XXX)\b|fatalError\(|unimplemented' 'Sources/*' 'Tests/*.swift' 'bin/*' ':!bin/lib/checks.sh'
    check "no loose work" nowhere '(^|[^A-Za-z.])Task( ?\{|\.detached|\()' 'Sources/*.swift'
    check "no unchecked concurrency outside Storage" \
        nowhere '@unchecked Sendable|nonisolated\(unsafe\)' 'Sources/*.swift' ':!Sources/Foundations/Storage'
    check "only App reads the clock and the environment" \
        nowhere 'Date\(\)|Date\.now|\.now\(\)\.timeInterval|ProcessInfo\.processInfo\.environment|getenv' \
        'Sources/*.swift' ':!Sources/App' ':!Sources/TestKit' ':!Sources/Foundations/Web/Resources.swift' \
        ':!Sources/Foundations/Web/JSONLog.swift' ':!Sources/Foundations/Storage/PostgreSQL/PostgreSQLDump.swift'
    check "no code and no style inside pages" \
        nowhere ' style="| on[a-z]+="|<style|<script>|javascript:' 'Sources/*.mustache'
    check "nobody is taken for a woman or a man" nobody_is_she
    check "no file has more than 400 lines" no_file_is_long
    check "no folder without a name" no_folder_without_a_name
    check "no path of one machine" nowhere '/(wor[k]|far[m])/' '*' ':!docs/*' ':!*.lock'
    check "the scripts parse" scripts_parse
    check "a failed test is counted once" counting_counts
}
