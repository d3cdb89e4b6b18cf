# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmarks."""

import argparse
import pathlib
import sys

from bench.campus import Size
from bench.campus.__main__ import main as campus_main
from bench.harness import baseline, contestants, install, instances, machine, page, protocol, table
from bench.harness.judge import OK
from bench.harness.limits import Limits
from bench.harness.paths import PIONEER_BENCH, WORK

EPILOG = """bench/README.md explains what is measured and how.
"bench/run campus --help" draws a campus as a file."""


def arguments(words):
    parser = argparse.ArgumentParser(prog="bench/run", allow_abbrev=False, epilog=EPILOG,
                                     description="Measure libpioneer.",
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--sets", default="campus-joint,campus-staged",
        help="of %s (default: %%(default)s)" % ", ".join(instances.SETS))
    add("--sizes", default="S,M", help="of campuses: S, M, L, XL, or numbers of members (default: %(default)s)")
    add("--campus-seeds", default="1", help="seeds of the generator, such as 1,2,3 (default: 1)")
    add("--instances", metavar="DIR", help="folder with downloaded public sets")
    add("--only", default="", metavar="REGEX", help="of the public instances, those whose name matches")
    add("--seeds", type=int, default=1, help="seeds of the solvers, from 1 on; ten is the protocol (default: 1)")
    add("--time-limit", type=float, default=20, metavar="SECONDS", help="a run, wall clock (default: 20)")
    add("--work-limit", type=int, default=0, metavar="UNITS", help="instead of a clock, for libpioneer alone")
    add("--effort", type=int, default=0, metavar="PERCENT",
        help="of libpioneer's usual work, beside the clock (default: the clock alone)")
    add("--threads", type=int, default=1, help="for every solver (default: 1)")
    add("--rivals", nargs="?", const="all", metavar="NAMES",
        help="install rivals and let them take part: all of them, or some of " + ",".join(contestants.RIVALS))
    add("--no-install", action="store_true", help="take the rivals that are there")
    add("--output", default=str(WORK / "results"), metavar="DIR", help="for results.csv, .json, .html")
    add("--baseline", action="store_true", help="rewrite bench/baseline.csv")
    add("--smoke", action="store_true", help="everything once, in seconds: does the harness work?")
    given = parser.parse_args(words)
    refuse_nonsense(parser, given)
    return given


def refuse_nonsense(parser, given):
    """Before anything is installed or run."""
    if given.seeds < 1:
        parser.error("--seeds %d: at least one" % given.seeds)
    for name in names_of_rivals(given):
        if name not in contestants.RIVALS:
            parser.error("--rivals: there is no %s; there are %s" % (name, ", ".join(contestants.RIVALS)))
    for size in given.sizes.split(","):
        try:
            Size.named(size)
        except ValueError as wrong:
            parser.error("--sizes: %s" % wrong)


def names_of_rivals(given):
    return [] if given.rivals in (None, "all") else given.rivals.split(",")


def main(words):
    if words[:1] == ["campus"]:
        return campus_main(words[1:])
    given = arguments(words)
    if given.baseline:
        return rewrite_baseline()
    if given.smoke:
        return smoke(given.output)
    return measure(given)


def rewrite_baseline():
    ours = contestants.Contestant(contestants.PIONEER)
    baseline.write(list(baseline.measure(
        lambda instance, limits, seed: protocol.run_one(instance, ours, seed, limits))))
    return 0


def smoke(folder):
    """Size S in both variants under small limits, with the rivals that happen to be installed."""
    return measure(arguments(["--sizes", "S", "--time-limit", "1", "--work-limit", "100000", "--rivals", "--no-install",
                              "--output", folder]))


def measure(given):
    about = machine.describe()
    takers = [contestants.Contestant(contestants.PIONEER), *asked_rivals(given)]
    limits = Limits(given.time_limit, given.threads, given.effort, given.work_limit)
    records = list(protocol.run(find_instances(given), takers, range(1, given.seeds + 1), limits))
    missing = [taker for taker in takers if taker.missing]
    report(records, missing, about, pathlib.Path(given.output))
    return 0 if all(record["judged"] in (OK, "no roster") for record in records) else 1


def asked_rivals(given):
    if not given.rivals:
        return []
    if not given.no_install:
        install.install()
    return contestants.rivals(names_of_rivals(given))


def find_instances(given):
    for set_name in given.sets.split(","):
        if set_name not in instances.SETS:
            sys.exit("bench: there is no set %s" % set_name)
        if set_name.startswith("campus"):
            seeds = [int(word) for word in given.campus_seeds.split(",")]
            yield from instances.campuses(set_name, given.sizes.split(","), seeds)
        else:
            yield from public_instances(set_name, given)


def public_instances(set_name, given):
    if not given.instances:
        sys.exit("bench: %s needs --instances DIR; bench/README.md says what to download" % set_name)
    if not PIONEER_BENCH.exists():
        sys.exit("bench: %s needs %s" % (set_name, PIONEER_BENCH))
    found = instances.public(set_name, given.instances, given.only)
    if not found:
        sys.exit("bench: no instance of %s in %s" % (set_name, given.instances))
    return found


def report(records, missing, about, folder):
    folder.mkdir(parents=True, exist_ok=True)
    table.write_csv(records, folder / "results.csv")
    table.write_json(records, missing, about, folder / "results.json")
    page.write(records, missing, about, folder / "results.html")
    print(table.text(records, missing))
    print("on %(processor)s, %(cores)s cores, load %(load_at_start)s, %(pioneer)s, commit %(commit)s" % {
        **about, "pioneer": about["pioneer"].splitlines()[0] if about["pioneer"] else "?"})
    print("files: %s" % folder)
