#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into an empty directory and builds a program against what is there, the way another project would."""

import os
import pathlib
import re
import shlex
import sys
import tempfile

from tap import Tap, run


class Prefix:
    """An installed library below a temporary root."""

    def __init__(self, build, root, prefix):
        self.wrong = run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root])[1]
        self.path = pathlib.Path(root) / prefix.lstrip("/")
        found = sorted(self.path.rglob("libpioneer.pc"))
        self.pkgconfig = found[0].parent if found else self.path
        self.libdir = self.pkgconfig.parent

    def flags(self, *options):
        """What pkg-config answers, and what is wrong with its answer."""
        output, wrong = run(
            ["pkg-config", f"--define-variable=prefix={self.path}", *options, "libpioneer"],
            env={**os.environ, "PKG_CONFIG_PATH": str(self.pkgconfig)},
        )
        return shlex.split(output), wrong


def build_and_run(prefix, compiler, source, link_flags):
    """Compiles, links and runs it in the prefix; returns its output, what it needs at run time, and what is wrong."""
    program = prefix.path / "consumer"
    cflags, wrong = prefix.flags("--cflags")
    strict = ["-Wall", "-Wextra", "-Werror"]
    wrong += run([*compiler, *strict, *cflags, source, "-x", "none", "-o", str(program), *link_flags])[1]
    if wrong:
        return "", "", wrong
    needed, wrong = run(["readelf", "--dynamic", str(program)])
    environment = {**os.environ, "LD_LIBRARY_PATH": str(prefix.libdir)}
    output, ran_wrong = run([str(program)], env=environment, cwd=prefix.path)
    return output, needed, wrong + ran_wrong


def test_shared(tap, prefix, compiler, source, name):
    flags, wrong = prefix.flags("--libs")
    output, needed, built_wrong = build_and_run(prefix, compiler, source, flags)
    wrong += built_wrong
    if not re.search(r"\[libpioneer\.so\.\d+\]", needed):
        wrong.append("the program does not ask for libpioneer.so with its ABI number")
    if not output.endswith(" ok\n"):
        wrong.append(f"it printed {output!r}")
    tap.case(f"a {name} program runs with the shared library", wrong)


def test_static(tap, prefix, source):
    flags, wrong = prefix.flags("--libs", "--static")
    flags = ["-l:libpioneer.a" if flag == "-lpioneer" else flag for flag in flags]
    output, needed, built_wrong = build_and_run(prefix, ["cc", "-std=c11", "-x", "c"], source, flags)
    wrong += built_wrong
    if "libpioneer" in needed:
        wrong.append("the program still asks for the shared library")
    if not output.endswith(" ok\n"):
        wrong.append(f"it printed {output!r}")
    tap.case("a C program runs with the static library", wrong)


def test_readme(tap, prefix, readme):
    """The C example of a README does what it says it does: it compiles, runs and prints something."""
    blocks = re.findall(r"^```c\n(.*?)^```", readme.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    wrong = [] if blocks else ["it has no C example"]
    for block in blocks:
        source = prefix.path / "example.c"
        source.write_text(block, encoding="utf-8")
        flags, flags_wrong = prefix.flags("--libs")
        output, _, built_wrong = build_and_run(prefix, ["cc", "-std=c11", "-x", "c"], str(source), flags)
        wrong += flags_wrong + built_wrong + ([] if output else ["it prints nothing"])
    tap.case(f"the C example of {readme.name} compiles and runs", wrong)


def main(root_of_source, build, prefix_name, version, source, *headers):
    tap = Tap()
    with tempfile.TemporaryDirectory() as root:
        prefix = Prefix(build, root, prefix_name)
        tap.case("the library can be installed", prefix.wrong)
        answer, wrong = prefix.flags("--modversion")
        tap.case("pkg-config knows the version", wrong or ([] if answer == [version] else answer))
        installed = {path.name for path in (prefix.path / "include/pioneer").glob("*")}
        expected = {pathlib.Path(header).name for header in headers}
        tap.case("every public header is installed and no other", sorted(installed ^ expected))
        test_shared(tap, prefix, ["cc", "-std=c11", "-x", "c"], source, "C")
        test_shared(tap, prefix, ["c++", "-std=c++17", "-x", "c++"], source, "C++")
        test_static(tap, prefix, source)
        for readme in sorted(pathlib.Path(root_of_source).glob("README*.md")):
            test_readme(tap, prefix, readme)
        _, wrong = run(["cc", "-fsyntax-only", source])
        tap.case("without pkg-config it does not compile by accident", [] if wrong else ["it does"])
    tap.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
