#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark program from outside: its lines, its files, its exit codes."""

import json
import pathlib
import subprocess
import sys
import tempfile

program, tests = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(tests / "api"))

from tap import Tap  # noqa: E402

CURTOIS = (tests / "fuzz/corpus/curtois/two_nurses.txt").read_text(encoding="utf-8")
# Scenario, history, week and solution, with lines of "====" between them.
INRC2 = (tests / "fuzz/corpus/inrc2/tiny.txt").read_text(encoding="utf-8").split("====\n")


def call(*arguments):
    """(exit code, the line of JSON or None, standard error)."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


def differences(**pairs):
    return [f"{name}: {got!r} instead of {wanted!r}" for name, (got, wanted) in pairs.items() if got != wanted]


def test_curtois(tap, folder):
    file, solution, trace = folder / "two_nurses.txt", folder / "solution.txt", folder / "trace.csv"
    file.write_text(CURTOIS, encoding="utf-8")
    code, line, errors = call("curtois", file, "--threads=1", "--solution", solution, "--trace", trace,
                              "--campaign", folder / "campaign.json")
    tap.case("an instance is solved and both judges agree",
             differences(code=(code, 0), errors=(errors, ""), instance=(line["instance"], "two_nurses"),
                         value=(line["check_value"], line["value"]), violations=(line["violations"], 0)))
    tap.case("the trace has a head", differences(head=(trace.read_text().splitlines()[0], "seconds,value,bound")))
    tap.case("the campaign is JSON", [] if json.loads((folder / "campaign.json").read_text()) else ["it is empty"])
    code, judged, _ = call("judge", "curtois", file, solution)
    tap.case("the written solution is judged the same",
             differences(code=(code, 0), value=(judged["value"], line["value"])))
    solution.write_text("E,-,-,-,-,-,-\n-,-,-,-,-,-,-\n", encoding="utf-8")
    code, judged, errors = call("judge", "curtois", file, solution)
    tap.case("a broken rule is named", differences(
        code=(code, 1), violations=(judged["violations"], 1), errors=(errors.splitlines()[0], "ann: day off, day 0")))


def write_inrc2(folder, last_week):
    pieces = {"Sc-tiny": INRC2[0], "H0-tiny-0": INRC2[1], "WD-tiny-3": INRC2[2], "WD-tiny-4": last_week}
    for name, text in pieces.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_inrc2(tap, folder):
    write_inrc2(folder, INRC2[2])
    for mode in ("static", "dynamic"):
        code, line, errors = call("inrc2", folder, "tiny_0_3-4", "--mode", mode, "--threads=1", "--effort=100",
                                  "--solution-dir", folder / mode)
        tap.case(f"an instance is solved in {mode} mode and both judges agree",
                 differences(code=(code, 0), errors=(errors, ""), violations=(line["violations"], 0),
                             weekly=(sum(line["weekly"]), line["value"])))
        code, judged, _ = call("judge", "inrc2", folder, "tiny_0_3-4", folder / mode)
        tap.case(f"the solution of {mode} mode is judged the same",
                 differences(code=(code, 0), value=(judged["value"], line["value"])))
    code, line, _ = call("inrc2", folder, "tiny_0_3-4", "--mode=dynamic", "--threads=1", "--rounds=1", "--draws=1")
    tap.case("no limit is the competition's in dynamic mode, and the line says so",
             differences(code=(code, 0), limit=(line["time_limit"], 10)))
    write_inrc2(folder, "nonsense")
    week_0 = folder / "campaign.json.0"
    code, _, errors = call("inrc2", folder, "tiny_0_3-4", "--mode=dynamic", "--effort=100",
                           "--campaign", folder / "campaign.json")
    tap.case("the first week is solved before the last one is opened",
             differences(code=(code, 2), week_0=(week_0.exists(), True)))
    tap.case("the wrong file is named", [] if "WD-tiny-4.txt:1: WEEK_DATA" in errors else [errors])
    code, _, errors = call("inrc2", folder, "tiny_0_3-5")
    tap.case("a file that is missing is called by the place that was asked for",
             differences(code=(code, 4), named=(f"{folder}/WD-tiny-5.txt: No such file" in errors, True)))
    (folder / "Sc-tiny.txt").write_text("\n" + INRC2[0].replace("SCENARIO = tiny", "SCENARIO = other"), encoding="utf-8")
    code, _, errors = call("inrc2", folder, "tiny_0_3-4")
    tap.case("a scenario of another name is refused", differences(
        code=(code, 2), named=('Sc-tiny.txt:2: SCENARIO: "other" is not "tiny"' in errors, True)))


def test_exit_codes(tap, folder):
    bad = folder / "bad.txt"
    bad.write_text("SECTION_HORIZON\n8\n", encoding="utf-8")
    cases = {
        "a wrong file is 2": (2, "curtois", bad),
        "no verb is 3": (3,),
        "an unknown verb is 3": (3, "solve"),
        "a missing argument is 3": (3, "curtois"),
        "a wrong number is 3": (3, "curtois", bad, "--seed=x"),
        "a name that is none is 3": (3, "inrc2", folder, "tiny"),
        "a file that is not there is 4": (4, "curtois", folder / "none.txt"),
        "help is 0": (0, "--help"),
    }
    for name, (wanted, *arguments) in cases.items():
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
        tap.case(name, differences(code=(done.returncode, wanted)))


def main():
    tap = Tap()
    for test in (test_curtois, test_inrc2, test_exit_codes):
        with tempfile.TemporaryDirectory() as folder:
            test(tap, pathlib.Path(folder))
    tap.finish()


main()
