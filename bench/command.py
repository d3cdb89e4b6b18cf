# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmarks."""

import sys

from bench.campus.__main__ import main as campus_main


def main(words):
    if words[:1] == ["campus"]:
        return campus_main(words[1:])
    print("usage: bench/run campus --size M --seed 1 [--joint] -o FILE", file=sys.stderr)
    return 3
