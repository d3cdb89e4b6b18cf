# SPDX-License-Identifier: GPL-3.0-or-later
"""Help, versions, languages, and wrong usage."""

import re
import unicodedata

import pytest

VERBS = ["init", "validate", "solve", "check", "show", "export", "carry", "store", "completion"]


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_help_lists_every_verb_on_standard_output(office):
    done = office.run("--help")
    assert done.stderr == ""
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", done.stdout, re.M)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verb_has_help_that_fits_a_terminal(office, verb, language):
    done = office.run(verb, "--help", "--lang", language)
    assert done.stderr == ""
    assert "--help" in done.stdout and "--lang" in done.stdout
    assert "130" in done.stdout, "exit codes are documented"
    assert max(map(width, done.stdout.splitlines())) <= 80
    assert ("用法" in done.stdout) == (language == "zh")


@pytest.mark.parametrize("verb", VERBS)
def test_help_needs_no_arguments_and_usage_is_one_line(office, verb):
    assert office.run(verb, "--usage").stdout.count("\n") == 1


def test_version_names_the_library_the_solver_and_the_licence(office):
    text = office.run("--version").stdout
    assert re.match(r"pioneer \d+\.\d+\.\d+ \(GLPK \d\.\d+\)\n", text)
    assert "GPL-3.0-or-later" in text


@pytest.mark.parametrize("environment, chinese", [
    ({"LC_ALL": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, True),
    ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
    ({"LC_ALL": "C"}, False),
])
def test_the_language_follows_the_environment(office, environment, chinese):
    assert ("用法" in office.run("--help", **environment).stdout) == chinese


def test_the_option_is_stronger_than_the_environment(office):
    assert "用法" not in office.run("--lang", "en", "--help", LC_ALL="zh_CN.UTF-8").stdout
    assert "用法" in office.run("--lang=zh", "init", "--help").stdout
    assert "有效" in office.run("--lang=zh", "validate", "campaign.json").stdout


@pytest.mark.parametrize("arguments", [
    [],
    ["frobnicate"],
    ["--bogus"],
    ["--lang=de", "--help"],
    ["validate"],
    ["validate", "a", "b"],
    ["validate", "--bogus", "campaign.json"],
    ["show", "campaign.json"],
    ["show", "campaign.json", "roster.json", "--by=colour"],
    ["show", "campaign.json", "roster.json", "--date=2020-02-30"],
    ["show", "campaign.json", "roster.json", "--date=today"],
    ["check", "-", "-"],
    ["check", "office.db#0"],
    ["check", "office.db#1/"],
    ["store"],
    ["store", "frobnicate", "office.db"],
    ["store", "save", "office.db"],
    ["completion", "tcsh"],
    ["solve", "campaign.json", "--seed=minus"],
    ["solve", "campaign.json", "--threads=0"],
    ["solve", "campaign.json", "--time-limit=1.5"],
    ["solve", "campaign.json", "--work-limit=99999999999999999999"],
    ["solve", "campaign.json", "--mode=sideways"],
    ["solve", "campaign.json", "--mode=joint", "--price-of-staging"],
    ["export", "campaign.json", "roster.json"],
    ["export", "campaign.json", "roster.json", "--all=out", "--ics-dir=out"],
])
def test_wrong_usage_is_exit_code_3_and_writes_nothing(office, arguments):
    before = office.names()
    done = office.run(*arguments, code=3)
    assert done.stderr != ""
    assert office.names() == before


def test_lost_output_is_an_error(office):
    with open("/dev/full", "wb") as full:
        import subprocess

        done = subprocess.run([office.program, "--help"], stdout=full, stderr=subprocess.PIPE, check=False,
                              env=office.environment())
    assert done.returncode == 4
    assert b"Standard output" in done.stderr


def test_help_says_that_a_legal_roster_may_only_not_have_been_found(office):
    help_text = " ".join(office.run("solve", "--help").stdout.split())
    assert "leave no legal roster, or no roster that keeps them" in help_text
    assert "没有找到遵守它们的值班表" in "".join(office.run("solve", "--help", "--lang=zh").stdout.split())
