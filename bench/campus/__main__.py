# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 -m bench.campus --size M --seed 1 [--joint] -o FILE: writes one campus as a campaign."""

import os
import sys

from bench.campus import Campus, Size
from bench.usage import EXIT_WRONG, Parser


def arguments(words):
    parser = Parser(prog="bench/run campus", description="Write a made-up campus as a campaign.")
    parser.add_argument("--size", default="S",
                        help="S, M, L, XL, or a number of members from 80 to 20000 (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1,
                        help="another one, another campus (default: %(default)s)")
    parser.add_argument("--joint", action="store_true",
                        help="one unit, one stage, one level (default: stages and tiers)")
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write (default: standard output)")
    parser.add_argument("--facts", action="store_true", help="say on standard error how large it is")
    given = parser.parse_args(words)
    if given.output == "":
        parser.error("--output: an empty name is no file")
    try:
        given.size = Size.named(given.size)
    except ValueError as wrong:
        parser.error("--size: %s" % wrong)
    return given


def main(words=None):
    given = arguments(words)
    try:
        # The format is UTF-8, whatever the terminal is.
        with open(given.output or os.dup(1), "w", encoding="utf-8", newline="\n") as file:
            campus = Campus(given.size, given.seed)
            campus.write(file, given.joint)
    except BrokenPipeError:
        return EXIT_WRONG  # whoever reads has seen enough
    except OSError as wrong:
        place = given.output or "standard output"
        print("bench/run campus: %s: %s" % (place, wrong.strerror), file=sys.stderr)
        return EXIT_WRONG
    if given.facts:
        print(campus.facts(), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
