#!/bin/sh
# fuzz.sh BUILD SECONDS - runs each fuzz target for so long, from the seeds in tests/fuzz/NAME/ and what
# earlier runs found. What crashed is kept in BUILD/crash-NAME-*.
set -u
build=$1 seconds=$2 failed=0
for program in "$build"/tests/fuzz/fuzz_*; do
    case $program in *.o | *.d | *.dSYM) continue ;; esac
    name=${program##*/fuzz_}
    corpus=$build/corpus/$name
    mkdir -p "$corpus"
    seeds=tests/fuzz/$name
    [ -d "$seeds" ] || seeds=
    echo "fuzz $name, $seconds s"
    # shellcheck disable=SC2086
    if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -artifact_prefix="$build/crash-$name-" \
        -print_final_stats=1 "$corpus" $seeds >"$build/fuzz-$name.log" 2>&1; then
        grep -E 'number_of_executed_units|new_units_added' "$build/fuzz-$name.log" | sed 's/^/  /'
    else
        tail -40 "$build/fuzz-$name.log"
        echo "  FAILED $name: $build/fuzz-$name.log"
        failed=1
    fi
done
exit $failed
