# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 -m bench.campus --size M --seed 1 [--joint] -o FILE: writes one campus as a campaign."""

import argparse
import sys

from bench.campus import Campus, Size


def arguments(words):
    parser = argparse.ArgumentParser(prog="bench/run campus", allow_abbrev=False,
                                     description="Write a made-up campus as a campaign.")
    parser.add_argument("--size", default="S", help="S, M, L, XL, or a number of members from 80 to 20000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--joint", action="store_true", help="without stages and tiers")
    parser.add_argument("-o", "--output", help="file to write (default: standard output)")
    parser.add_argument("--facts", action="store_true", help="say on standard error how large it is")
    given = parser.parse_args(words)
    try:
        given.size = Size.named(given.size)
    except ValueError as wrong:
        parser.error("--size: %s" % wrong)
    return given


def main(words=None):
    given = arguments(words)
    campus = Campus(given.size, given.seed)
    if given.output:
        with open(given.output, "w", encoding="utf-8") as file:
            campus.write(file, given.joint)
    else:
        campus.write(sys.stdout, given.joint)
    if given.facts:
        print(campus.facts(), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
