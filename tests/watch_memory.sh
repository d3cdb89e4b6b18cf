#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test program and fails when valgrind or a sanitizer had anything to report in any of its processes.
# Criterion runs each test in a child whose exit code it does not look at, so the reports go to files, and a file that
# is not empty is a failure.
#
# usage: watch_memory.sh valgrind|sanitizer PROGRAM ARGUMENT…

tool=$1
shift
reports=$(mktemp -d) || exit 99
trap 'rm -rf "$reports"' EXIT

case $tool in
valgrind)
    valgrind --quiet --trace-children=yes --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --log-file="$reports/%p" "$@"
    ;;
sanitizer)
    ASAN_OPTIONS="$ASAN_OPTIONS:log_path=$reports/asan" UBSAN_OPTIONS="$UBSAN_OPTIONS:log_path=$reports/ubsan" \
        TSAN_OPTIONS="$TSAN_OPTIONS:log_path=$reports/tsan" "$@"
    ;;
esac
status=$?

for report in "$reports"/*; do
    if [ -s "$report" ]; then
        cat "$report" >&2
        status=99
    fi
done
exit "$status"
