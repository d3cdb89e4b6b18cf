#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every public header compiles alone, as C11 and as C++17, without a warning."""

import pathlib
import sys

from tap import Tap, run

STRICT = ["-Wall", "-Wextra", "-Wshadow", "-Wundef", "-Werror", "-pedantic", "-fsyntax-only"]
LANGUAGES = {
    "C11": ["cc", "-std=c11", "-Wstrict-prototypes", "-x", "c"],
    "C++17": ["c++", "-std=c++17", "-Wold-style-cast", "-x", "c++"],
}


def main(*arguments):
    includes = [argument for argument in arguments if argument.startswith("-I")]
    headers = [pathlib.Path(argument) for argument in arguments if not argument.startswith("-I")]
    tap = Tap()
    for header in sorted(headers):
        for language, compiler in LANGUAGES.items():
            # Twice: an include guard that fails shows as a redefinition.
            source = f"#include <pioneer/{header.name}>\n" * 2
            _, wrong = run([*compiler, *STRICT, *includes, "-"], input=source)
            tap.case(f"{header.name} compiles alone as {language}", wrong)
    tap.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
