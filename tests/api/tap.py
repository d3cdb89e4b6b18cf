# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol in a few lines, for the tests that look at the product from outside."""

import subprocess
import sys


class Tap:
    """Collects cases and prints them; a case fails with the list of what is wrong.

    A pending case is one that the work in progress cannot meet yet: it is reported and does not fail the suite.
    """

    def __init__(self):
        self.count = 0
        self.failed = 0

    def case(self, name, wrong=(), pending=False):
        wrong = list(wrong)
        self.count += 1
        directive = " # TODO" if wrong and pending else ""
        print(f"{'not ok' if wrong else 'ok'} {self.count} - {name}{directive}")
        for line in wrong:
            print(f"# {line}")
        if wrong and not pending:
            self.failed += 1
            print(f"{name}:", *wrong, sep="\n    ", file=sys.stderr)

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


def run(command, **options):
    """The standard output of a command, and the list of what is wrong with it: empty when it succeeds."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode == 0:
        return done.stdout, []
    return done.stdout, [" ".join(map(str, command)), f"exit code {done.returncode}", *done.stderr.splitlines()]
