#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools that judge the tests: a leak must not slip through, nor a crash be left out of the count."""

import json
import pathlib
import subprocess
import sys
import tempfile

from tap import Tap

LEAKY = """
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
static void *volatile kept;
int main(int argc, char **argv) {
    (void)argv;
    if (fork() == 0) {
        kept = malloc(100);
        if (argc > 1) {
            free(kept);
        }
        kept = NULL;
        exit(0);
    }
    wait(NULL);
    return 0;
}
"""

JUNIT = """<testsuites><testsuite name="s">
<testcase classname="s" name="good"/>
<testcase classname="s" name="late"><skipped/></testcase>
{bad}</testsuite></testsuites>
"""


def test_watch_memory(tap, tests, directory):
    program = directory / "leaky"
    compiler = ["cc", "-g", "-D_POSIX_C_SOURCE=200809L", "-x", "c", "-", "-o", program]
    subprocess.run(compiler, input=LEAKY, text=True, check=True)
    watch = [tests / "watch_memory.sh", "valgrind", program]
    leaking = subprocess.run(watch, capture_output=True, text=True, check=False)
    clean = subprocess.run([*watch, "free it"], capture_output=True, text=True, check=False)
    tap.case("a leak in a child process fails the program",
             [] if leaking.returncode == 99 and "definitely lost" in leaking.stderr else [leaking.stderr])
    tap.case("a clean program passes", [] if clean.returncode == 0 and not clean.stderr else [clean.stderr])


def count(tests, directory, bad_case, result):
    """What the counter says about one log."""
    (directory / "log.junit.xml").write_text(JUNIT.format(bad=bad_case), encoding="utf-8")
    (directory / "log.json").write_text(json.dumps({"name": "program", "result": result}) + "\n", encoding="utf-8")
    command = [sys.executable, tests / "count_cases.py", directory / "log"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[-1], done.returncode


def test_count_cases(tap, tests, directory):
    bad = '<testcase classname="s" name="bad"><failure/></testcase>'
    expectations = {
        "passing and skipped cases are told apart": (("", "OK"), ("1 passed, 0 failed", 0)),
        "a failing case fails the whole": ((bad, "FAIL"), ("1 passed, 1 failed", 1)),
        "a program that crashed between cases counts": (("", "ERROR"), ("1 passed, 1 failed", 1)),
        "a program out of time counts": (("", "TIMEOUT"), ("1 passed, 1 failed", 1)),
    }
    for name, (log, expected) in expectations.items():
        found = count(tests, directory, *log)
        tap.case(name, [] if found == expected else [f"{found}, not {expected}"])
    missing = subprocess.run([sys.executable, tests / "count_cases.py", directory / "none"], capture_output=True,
                             text=True, check=False)
    tap.case("results that are missing fail", [] if missing.returncode == 1 else [missing.stdout])


def main(tests):
    tap = Tap()
    with tempfile.TemporaryDirectory() as directory:
        test_watch_memory(tap, tests, pathlib.Path(directory))
        test_count_cases(tap, tests, pathlib.Path(directory))
    tap.finish()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
