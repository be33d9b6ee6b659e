#!/bin/sh
# check.sh BUILD - the house's own rules, read off the sources and a build: layers, headers from
# outside, include circles, a pure engine, sizes of functions.
set -u
build=$1
house=$(dirname "$0")
failed=0
sources() { find engine app -name '*.[ch]' | LC_ALL=C sort; }

verdict() { # file of findings, what was checked
    if [ -s "$1" ]; then
        cat "$1"
        echo "FAILED: $2"
        failed=1
    else
        echo "$2"
    fi
}
found=$(mktemp) && edges=$(mktemp) || exit 1
trap 'rm -f "$found" "$edges"' EXIT

# Layers: what a file names.
sources | xargs grep -Hn '^#include "' /dev/null | grep -v '\.inc"' |
    sed 's/:[0-9]*:#include "/ /; s/".*//' >"$edges"
LC_ALL=C awk '
    function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
    FNR == NR { if ($1 ~ /:$/) { f = $1; sub(/:$/, "", f); for (k = 2; k <= NF; k++) may[f, $k] = 1; known[f] = 1 } next }
    !(folder($1) in known) { print "  " $1 ": its folder is not in layers.txt"; next }
    !((folder($1), folder($2)) in may) { print "  " $1 " includes " $2 }
' "$house/layers.txt" "$edges" >"$found"
verdict "$found" "layers: $(wc -l <"$edges" | tr -d ' ') includes name only what their floor may"

# Layers: what a file reaches through other headers, by the compiler.
reached() {
    compile=$(cat "$build/gen/flags")
    sources | grep '\.c$' | while read -r c; do
        { eval "$compile -M $c" | tr -d '\\\n'; echo; } | sed 's/^[^:]*: *//' | tr -s ' ' '\n' | sed -n "2,\$s|^..*|$c &|p"
    done
}
reached >"$edges.reach"
LC_ALL=C awk '
    function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
    function base(path) { sub(/^.*\//, "", path); return path }
    function match_glob(path, glob) { sub(/\*$/, "", glob); return glob ~ /\/$/ ? index(path, glob) == 1 : path == glob }
    FNR == NR {
        if ($1 == "outside") { outside[base($2)] = outside[base($2)] " " $3; next }
        if ($1 ~ /:$/) { f = $1; sub(/:$/, "", f); all[f] = 1; for (k = 2; k <= NF; k++) may[f, $k] = 1 }
        next
    }
    !closed { # what they may include may include more
        for (again = 1; again;) {
            again = 0
            for (a in all) for (b in all) if ((a, b) in may) for (c in all)
                if ((b, c) in may && !((a, c) in may)) { may[a, c] = 1; again = 1 }
        }
        closed = 1
    }
    { source = $1; header = $2 }
    header ~ /^(engine|app)\// { if (!((folder(source), folder(header)) in may)) print "  " source " reaches " header; next }
    base(header) in outside {
        fine = 0
        n = split(outside[base(header)], g, " ")
        for (k = 1; k <= n; k++) if (match_glob(source, g[k])) fine = 1
        if (!fine) print "  " source " reaches " header
    }
' "$house/layers.txt" "$edges.reach" | LC_ALL=C sort -u >"$found"
verdict "$found" "layers: $(wc -l <"$edges.reach" | tr -d ' ') headers reached, by the compiler's own lists; libraries only where they belong"
[ -s "$edges.reach" ] || { echo "FAILED: the compiler lists nothing"; failed=1; }
rm -f "$edges.reach"

# The engine's headers are the C language's own.
find engine -name '*.[ch]' | xargs grep -Hno '^#include <[^>]*>' /dev/null | LC_ALL=C awk '
    FNR == NR { if ($1 == "standard") for (k = 2; k <= NF; k++) may[$k] = 1; next }
    { h = $0; sub(/^.*</, "", h); sub(/>.*/, "", h); if (!(h in may)) print "  " $0 }
' "$house/layers.txt" - >"$found"
verdict "$found" "engine: only headers of the C language that do no input, output or time"

# Include circles.
if tsort "$edges" >/dev/null 2>"$found"; then :; fi
verdict "$found" "circles: none among the include edges"

# The engine asks the C library for memory, strings and numbers, and keeps no state.
nm -u "$build/libengine.a" 2>/dev/null | awk '$1 == "U" { print $2 }' | sed 's/@.*//' | LC_ALL=C sort -u >"$edges"
nm --defined-only "$build/libengine.a" 2>/dev/null | awk 'NF == 3 { print $3 }' | LC_ALL=C sort -u | LC_ALL=C comm -23 "$edges" - |
    LC_ALL=C awk '
        FNR == NR { if ($1 == "symbols") for (k = 2; k <= NF; k++) may[$k] = 1; next }
        { family = $1; sub(/_.*/, "_*", family); if ($1 ~ /^__kmpc_/) family = "__kmpc_*" }
        !($1 in may) && !(family in may) { print "  libengine.a calls " $1 }
    ' "$house/layers.txt" - >"$found"
[ -s "$edges" ] || echo "  $build/libengine.a: no symbols" >"$found"
verdict "$found" "engine: asks the C library for memory, strings and numbers only (nm)"
size -A "$build/libengine.a" | awk '
    / :$/ || /ex .*libengine/ { member = $1 }
    ($1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /^\.data\.rel\.ro/) && $2 > 0 { print "  " member " keeps " $2 " bytes of state in " $1 }
    $1 == ".comment" || $1 == ".text" { seen = 1 }
    END { if (!seen) print "  size says nothing" }' >"$found"
verdict "$found" "engine: no variable that lasts (size: .data and .bss are empty)"

# Sizes: remarks, no failures, but for what nobody can read any more.
sources | grep '\.c$' | xargs awk '
    FNR == 1 { name = "" }
    /^[a-zA-Z].*\(/ && !/;/ { name = $0; sub(/\(.*/, "", name); sub(/^.*[ *]/, "", name) }
    /^\{/ || /^[a-zA-Z].*\) \{$/ { start = FNR; open = 1 }
    /^\}/ && open { open = 0; lines = FNR - start; count++; if (lines > 80) print "  " FILENAME ": " name " has " lines " lines"; if (lines > 60) long++ }
    END { print count + 0, long + 0 > "/dev/stderr" }' >"$found" 2>"$edges"
read -r functions long <"$edges"
verdict "$found" "sizes: $functions functions, $long of them over 60 lines, none over 80"
sources | xargs wc -l | awk '$2 != "total" && $1 > 500 { print "  remark: " $2 " has " $1 " lines" }'

[ $failed -eq 0 ] && echo "check: all is well"
exit $failed
