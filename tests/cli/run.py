#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of the program in this folder with pytest and reports them in the Test Anything Protocol.

usage: run.py PROGRAM [PYTEST ARGUMENT…]
"""

import os
import pathlib
import sys

import pytest


class Tap:
    """A pytest plugin that prints one line a case, and why it failed."""

    def __init__(self):
        self.count = 0

    def pytest_runtest_logreport(self, report):
        if report.when != "call" and report.passed:
            return
        self.count += 1
        name = report.nodeid.split("::", 1)[-1]
        skipped = f" # SKIP {report.longrepr[2]}" if report.skipped else ""
        print(f"{'not ok' if report.failed else 'ok'} {self.count} - {name}{skipped}")
        if report.failed:
            for line in str(report.longrepr).splitlines():
                print(f"# {line}")

    def pytest_sessionfinish(self):
        print(f"1..{self.count}", flush=True)


if __name__ == "__main__":
    os.environ["PIONEER"] = str(pathlib.Path(sys.argv[1]).resolve())
    here = str(pathlib.Path(__file__).resolve().parent)
    arguments = ["-p", "no:terminal", "-p", "no:cacheprovider", "--rootdir", here, here, *sys.argv[2:]]
    sys.exit(pytest.main(arguments, plugins=[Tap()]))
