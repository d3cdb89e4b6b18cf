# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the benchmarks."""

import os
import sys

from bench import options
from bench.campus.__main__ import main as campus_main
from bench.harness import baseline, contestants, install, instances, machine, page, protocol, settings
from bench.harness import stops, table
from bench.harness.judge import OK
from bench.harness.limits import Limits
from bench.harness.paths import RESULTS
from bench.harness.results import Results
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
    date, about = settings.now(), machine.describe()
    takers = [contestants.Contestant(contestants.PIONEER), *asked_rivals(given)]
    missing = [taker for taker in takers if taker.missing]
    limits = Limits(given.time_limit, given.threads, given.effort, given.work_limit)
    records, ended_early = [], None
    try:
        for record in protocol.run(find_instances(given), takers, range(1, given.seeds + 1), limits):
            records.append(record)
    except BaseException as reason:  # also a Stopped: what was measured is written, and says so
        ended_early = str(reason) or repr(reason)
        raise
    finally:
        if records:
            common = settings.of(limits, given.seeds, records, date, ended_early)
            report(Results(records, missing, about, common), given.output)
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


def report(results, folder):
    for name, write in zip(RESULTS, (table.write_csv, table.write_json, page.write)):
        write(results, os.path.join(folder, name))
    print(table.text(results), table.explained(results), sep="\n\n")
    print("on %(processor)s, %(cores)s cores, load %(load_at_start)s, commit %(commit)s" % results.machine)
    print("files: %s" % folder, flush=True)
