# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmarks."""

import os
import pathlib
import sys

from bench import options
from bench.campus.__main__ import main as campus_main
from bench.harness import baseline, contestants, install, instances, machine, page, protocol, stops, table
from bench.harness.judge import OK
from bench.harness.limits import Limits
from bench.usage import EXIT_WRONG, reason


def main(words):
    try:
        with stops.raised():
            return obey(words)
    except stops.Stopped as stopped:
        print("bench/run: stopped by %s" % stopped, file=sys.stderr)
        return stopped.exit_code
    except OSError as wrong:  # whoever reads a pipe may have seen enough, and a full disk is said in one line
        silence_output()
        if not isinstance(wrong, BrokenPipeError):
            print("bench/run: %s" % reason(wrong), file=sys.stderr)
        return EXIT_WRONG


def silence_output():
    """What could not be written is not tried again when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def obey(words):
    if words[:1] == ["campus"]:
        return campus_main(words[1:])
    given = options.read(words)
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
    return measure(options.read(["--sizes", "S", "--time-limit", "1", "--work-limit", "100000", "--rivals",
                                 "--no-install", "--output", folder]))


def measure(given):
    about = machine.describe()
    takers = [contestants.Contestant(contestants.PIONEER), *asked_rivals(given)]
    limits = Limits(given.time_limit, given.threads, given.effort, given.work_limit)
    records = []
    try:
        for record in protocol.run(find_instances(given), takers, range(1, given.seeds + 1), limits):
            records.append(record)
    except BaseException as reason:  # also a Stopped: what was measured so far is written, and says that it is not all
        about["ended_early"] = str(reason) or repr(reason)
        raise
    finally:
        if records:
            report(records, [taker for taker in takers if taker.missing], about, pathlib.Path(given.output))
    return 0 if all(record["judged"] in (OK, "no roster") for record in records) else 1


def asked_rivals(given):
    if not given.rivals:
        return []
    if not given.no_install:
        install.install()
    return contestants.rivals(options.names_of_rivals(given))


def find_instances(given):
    for set_name in given.sets:
        if options.is_public(set_name):
            yield from given.public[set_name]
        else:
            yield from instances.campuses(set_name, given.sizes, given.campus_seeds)


def report(records, missing, about, folder):
    table.write_csv(records, folder / "results.csv")
    table.write_json(records, missing, about, folder / "results.json")
    page.write(records, missing, about, folder / "results.html")
    print(table.text(records, missing))
    print("on %(processor)s, %(cores)s cores, load %(load_at_start)s, %(pioneer)s, commit %(commit)s" % {
        **about, "pioneer": about["pioneer"].splitlines()[0] if about["pioneer"] else "?"})
    print("files: %s" % folder, flush=True)
