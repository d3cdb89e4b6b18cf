#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library exports is what the version script lists and what the headers declare, and it keeps quiet."""

import pathlib
import re
import sys

from tap import Tap, run

# Nothing in a library prints, ends the process or changes its locale.
FORBIDDEN = set(
    """abort exit _exit _Exit quick_exit setlocale uselocale printf vprintf puts putchar putc_unlocked perror stdout
    stderr __printf_chk __vprintf_chk psignal syslog system srand rand random""".split()
)


def exported_by(library):
    """The functions a shared library exports; version nodes are absolute symbols and left out."""
    output, wrong = run(["nm", "--dynamic", "--defined-only", "--format=posix", library])
    rows = [line.split() for line in output.splitlines()]
    return {row[0].split("@")[0] for row in rows if row[1] != "A"}, wrong


def listed_in(script):
    text = re.sub(r"/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"\b(\w+)\s*;", text.split("global:")[1].split("local:")[0])


def declared_in(header, includes):
    """The functions that a header declares with PIONEER_API, also by way of its own macros."""
    text, wrong = run(["cc", "-E", "-P", *includes, header])
    if wrong:
        raise SystemExit("\n".join(wrong))
    for declaration in re.findall(r'__attribute__\(\(visibility\("default"\)\)\)([^;]*);', text):
        declaration = re.sub(r"__attribute__\s*\(\(.*?\)\)", "", declaration, flags=re.DOTALL)
        yield re.search(r"\b(\w+)\s*\(", declaration).group(1)


def mutable_data_of(archive):
    """Variables of the archive's objects that can change: constants with relocations (.data.rel.ro) cannot."""
    output, wrong = run(["objdump", "--syms", archive])
    found = re.findall(r"\sO\s(\.(?:data|bss|tdata|tbss)\b\S*|\*COM\*)\s+\w+\s+(?:\.hidden )?(\S+)", output)
    return wrong + [f"{name} in {section}" for section, name in found if not section.startswith(".data.rel.ro")]


def undefined_in(archive):
    output, wrong = run(["nm", "--undefined-only", "--format=posix", archive])
    return {line.split()[0] for line in output.splitlines() if line.endswith(" U") or " U " in line}, wrong


def main(shared, archive, script, *arguments):
    includes = [argument for argument in arguments if argument.startswith("-I")]
    headers = [argument for argument in arguments if not argument.startswith("-I")]
    tap = Tap()
    exported, wrong = exported_by(shared)
    tap.case("the exported symbols can be read", wrong or ([] if exported else ["there are none"]))
    listed = listed_in(pathlib.Path(script))
    declared = {name for header in headers for name in declared_in(header, includes)}
    tap.case("every exported symbol is a pioneer_ one", sorted(s for s in exported if not s.startswith("pioneer_")))
    tap.case("every exported symbol is declared in a header", sorted(exported - declared))
    tap.case("every name of the version script is exported", sorted(set(listed) - exported))
    tap.case("every declared function is exported", sorted(declared - exported), pending=True)
    undefined, wrong = undefined_in(archive)
    tap.case("the library neither prints nor ends the process", wrong + sorted(undefined & FORBIDDEN))
    tap.case("the library has no mutable globals", mutable_data_of(archive))
    tap.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
