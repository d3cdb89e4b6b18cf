# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion in the shell, asked as the shell asks it."""

import shutil
import subprocess

import pytest

from test_usage import VERBS


def complete(office, *words):
    """What bash offers behind these words; the last one is being typed."""
    script = """
        source <("$1" completion bash)
        shift
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _pioneer
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", script, "bash", office.program, "pioneer", *words], capture_output=True, text=True,
                          check=False, cwd=office.folder, env=office.environment())
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return done.stdout.split()


def test_verbs_are_offered(office):
    assert complete(office, "") == VERBS
    assert complete(office, "s") == ["solve", "show", "store"]
    assert complete(office, "--lang", "zh", "ch") == ["check"]
    assert complete(office, "--lang", "") == ["zh", "en"]


def test_options_of_the_verb_are_offered(office):
    assert {"--mode=", "--seed=", "--output=", "--help", "--lang="} <= set(complete(office, "solve", "--"))
    assert "--mode=" not in complete(office, "show", "--")
    assert complete(office, "solve", "campaign.json", "--thr") == ["--threads="]
    assert complete(office, "--v") == ["--version"]


def test_values_are_offered_behind_the_sign_and_behind_a_blank(office):
    assert complete(office, "solve", "--mode", "=", "") == ["staged", "joint"]
    assert complete(office, "solve", "--mode", "=", "j") == ["joint"]
    assert complete(office, "solve", "--mode", "=") == ["staged", "joint"]
    assert complete(office, "show", "--by", "m") == ["member"]
    assert complete(office, "show", "--lang", "") == ["zh", "en"]


def test_files_and_actions_are_offered(office):
    assert complete(office, "show", "camp") == ["campaign.json"]
    assert complete(office, "store", "") == ["init", "list", "save", "load"]
    assert complete(office, "completion", "") == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_scripts(office, shell):
    text = office.run("completion", shell).stdout
    for verb in VERBS:
        assert verb in text
    assert "price-of-staging" in text
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n", "/dev/stdin"], input=text, text=True, check=True)


def test_bash_reads_the_script_without_a_warning(office):
    text = office.run("completion", "bash").stdout
    subprocess.run(["bash", "-n"], input=text, text=True, check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "--shell=bash", "-"], input=text, text=True, check=True)
