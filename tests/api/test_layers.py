#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports point one way: every #include of the library and the program against the table of who may include whom."""

import pathlib
import re
import sys

from tap import Tap

# What a folder may include: folders, or single files of a folder. Each may include its own files.
MAY_INCLUDE = {
    "base": [],
    "text": ["base"],
    "model": ["base", "text"],
    "rules": ["base", "model"],
    "lp": ["base"],
    "roster": ["base", "model"],
    "engine": ["base", "model", "rules", "lp", "roster"],
    "plan": ["base", "model", "rules", "lp", "roster", "engine"],
    "check": ["base", "text", "model/campaign.h", "model/expression.h"],
    "explain": ["base", "text", "model", "rules", "lp", "roster", "engine", "check"],
    "io": ["base", "text", "model", "roster", "check"],
    "store": ["base", "model", "io", "roster"],
    "bindings/cli": [],
    "bench": [],
}

# The folders that see fewer public headers than all of them.
PUBLIC_HEADERS = {"base": {"pioneer/status.h", "pioneer/version.h"}, "text": {"pioneer/status.h", "pioneer/text.h"}}

# Headers of other projects, each with the one folder that knows it.
FOREIGN = {
    "glpk.h": "lp",
    "sqlite3.h": "store",
    "cJSON.h": "io",
    "cjson/cJSON.h": "io",
    "utf8proc.h": "bindings/cli",
    "xlsxwriter.h": "io",
}

STANDARD = set(
    """assert.h complex.h ctype.h errno.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h signal.h
    stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h time.h
    wchar.h wctype.h argp.h dirent.h fcntl.h getopt.h iconv.h langinfo.h libintl.h poll.h pthread.h sched.h strings.h termios.h unistd.h
    sys/ioctl.h sys/resource.h sys/stat.h sys/types.h sys/wait.h""".split()
)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def is_allowed(folder, name, quoted):
    """Whether a file of `folder` may include `name`, written in quotes or in angle brackets."""
    if not quoted:
        if name.startswith("pioneer/"):
            return name in PUBLIC_HEADERS.get(folder, {name})
        return name in STANDARD or FOREIGN.get(name) == folder
    target = str(pathlib.PurePosixPath(name).parent)
    top = target.split("/")[0]
    if folder == "bindings/cli":
        return target in (".", "bindings/cli")
    if folder == "bench":
        return target in (".", "curtois", "inrc2")
    if top == folder or (folder == "check" and target == "check/rules"):
        return True
    return top in MAY_INCLUDE[folder] or name in MAY_INCLUDE[folder]


def breaches_of(folder, file):
    for quoted, angled in INCLUDE.findall(file.read_text(encoding="utf-8")):
        if not is_allowed(folder, quoted or angled, bool(quoted)):
            yield f"{file}: {folder} may not include {quoted or angled}"


def test_table(tap):
    """The table must bite: includes that would be wrong, and some that are right."""
    wrong = [
        ("engine", "glpk.h", False),
        ("model", "cJSON.h", False),
        ("io", "sqlite3.h", False),
        ("check", "model/organisation.h", True),
        ("check", "rules/rules.h", True),
        ("base", "model/campaign.h", True),
        ("base", "pioneer/campaign.h", False),
        ("bindings/cli", "base/arena.h", True),
        ("engine", "unknown.h", False),
        ("bench", "model/campaign.h", True),
        ("bench", "cJSON.h", False),
    ]
    right = [
        ("lp", "glpk.h", False),
        ("check", "model/campaign.h", True),
        ("plan", "engine/pricer.h", True),
        ("bindings/cli", "verbs.h", True),
        ("engine", "stdint.h", False),
        ("bench", "inrc2/campaign.h", True),
    ]
    tap.case("the table forbids what it should", [f"{case}" for case in wrong if is_allowed(*case)])
    tap.case("the table allows what it should", [f"{case}" for case in right if not is_allowed(*case)])


def main(root):
    tap = Tap()
    test_table(tap)
    folders = {path.name: path for path in (root / "libpioneer").iterdir() if path.is_dir()}
    folders["bindings/cli"] = root / "bindings/cli"
    folders["bench"] = root / "bench"
    tap.case("every folder is in the table", sorted(set(folders) - set(MAY_INCLUDE)))
    for folder in sorted(set(folders) & set(MAY_INCLUDE)):
        files = sorted(path for path in folders[folder].rglob("*.[ch]"))
        tap.case(f"{folder} includes only what it may", [b for file in files for b in breaches_of(folder, file)])
    tap.finish()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
