# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages name what there is, no more and no less, and can be typeset."""

import re
import shutil
import subprocess

import pytest

from test_usage import VERBS

PAGES = ["docs/man/pioneer.1.scd", "docs/man/zh/pioneer.1.scd"]


def sections(text):
    """The text of the page under each verb's heading; the rest under ""."""
    parts = re.split(r"^#+ (.*)$", text, flags=re.M)
    found = {"": ""}
    for heading, body in zip(parts[1::2], parts[2::2]):
        words = heading.split()
        found[words[0] if words[0] in VERBS else ""] = found.get(words[0] if words[0] in VERBS else "", "") + body
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_verb_has_its_options_in_the_manual(office, root, page):
    found = sections((root / page).read_text(encoding="utf-8"))
    common = {"--help", "--usage", "--lang"}
    for verb in VERBS:
        options = set(re.findall(r"^ .*?(--[a-z-]+)", office.run(verb, "--help").stdout, re.M)) - common
        assert set(re.findall(r"\*(--[a-z-]+)\*", found[verb])) == options, verb
    assert common | {"--version"} <= set(re.findall(r"\*(--[a-z-]+)\*", found[""]))


@pytest.mark.parametrize("page", PAGES)
def test_every_exit_code_is_in_the_manual(office, root, page):
    codes = re.findall(r"^ +(\d+)  ", office.run("--help").stdout, re.M)
    assert codes == re.findall(r"^\*(\d+)\*$", (root / page).read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("page", PAGES)
def test_the_manual_can_be_typeset(root, page):
    if shutil.which("scdoc") is None:
        pytest.skip("scdoc is not installed")
    source = (root / page).read_bytes()
    roff = subprocess.run(["scdoc"], input=source, capture_output=True, check=True).stdout
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    # Long lines of Chinese have no blanks to break at; that warning says nothing about the page.
    done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-Wbreak", "-z"], input=roff, capture_output=True, check=True)
    assert done.stderr == b""
