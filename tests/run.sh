#!/bin/sh
# run.sh PROGRAM... - runs test programs one after the other and adds up what they say (TAP). The last
# line is `N passed, M failed`; a program that crashes, hangs or stops early is a failure by its name.
set -u
log=$(mktemp) && sums=$(mktemp) || exit 1
trap 'rm -f "$log" "$sums"' EXIT
passed=0 failed=0

for program; do
    CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 5 600 "$program" >"$log" 2>&1 </dev/null
    status=$?
    LC_ALL=C awk -v status=$status -v name="${program#*tests/}" -v sums="$sums" '
        # A test that printed half a line may stand before the verdict on it.
        /not ok [0-9]+ (- |# SKIP)/ { sub(/^.*not ok /, "not ok ") }
        /ok [0-9]+ - [a-zA-Z0-9_]+$/ && !/not ok/ { sub(/^.*ok /, "ok ") }
        /^1\.\.[0-9]+$/            { planned += substr($0, 4) }
        /^not ok [0-9]+ # SKIP/    { skipped++; about = 0; before = ""; next }
        /^ok [0-9]+ - /            { passed++; about = 0; before = ""; next }
        /^not ok [0-9]+ - /        { failed++; about = 1; sub(/^not ok [0-9]+ - /, ""); said = said "  FAILED " $0 "\n" before; before = ""; next }
        about && /^# .*error: Failure!$/ { said = said "    " $0 "\n"; about = 0; next }
        about && /^#/              { said = said "    " $0 "\n"; next }
        /^#/                       { before = before "    " $0 "\n" }
                                   { tail = tail "    " $0 "\n"; if (length(tail) > 3000) tail = substr(tail, length(tail) - 2999) }
        END {
            seen = passed + failed + skipped
            if (status == 124 || status == 137) early = "did not end"
            else if (status > 128) early = "was ended by signal " status - 128
            else if (seen < planned) early = "stopped after " seen " of " planned " tests with status " status
            else if (planned == 0) early = "ran no test, status " status
            else if (status != 0 && failed == 0) early = "ended with status " status
            if (early != "") { failed++; said = said "  FAILED " name " " early "\n" tail }
            printf "%-34s %4d passed", name, passed
            if (skipped) printf ", %d skipped", skipped
            if (failed) printf ", %d FAILED", failed
            printf "\n%s", said
            print passed + 0, failed + 0 > sums
        }' "$log"
    read -r p f <"$sums"
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
