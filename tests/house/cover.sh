#!/bin/sh
# cover.sh BUILD - lines that the tests ran, folder by folder, and the files covered least (gcov).
set -u
build=$1
find "$build/engine" "$build/app" -name '*.gcda' | while read -r data; do
    gcov -n -o "$(dirname "$data")" "$data" 2>/dev/null
done | LC_ALL=C awk '
    /^File / { file = $2; gsub(/\x27/, "", file) }
    /^Lines executed:/ && file ~ /^(engine|app)\/.*\.c$/ {
        split($0, part, /[:%]/); lines = $NF; ran = part[2] * lines / 100
        folder = file; sub(/\/[^\/]*$/, "", folder)
        if (!(file in seen)) { seen[file] = 1; all[folder] += lines; hit[folder] += ran; total += lines; hits += ran
            print "file", part[2], lines, file }
        file = ""
    }
    END { for (f in all) print "folder", 100 * hit[f] / all[f], all[f], f; if (total) print "total", 100 * hits / total, total, "all" }
' >"$build/cover.txt"
awk '$1 == "folder" { printf "%6.1f %% of %5d lines  %s\n", $2, $3, $4 }' "$build/cover.txt" | LC_ALL=C sort -k6
echo "least covered:"
awk '$1 == "file" && $3 >= 10 { printf "%6.1f %% of %5d lines  %s\n", $2, $3, $4 }' "$build/cover.txt" | LC_ALL=C sort -n | head -10
awk '$1 == "total" { printf "%6.1f %% of %5d lines in all\n", $2, $3 }' "$build/cover.txt"
