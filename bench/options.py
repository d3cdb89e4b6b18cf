# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of the benchmarks. What can be wrong with them is found before anything is installed or run."""

import argparse
import os
import re
import tempfile

from bench.campus import Size
from bench.harness import contestants, instances
from bench.harness.paths import BUILD, PIONEER, PIONEER_BENCH, RESULTS, WORK
from bench.usage import Parser, reason, whole_number, whole_numbers

EPILOG = """bench/README.md explains what is measured and how.
"bench/run campus --help" draws a campus as a file."""

# What libpioneer and pioneer-bench take.
SECONDS_MAX = 31_536_000
WORK_MAX = 10 ** 18
THREADS_MAX = 1024
EFFORT_MAX = 100_000
SEED_MAX = 10 ** 9


def read(words):
    parser = Parser(prog="bench/run", epilog=EPILOG, description="Measure libpioneer.",
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    add_instances(parser)
    add_runs(parser)
    given = parser.parse_args(words)
    given.sets, given.sizes = given.sets.split(","), given.sizes.split(",")
    refuse_nonsense(parser, given)
    given.public = {name: public_instances(parser, given, name) for name in given.sets if is_public(name)}
    refuse_output(parser, given.output)  # last, as it makes the folder
    return given


def add_instances(parser):
    add = parser.add_argument
    add("--sets", default="campus-joint,campus-staged",
        help="of %s (default: %%(default)s)" % ", ".join(instances.SETS))
    add("--sizes", default="S,M",
        help="of campuses: S, M, L, XL, or numbers of members (default: %(default)s)")
    add("--campus-seeds", type=whole_numbers(0, SEED_MAX), default=[1],
        help="seeds of the generator, such as 1,2,3 (default: 1)")
    add("--instances", metavar="DIR", help="folder with downloaded public sets")
    add("--only", default="", metavar="REGEX", help="of the public instances, those whose name matches")


def add_runs(parser):
    add = parser.add_argument
    add("--seeds", type=whole_number(1, SEED_MAX), default=1,
        help="how many seeds of the solvers, from 1 on; ten is the protocol (default: 1)")
    add("--time-limit", type=whole_number(1, SECONDS_MAX), default=20, metavar="SECONDS",
        help="a run, wall clock, in whole seconds, as some solvers know no others (default: 20)")
    add("--work-limit", type=whole_number(1, WORK_MAX), default=0, metavar="UNITS",
        help="for libpioneer instead of the clock; rivals keep --time-limit")
    add("--effort", type=whole_number(1, EFFORT_MAX), default=0, metavar="PERCENT",
        help="of libpioneer's usual work, beside the clock (default: the clock alone)")
    add("--threads", type=whole_number(1, THREADS_MAX), default=1, help="for every solver (default: 1)")
    add("--rivals", nargs="?", const="all", metavar="NAMES",
        help="install rivals and let them take part: all of them, or some of " + ",".join(contestants.RIVALS))
    add("--no-install", action="store_true", help="take the rivals that are there")
    add("--output", default=str(WORK / "results"), metavar="DIR",
        help="for results.csv, .json, .html (default: build/bench-work/results)")
    add("--baseline", action="store_true", help="rewrite bench/baseline.csv")
    add("--smoke", action="store_true", help="everything once, in seconds: does the harness work?")


def refuse_nonsense(parser, given):
    for name in given.sets:
        if name not in instances.SETS:
            parser.error("--sets: there is no set %r; there are %s" % (name, ", ".join(instances.SETS)))
    for name in names_of_rivals(given):
        if name not in contestants.RIVALS:
            parser.error("--rivals: there is no %r; there are %s" % (name, ", ".join(contestants.RIVALS)))
    for size in given.sizes:
        try:
            Size.named(size)
        except ValueError as wrong:
            parser.error("--sizes: %s" % wrong)
    try:
        re.compile(given.only)
    except re.error as wrong:
        parser.error("--only %r: %s" % (given.only, wrong))
    if given.work_limit and given.effort:
        parser.error("--work-limit and --effort exclude each other: both say how much libpioneer may work")
    refuse_build(parser, given)


def refuse_build(parser, given):
    needed = [PIONEER] + [PIONEER_BENCH for name in given.sets if is_public(name)]
    for program in needed:
        if not os.access(program, os.X_OK):
            parser.error("there is no %s in %s; \"./dev build\" makes it, PIONEER_BUILD names another folder"
                         % (program.relative_to(BUILD), BUILD))


def names_of_rivals(given):
    return [] if given.rivals in (None, "all") else given.rivals.split(",")


def is_public(set_name):
    return not set_name.startswith("campus")


def public_instances(parser, given, set_name):
    if not given.instances:
        parser.error("--sets %s needs --instances DIR; bench/README.md says what to download" % set_name)
    if not os.path.isdir(given.instances):
        parser.error("--instances: there is no folder %s" % given.instances)
    try:
        found = instances.public(set_name, given.instances, given.only)
    except (OSError, ValueError) as wrong:
        parser.error(reason(wrong))
    if not found:
        matching = " whose name matches --only %r" % given.only if given.only else ""
        listed = "; of INRC-II, those count that inrc2/best_known.csv lists" if set_name != "curtois" else ""
        parser.error("no instance of %s in %s%s%s" % (set_name, given.instances, matching, listed))
    return found


def refuse_output(parser, folder):
    """Hours later it would be too late to find that nothing can be written."""
    if not folder:
        parser.error("--output: an empty name is no folder")
    if os.path.exists(folder) and not os.path.isdir(folder):
        parser.error("--output: %s is no folder" % folder)
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as wrong:
        parser.error("--output: nothing can be written into %s: %s" % (folder, wrong.strerror))
    for name in RESULTS:
        path = os.path.join(folder, name)
        if os.path.exists(path) and not (os.path.isfile(path) and os.access(path, os.W_OK)):
            parser.error("--output: %s cannot be written" % path)
